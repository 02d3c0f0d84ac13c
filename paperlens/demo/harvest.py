"""arXiv's OAI-PMH service: every record that changed in a span of days, page after page.

Its records say nothing of announce types; the datestamp is the day of the change. Versions are
told by the format arXivRaw only; in the format arXiv, `created` is the day of the latest one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qsl, quote, unquote, urlencode

from paperlens.demo.markup import accents_in_tex, element, empty, nest
from paperlens.models import Paper
from paperlens.taxonomy import PHYSICS

BASE = "http://oaipmh.arxiv.org/oai"

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_OAI = "http://www.openarchives.org/OAI/2.0/"
_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})
_ERRORS = {
    "badArgument": "The request includes illegal arguments, is missing required arguments, "
    "includes a repeated argument, or values for arguments have an illegal syntax.",
    "badResumptionToken": "The value of the resumptionToken argument is invalid or expired.",
    "badVerb": "Value of the verb argument is not a legal OAI-PMH verb, the verb argument is "
    "missing, or the verb argument is repeated.",
    "cannotDisseminateFormat": "The metadata format identified by the value given for the "
    "metadataPrefix argument is not supported by the item or by the repository.",
    "idDoesNotExist": "The value of the identifier argument is unknown or illegal in this "
    "repository.",
    "noRecordsMatch": "The combination of the values of the from, until, set and metadataPrefix "
    "arguments results in an empty list.",
}


class Refusal(Exception):
    """One of the protocol's own errors, by its code."""


def answer(query: Mapping[str, str], papers: Sequence[Paper], now: datetime, page_size: int) -> str:
    """The reply to a request; `papers` are the latest versions."""
    verbs = {"Identify": _identify, "GetRecord": _get_record, "ListRecords": _list_records}
    try:
        if query.get("verb") not in verbs:
            raise Refusal("badVerb")
        body = verbs[query["verb"]](query, papers, now, page_size)
    except Refusal as refusal:
        code = str(refusal)
        return _reply({}, element("error", _ERRORS[code], {"code": code}), now)
    return _reply(query, body, now)


