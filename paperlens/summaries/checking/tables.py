"""Lists of words, as they are written down in this package: one text, parted by white space."""


def listed(text: str) -> list[str]:
    return text.split()


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
