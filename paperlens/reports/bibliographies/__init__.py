"""Bibliographies: BibTeX, RIS and CSL-JSON.

`cited` has what they tell of a paper, and each format how it is spelled.
"""