def _reply(query: Mapping[str, str], body: str, now: datetime) -> str:
    attributes = {
        "xmlns": _OAI,
        "xmlns:xsi": _XSI,
        "xsi:schemaLocation": f"{_OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
    }
    stamp = element("responseDate", now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    request = element("request", BASE, query)
    reply = nest("OAI-PMH", stamp, request, body, attributes=attributes)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{reply}\n'


def _identify(
    _query: Mapping[str, str], _papers: Sequence[Paper], _now: datetime, _page_size: int
) -> str:
    return nest(
        "Identify",
        element("repositoryName", "arXiv"),
        element("baseURL", BASE),
        element("protocolVersion", "2.0"),
        element("adminEmail", "help@arxiv.org"),
        element("earliestDatestamp", "2005-09-16"),
        element("deletedRecord", "persistent"),
        element("granularity", "YYYY-MM-DD"),
    )


def _get_record(
    query: Mapping[str, str], papers: Sequence[Paper], _now: datetime, _page_size: int
) -> str:
    if "identifier" not in query:
        raise Refusal("badArgument")
    _check_format(query)
    asked = query["identifier"].removeprefix("oai:arXiv.org:")
    for paper in papers:
        if paper.id == asked:
            return nest("GetRecord", _record(paper, query["metadataPrefix"]))
    raise Refusal("idDoesNotExist")


def _list_records(
    query: Mapping[str, str], papers: Sequence[Paper], now: datetime, page_size: int
) -> str:
    asked, skip = dict(query), 0
    if "resumptionToken" in query:
        asked, skip = _from_token(query["resumptionToken"])
    _check_format(asked)
    found = sorted(_matching(asked, papers), key=lambda paper: (_datestamp(paper), paper.id))
    if not found[skip:]:
        raise Refusal("badResumptionToken" if skip else "noRecordsMatch")
    form = asked["metadataPrefix"]
    page = [_record(paper, form) for paper in found[skip : skip + page_size]]
    if skip + page_size < len(found):
        page.append(_token(asked, skip + page_size, now))
    elif skip:
        page.append(empty("resumptionToken"))
    return nest("ListRecords", *page)


def _check_format(query: Mapping[str, str]) -> None:
    if "metadataPrefix" not in query:
        raise Refusal("badArgument")
    if query["metadataPrefix"] not in _FORMATS:
        raise Refusal("cannotDisseminateFormat")


def _token(asked: Mapping[str, str], skip: int, now: datetime) -> str:
    told = {key: asked[key] for key in sorted(asked) if key != "resumptionToken"}
    tomorrow = now.astimezone(UTC).date() + timedelta(days=1)
    text = quote(urlencode(told | {"skip": str(skip)}))
    return element("resumptionToken", text, {"expires": f"{tomorrow.isoformat()}T00:00:00Z"})


def _from_token(token: str) -> tuple[dict[str, str], int]:
    told = dict(parse_qsl(unquote(token)))
    if not told.get("skip", "").isdigit():
        raise Refusal("badResumptionToken")
    return told, int(told.pop("skip"))


def _matching(query: Mapping[str, str], papers: Iterable[Paper]) -> Iterable[Paper]:
    try:
        first = date.fromisoformat(query.get("from", "0001-01-01"))
        last = date.fromisoformat(query.get("until", "9999-12-31"))
    except ValueError:
        raise Refusal("badArgument") from None
    if first > last:
        raise Refusal("badArgument")
    wanted = query.get("set")
    for paper in papers:
        if first <= _datestamp(paper) <= last and (wanted is None or _is_in(paper, wanted)):
            yield paper


def _is_in(paper: Paper, wanted: str) -> bool:
    return any(spec == wanted or spec.startswith(f"{wanted}:") for spec in _sets(paper))


def _sets(paper: Paper) -> list[str]:
    return [_set(category) for category in paper.categories]


def _set(category: str) -> str:
    """`cs.CV` is in `cs:cs:CV`, `hep-th` in `physics:hep-th`."""
    archive, _, subject = category.partition(".")
    group = "physics" if archive in PHYSICS else archive
    return ":".join(filter(None, (group, archive, subject)))


def _datestamp(paper: Paper) -> date:
    moment = paper.updated or paper.published
    return paper.announced or (moment.date() if moment else date(2005, 9, 16))


def _record(paper: Paper, form: str) -> str:
    identifier = element("identifier", f"oai:arXiv.org:{paper.id}")
    stamp = element("datestamp", _datestamp(paper).isoformat())
    sets = [element("setSpec", name) for name in _sets(paper)]
    header = nest("header", identifier, stamp, *sets)
    return nest("record", header, nest("metadata", _FORMATS[form](paper)))


def _arxiv(paper: Paper) -> str:
    moment = paper.updated or paper.published
    created = moment.date() if moment else _datestamp(paper)
    return _described(
        "arXiv",
        element("id", paper.id),
        element("created", created.isoformat()),
        *([element("updated", _datestamp(paper).isoformat())] if (paper.version or 1) > 1 else []),
        nest("authors", *map(_author, paper.authors)),
        element("title", paper.title),
        element("categories", " ".join(paper.categories)),
        *_if_known(paper),
    )


def _arxiv_raw(paper: Paper) -> str:
    return _described(
        "arXivRaw",
        element("id", paper.id),
        element("submitter", paper.authors[0] if paper.authors else "somebody"),
        *_versions(paper),
        element("title", paper.title),
        element("authors", accents_in_tex(", ".join(paper.authors))),
        element("categories", " ".join(paper.categories)),
        *_if_known(paper),
    )


def _described(form: str, *children: str) -> str:
    namespace = f"http://arxiv.org/OAI/{form}/"
    attributes = {
        "xmlns": namespace,
        "xmlns:xsi": _XSI,
        "xsi:schemaLocation": f"{namespace} https://oaipmh.arxiv.org/OAI/{form}.xsd",
    }
    return nest(form, *children, attributes=attributes)


def _if_known(paper: Paper) -> list[str]:
    known = {
        "comments": paper.comment,
        "journal-ref": paper.journal_ref,
        "doi": paper.doi,
        "license": paper.license,
        "abstract": paper.abstract,
    }
    return [element(name, text) for name, text in known.items() if text]


def _versions(paper: Paper) -> Iterable[str]:
    """Between the first and the latest, dates are not known: they are told as the first one's."""
    latest = paper.version or 1
    for version in range(1, latest + 1):
        moment = paper.published if version < latest or version == 1 else paper.updated
        day = moment or datetime.combine(_datestamp(paper), time(), UTC)
        told = element("date", format_datetime(day.astimezone(UTC), usegmt=True))
        yield nest("version", told, element("size", "88kb"), attributes={"version": f"v{version}"})


def _author(name: str) -> str:
    """Family name apart from the others; a collaboration, and a name of one word, is one whole."""
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else None
    if len(words) < 2 or words[-1] == "Collaboration":
        return nest("author", element("keyname", name))
    parts = [element("keyname", words[-1]), element("forenames", " ".join(words[:-1]))]
    return nest("author", *parts, *([element("suffix", suffix)] if suffix else []))


_FORMATS = {"arXiv": _arxiv, "arXivRaw": _arxiv_raw}
