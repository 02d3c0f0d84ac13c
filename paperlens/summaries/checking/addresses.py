"""Addresses of an answer and of its source, of the web and of mail, spelled alike: scheme, case,
"www." and the punctuation around them aside. Pure; linear in the text.
"""

import re
from collections.abc import Iterator

_TOP = (
    r"(?:com|org|net|io|edu|ai|gov|dev|co|me|app|xyz|info|science|tech|site|online|page|cloud"
    r"|space|pub|blog|eu|de|uk|fr|ch|cn|jp|us|ca|kr|tw|nl|se|br|ru|pl|au|cc|gg|ly|tv)\b"
)
_SIGN = re.compile(rf"://|www\.|\.{_TOP}", re.IGNORECASE)
_BEFORE = re.compile(r"[A-Za-z0-9.@_/-]{0,80}\Z")
_LOOKBACK = 80
_ADDRESS = re.compile(
    r"(?:[a-z]{3,6}://\s?|www\.)[^\s<>\"'{}|\\^`，。；、）》」]{1,2000}"
    rf"|(?:[\w.+-]{{1,64}}@)?(?:[\w-]{{1,63}}\.){{1,4}}{_TOP}(?![@\w])[\w./~?=&%#+:@-]{{0,2000}}",
    re.IGNORECASE | re.ASCII,
)
_SCHEME = re.compile(r"\A[a-z]+://\s?")
_END = ".,:;!?&=#-+@%)]*_'\"/"


def addresses_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each address begins and ends, without the sentence's punctuation, and its sameness."""
    end = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < end:
            continue
        before = _BEFORE.search(text, max(end, sign.start() - _LOOKBACK), sign.start())
        begin = before.start() if before else sign.start()
        found = _ADDRESS.match(text, begin)
        if found and found.end() > sign.start():
            bare = found[0].rstrip(_END)
            if bare.count("(") > bare.count(")"):
                bare += ")"
            end = begin + len(bare)
            yield begin, end, sameness(bare)


def sameness(address: str) -> str:
    """Equal for addresses that lead to the same place as far as can be told from outside."""
    rest = _SCHEME.sub("", address.lower()).removeprefix("www.").rstrip(_END)
    return rest.removesuffix(".git").replace("/tree/main", "").replace("/abs/", "/pdf/")


def without_addresses(text: str) -> str:
    """The text with a space for each address: its digits and capitals are no numbers or names."""
    pieces, at = [], 0
    for begin, end, _ in addresses_in(text):
        pieces += [text[at:begin], " "]
        at = end
    return "".join([*pieces, text[at:]])
