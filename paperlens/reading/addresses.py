"""Web addresses as they stand in running text, made whole and made safe. Pure.

Papers write them with LaTeX around, without a scheme, with the sentence's full stop at the end,
cut by the end of a line. Texts are untrusted: every step takes time linear in their length, and
what comes out is an http(s) address of a public host, without credentials or control characters.
"""

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_LONGEST = 2000
_BEFORE, _AFTER = 120, 60
_SIGNS = r"A-Za-z0-9\-._~:/?#@&()+,=%"
_SCHEME = r"https?:(?:\s?//\s?|/(?!/))"
_KNOWN_HOST = (
    r"(?<![\w.@/\-])(?:www\.|(?:(?:gist\.)?github|gitlab|gitee)\.com/|bitbucket\.org/"
    r"|codeberg\.org/|huggingface\.co/|[a-z0-9\-]{1,63}\.(?:github|gitlab)\.io\b)"
)
_AFTER_PAGE = (
    r"(?:(?<=page )|(?<=site )|(?<=page: )|(?<=site: )|(?<=page is )|(?<=site is )|(?<=page at )"
    r"|(?<=site at )|(?<=page is at )|(?<=site is at ))"
)
_ANY_HOST = r"(?:[a-z0-9\-]{1,63}\.)+(?!html?\b|pdf\b)[a-z]{2,24}(?![\w@])"
_START = re.compile(
    rf"(?P<scheme>{_SCHEME})|(?:{_KNOWN_HOST}|{_AFTER_PAGE}{_ANY_HOST})", re.IGNORECASE
)
_NEXT_SCHEME = re.compile(r"(?<![/=])https?:/", re.IGNORECASE)
_RUN = re.compile(rf"[{_SIGNS}]{{0,{_LONGEST + 1}}}")
_LATEX = (
    (re.compile(r"\\([_%#&~])(?:\{\})?"), r"\1"),
    (re.compile(r"\$\s?\\sim\s?\$|\\textasciitilde(?:\{\})?"), "~"),
    (re.compile("&amp;"), "&"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address, with the words that lead to it and the words that follow."""

    url: str
    parts: SplitResult
    before: str
    after: str


def addresses_in(text: str) -> Iterator[Address]:
    """Every usable address, in the order of the text."""
    for pattern, plain in _LATEX:
        text = pattern.sub(plain, text)
    end = 0
    for start in _START.finditer(text):
        if start.start() < end:
            continue
        before = text[max(end, start.start() - _BEFORE) : start.start()]
        scheme = "http" if (start["scheme"] or "")[:5].lower() == "http:" else "https"
        written, end = _from(text, start.end() if start["scheme"] else start.start())
        url = f"{scheme}://{_trimmed(written)}"
        parts = _real(url)
        if parts:
            yield Address(url, parts, before, text[end : end + _AFTER])


def _from(text: str, start: int) -> tuple[str, int]:
    """What is written from here, over at most three line ends; and where it ends."""
    written = _run(text, start)
    end = start + len(written)
    another = _NEXT_SCHEME.search(written)
    if another:
        return written[: another.start()], start + another.start()
    for _ in range(3):
        gap = _GAP.match(text, end)
        word = _run(text, gap.end()) if gap else ""
        if gap is None or not word or not _goes_on(written, word, "\n" in gap[0]):
            break
        written, end = written + word, gap.end() + len(word)
    return written, end


def _run(text: str, start: int) -> str:
    run = _RUN.match(text, start)
    return run[0] if run else ""


_GAP = re.compile(r"[ \t]{0,20}\r?\n[ \t]{0,20}| ")
_FORGE = r"(?:github|gitlab|bitbucket|codeberg|huggingface)\.\w+/"
_FRONT_PAGE = re.compile(rf"(?:www\.)?{_FORGE}\Z", re.IGNORECASE)
_PATH = r"\w[^\s/]*/|\w+_\w|\w+\.html?\b"
_NAME = r"[\w.\-]*(?:[a-z0-9][A-Z]|[A-Z]{2}|[a-zA-Z]\d|\w[\-_]\w)|[a-z0-9]{2,}[.)]+\Z"
_CUTS = tuple(
    (re.compile(written, re.ASCII | re.IGNORECASE), re.compile(then, re.ASCII))
    for written, then in (
        (r"\A\Z|\A[^/]*\.\Z", r"(?:[a-z0-9\-]+\.)+[a-z]{2,}(?:/|[.,)]*\Z)"),
        (r"[\-_=&~%+]\Z", r"[A-Za-z0-9]"),
        (r"\?\Z", r"\w+="),
        (r"\.\Z", r"(?:html?|php|git|pdf|zip|aspx?)[.,)]*\Z"),
        (rf"{_FORGE}[\w.\-]+/\Z", rf"{_PATH}|{_NAME}"),
        (r"/\Z", _PATH),
        (r"[^/]\Z", r"[/?=&_]\w"),
    )
)


def _goes_on(written: str, word: str, is_next_line: bool) -> bool:
    """Whether the next word belongs to an address cut by the end of its line.

    Only when the cut shows: a line may as well end with a whole address before a new sentence.
    """
    if _NEXT_SCHEME.match(word):
        return False
    if not is_next_line:
        return bool(_FRONT_PAGE.match(written) and re.match(_PATH, word))
    tail = written[-400:]
    return any(then.match(word) for cut, then in _CUTS if cut.search(tail))


def _trimmed(written: str) -> str:
    """Without the punctuation of the sentence that the address stands in."""
    unopened = written.count(")") - written.count("(")
    end = len(written)
    while end:
        last = written[end - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
        elif last == "(":
            unopened += 1
        elif last not in ".,:?&=#-+@%":
            break
        end -= 1
    return written[:end]


_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?")
_TOP_LABEL = re.compile(r"[a-z]{2,24}|xn--[a-z0-9\-]{2,59}")
_CONTROL = re.compile(r"%(?:0|1|7f)|%(?![0-9a-f]{2})", re.IGNORECASE)


def _real(url: str) -> SplitResult | None:
    """The parts of an address that a browser may be sent to; None for any other."""
    if len(url) > _LONGEST or _CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    return parts if "@" not in parts.netloc and port != 0 and _is_public(host) else None


def _is_public(host: str) -> bool:
    labels = host.split(".")
    if all(label.isdigit() for label in labels):
        try:
            return ipaddress.IPv4Address(host).is_global
        except ValueError:
            return False
    named = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    return named and len(host) <= 253 and _TOP_LABEL.fullmatch(labels[-1]) is not None
