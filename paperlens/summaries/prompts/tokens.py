"""About how many tokens a text takes, for any model, without its tokenizer.

The weights were fitted on papers in several languages, against the tokenizers of three makers;
`tests/benchmarks/prompts.py` shows how far they are off, mostly to the high side. Tokenizers know
English words best: a text with few of its commonest words takes more.
"""

import re
from math import ceil

_WORD = re.compile(r"[A-Za-z]+")
_DIGITS = re.compile(r"[0-9]{1,3}")
_MARKS = re.compile(r"[!-/:-@\[-`{-~\n]")
_LETTERS = re.compile("[\u0080-\u036f\u0400-\u1eff]")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_HAN_AND_KANA = re.compile("[\u3000-\U0001d3ff]")
_SIGNS = re.compile("[\u2000-\u2fff\U0001d400-\U0010ffff]")
_USUAL_WORD = 6
_COMMON = "the of and to in a is that for with this by on are as it be we can which from an or not"
_ENGLISH = frozenset(_COMMON.split())
_MOSTLY_ENGLISH = 0.18
_FOREIGN = 1.3


def tokens(text: str) -> int:
    words = _WORD.findall(text)
    beyond = sum(len(word) - _USUAL_WORD for word in words if len(word) > _USUAL_WORD)
    common = sum(word in _ENGLISH for word in words)
    strange = 1.0 if common >= _MOSTLY_ENGLISH * len(words) else _FOREIGN
    return ceil(
        strange * (1.05 * len(words) + 0.42 * beyond)
        + 1.7 * len(_DIGITS.findall(text))
        + 0.7 * len(_MARKS.findall(text))
        + 1.0 * len(_LETTERS.findall(text))
        + 1.5 * len(_GREEK.findall(text))
        + 1.05 * len(_HAN_AND_KANA.findall(text))
        + 1.7 * len(_SIGNS.findall(text))
    )
