"""What a sentence opens with before it comes to its point, and the sentence without it.

Left out are links to the sentence before ("However,"), the place where it is said ("In this
paper,"), and what it was done for or unlike whom ("To this end, we ..."). An opening that says
under which conditions something holds, or by what means it was found, stays.
"""

import re

_MOST_OPENINGS = 3
_FEWEST_WORDS_LEFT = 6
_LATEST_TURN = 260

_LINKS = (
    r"however|furthermore|moreover|in addition|additionally|also|further|finally|lastly"
    r"|first(?:ly)?|second(?:ly)?|third(?:ly)?|next|then|(?:more )?specifically"
    r"|(?:more )?concretely|(?:more )?precisely|in particular|in detail|thus|hence|therefore"
    r"|consequently|accordingly"
    r"|as a result|as such|so|to(?:wards?)? (?:this|that|these) ends?|to (?:do|achieve) (?:so|this)"
    r"|for this (?:purpose|reason)|with this in mind|instead|in short|in summary|in other words"
    r"|in this regard|overall|together|importantly|interestingly|surprisingly|notably|remarkably"
    r"|crucially|unfortunately|nevertheless|nonetheless|yet|still|here|now|indeed|in fact|in turn"
    r"|to summari[sz]e|in conclusion|in doing so|(?:in|by) contrast|on the contrary"
)
_WE = r"(?=we\b|i\b|this (?:paper|work|study|article)\b)"
_PLACE = (
    r"(?:in|with|throughout) (?:this|the present|the current|our|our present) (?:short )?"
    r"(?:paper|work|study|article|letter|report|thesis|survey|note|chapter|research|manuscript"
    r"|contribution|review|project|tutorial)"
)
_AIMS = (
    r"(?:in order to|(?:in an|as an) (?:attempt|effort) to|aiming (?:to|at)|to"
    r"(?! (?:the|a|an|our|my|first|leading|lowest|some|what|date|all|any|order|within)\b)"
    r"|towards?|with (?:the|a) (?:goal|aim|view|purpose)|motivated by|inspired by|encouraged by"
    r"|driven by|based on|buil(?:t|ding) (?:up)?on|drawing (?:inspiration )?(?:from|on)|guided by"
    r"|addressing|stemming from|in light of|as a (?:solution|remedy)|because|since|unlike"
    r"|in contrast (?:to|with)|contrary to|different(?:ly)? from|while|whereas|although|though"
    r"|despite|in spite of|in addition to|besides|beyond|apart from|aside from)\b"
)
_OPENINGS = (
    ("link", re.compile(rf"(?:{_LINKS})(?:, | {_WE})", re.IGNORECASE)),
    ("place", re.compile(rf"{_PLACE}(?:, | {_WE})", re.IGNORECASE)),
)
_AIM = re.compile(_AIMS, re.IGNORECASE)
_TURN = re.compile(
    r", ?(?=(?:we|i|(?:in )?this (?:paper|work|study|article)|our (?:paper|work))\b)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:assum\w+|conditions?|only|if|unless|except|restrict\w*|limited|under|when|given)\b",
    re.IGNORECASE,
)


def without_openings(sentence: str) -> tuple[str, tuple[str, ...]]:
    """What is left of it, with a capital, and the names of what was left out."""
    text = sentence
    cuts: tuple[str, ...] = ()
    for _ in range(_MOST_OPENINGS):
        name, end = _opening(text)
        rest = _with_capital(text[end:]) if name else None
        if not rest:
            break
        text, cuts = rest, (*cuts, name)
    return text, cuts


def _opening(text: str) -> tuple[str, int]:
    for name, pattern in _OPENINGS:
        match = pattern.match(text)
        if match:
            return name, match.end()
    turn = _TURN.search(text, 0, _LATEST_TURN) if _AIM.match(text) else None
    if turn and not _CONDITION.search(text, 0, turn.start()):
        return "aim", turn.end()
    return "", 0


def _with_capital(text: str) -> str | None:
    """None where too little is left, or where the first word is spelled in a way of its own."""
    word = text.split(" ", 1)[0].rstrip(",")
    if len(text.split()) < _FEWEST_WORDS_LEFT:
        return None
    if word[:1].isupper():
        return text
    is_plain = word.isascii() and word.isalpha() and word.islower()
    return text[0].upper() + text[1:] if is_plain and (len(word) > 1 or word == "a") else None
