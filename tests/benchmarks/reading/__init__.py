"""How well PDFs are read: against what TeX wrote down, what eyes saw, and a bare loop's time."""
