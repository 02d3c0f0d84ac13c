"""Notes and posts in files of their own, for blogs and vaults: Hexo, Dendron and Obsidian.

`seen` has what their templates see; each of them, which files there are and how they are called.
"""
