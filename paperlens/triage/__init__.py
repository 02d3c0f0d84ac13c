"""One key for each paper: what is undecided, side by side with what it says.

`deck` is what the reader sees and where they are (pure), `desk` what their keys do to the world,
`choice` which papers there are. Two faces show the same: `app` a full screen, `plain` a line each.
"""
