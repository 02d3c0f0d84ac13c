"""The fields of a BibTeX entry: what their values are, and what each tells of the paper."""

import re
from collections.abc import Callable, Iterator, Mapping

from paperlens.bibliography.bibtex_names import names, plain
from paperlens.bibliography.described import Described, is_arxiv
from paperlens.bibliography.journals import journal_name

Fields = dict[str, str]
LONGEST_BORROWED = 10_000  # @strings of @strings could else double thirty times
_MARK = re.compile(r'(?<!\\)[{}"#]')
_WORD = re.compile(r"[^\s{}\"#,=]*")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def value(told: str, strings: Mapping[str, str]) -> str:
    """What a field's right side says: `{x}`, `"x"`, 1, a name of `strings`, or several with `#`."""
    pieces = [_piece(piece.strip(), strings) for piece in _pieces(told)]
    if sum(map(len, pieces)) > max(len(told), LONGEST_BORROWED):
        raise ValueError("has a field that @strings make too long")
    return "".join(pieces)


def _pieces(told: str) -> Iterator[str]:
    start = 0
    for mark, is_outside in _marks(told):
        if mark[0] == "#" and is_outside:
            yield told[start : mark.start()]
            start = mark.end()
    yield told[start:]


def _marks(told: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Braces, quotes and `#`, and whether all that was opened before or by them is closed."""
    depth, is_quoted = 0, False
    for mark in _MARK.finditer(told):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif mark[0] == '"' and depth == 0:
            is_quoted = not is_quoted
        yield mark, depth == 0 and not is_quoted


def _piece(piece: str, strings: Mapping[str, str]) -> str:
    if piece[:1] in {"{", '"'}:
        closing = next((mark.end() for mark, is_closed in _marks(piece) if is_closed), None)
        if closing == len(piece):
            return piece[1:-1]
    elif _WORD.fullmatch(piece):
        return strings.get(piece.lower(), piece)
    raise ValueError("is not BibTeX: a field is not closed, or no comma follows it")


def described(fields: Fields, strings: Mapping[str, str]) -> Described:
    """The entry in the words that all formats share."""

    def raw(*names: str) -> str:
        values = (value(fields[name], strings) for name in names if name in fields)
        return next((one for one in values if one.strip()), "")

    def words(*names: str) -> str:
        return plain(raw(*names))

    def code(*names: str) -> str:
        return _code(raw(*names))

    journal = journal_name(words("journal", "journaltitle", "booktitle", "maintitle"))
    publisher = words("school", "institution", "organization", "publisher")
    number, how = code("number"), code("howpublished")
    is_at_arxiv = any(map(is_arxiv, (journal, publisher, how)))
    return Described(
        title=": ".join(filter(None, (words("title"), words("subtitle")))),
        authors=names(raw("author", "editor"), raw("collaboration")),
        abstract=words("abstract"),
        doi=code("doi"),
        addresses=(*code("url").split(), *code("ee").split(), how, code("pdf"), code("link")),
        eprints=(*_eprints(code), *((number, code("eid")) if is_at_arxiv else ())),
        places=(journal, code("volume"), number, code("eid"), code("pages"), how, publisher),
        notes=tuple(map(words, ("note", "annote", "annotation", "comment", "review"))),
        keywords=tuple(re.split("[,;]", words("keywords", "keyword", "mendeley-tags", "tags"))),
        categories=(code("primaryclass", "eprintclass"),),
        own=code("paperlens"),
        journal=journal or publisher,
        volume=words("volume"),
        pages=words("pages"),
        year=code("year"),
        date=code("date") or _date(code("year"), code("month"), code("day")),
    )


def _eprints(code: Callable[..., str]) -> Iterator[str]:
    """Numbers in the fields that were made for them, if they are not another archive's."""
    yield code("arxivid", "arxiv")
    archive, eprint = code("archiveprefix", "eprinttype"), code("eprint")
    if not archive or is_arxiv(archive):
        yield eprint
        yield f"{code('primaryclass', 'eprintclass')}/{eprint}"  # as old numbers are cut in two


def _date(year: str, month: str, day: str) -> str:
    """A day in numbers, of which the month may be a name."""
    name = month.strip()[:3].lower()
    return f"{year}-{_MONTHS.index(name) + 1 if name in _MONTHS else month}-{day}"


_ESCAPE = re.compile(r"\\url\b|[{}\\]")


def _code(text: str) -> str:
    """An address or a number, in which TeX means nothing but itself."""
    return _ESCAPE.sub("", text).strip()
