"""Models are asked: the gateway to all of them, what it waits for, what it costs, what fails."""
