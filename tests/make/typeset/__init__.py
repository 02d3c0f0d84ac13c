"""Typeset invented papers in the layouts people use; TeX itself writes down where everything is."""
