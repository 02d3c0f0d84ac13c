"""The words a user types. A command parses, calls one function, and renders."""
