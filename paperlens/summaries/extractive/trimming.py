"""How much shorter a sentence can be told so that it says less, yet nothing else.

Sentences of abstracts open with phrases that tell nothing ("To this end, ..."), name acronyms and
sources in brackets, and end with clauses that a summary can do without. What is left are the
paper's own words in their order. Nothing that limits, denies or makes conditions is ever left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from paperlens.summaries.extractive.openings import without_openings
from paperlens.summaries.extractive.words import listed

_FEWEST_WORDS = 6
_LONGEST = 1000
_LONGEST_BRACKET = 160

_LIMITS = re.compile(
    r"\b(?:not|no|nor|never|neither|none|nothing|cannot|only|unless|except|excluding|if|provided"
    r"|assuming|when|whenever|until|but|however|although|though|despite|without|under|subject to"
    r"|as long as|at the (?:cost|expense)|while|whereas|limited|restricted|fails?|lacks?|hardly"
    r"|barely|rather than|instead of|yet|given|within|less|fewer|mostly|sometimes|often|may|might"
    r"|likely|partly|cost|up to|at most|at least|most|some)\b|n['’]t\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    rf" \(([^()]{{1,{_LONGEST_BRACKET}}})\)(?=[\s,.;:?!]|$)"
    r"|(?<=[\w)]) ?\[\d[\d, –-]{0,40}\](?=[\s,.;:]|$)"
)
_COUNTED = re.compile(r"[ivx]{1,4}|\d{1,2}|[a-z]", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"(?:^|[=+*/^<>~≈:,;&-]|\b(?:and|or|by|in|of|eq|eqs|eqn|fig|sec|eq\.|eqs\.))$"
)

_RESULTING = (
    "demonstrating showing achieving leading resulting allowing making suggesting enabling"
    " providing yielding outperforming improving indicating obtaining creating giving"
    " avoiding producing reducing increasing supporting offering ensuring opening paving revealing"
    " highlighting illustrating surpassing reaching confirming addressing"
    " establishing facilitating helping including ranging"
    " generating bringing bridging saving eliminating removing capturing introducing"
).replace(" ", "|")
_FOLLOWED_BY = (
    r"shows?|demonstrates?|proves?|finds?|evaluates?|validates?|provides?|discuss(?:es)?"
    r"|compares?|applies|apply|illustrates?|proposes?|present|analy[sz]es?|investigates?|study"
    r"|studies|verify|establish|derive|report|observe|explore|examine|test|introduce|develop"
    r"|describe|give|achieves?|obtains?|improves?|outperforms?"
)
_TAILS = re.compile(
    r"(?P<which>, (?:which|who|whose|in which|where|for which|of which|through which)\b)"
    rf"|(?P<resulting>, (?:thus |thereby |hence |therefore |and thus )?(?:{_RESULTING})\b)"
    r"|(?P<then>, and (?:we )?(?:also |then |further |finally |\w{2,20}ly )?"
    rf"(?:{_FOLLOWED_BY})\b| and (?:we )?(?:also |then |further |finally )?"
    r"(?:show|demonstrate|prove|find) that\b)"
    r"|(?P<stop>;| (?:--|—|–) |—|: )"
)
_OFFERS = re.compile(
    r"(?:we|i|this (?:paper|work|study|article|survey|thesis)|the (?:paper|authors))"
    r"(?: (?:also|then|first|further|here|now|thus|instead|will|can|have|therefore|\w{2,20}ly))*"
    r" (?:propos|present|introduc|develop|describ|design|devis|buil[dt]|construct|formulat|deriv"
    r"|suggest|offer|creat|contribut|releas|stud[iy]|investigat|explor|analy[sz]|examin|address"
    r"|consider|tackl|revisit|extend|combin|provid)\w* ",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r" (?:that|which|where|whose) ")
_FEWEST_WORDS_OFFERED = 9
_STATES = re.compile(
    r"\b(?:show|demonstrat|prov|find|found|argu|observ|reveal|indicat|suggest|verif|establish"
    r"|report|confirm|see|conclud|hypothes|believ|mean|ensur|illustrat)\w* (?:\w{2,20}ly )?"
    r"(?:that|how|when|why)\b",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"\b(?:is|are|was|were|can|could|may|might|will|would|has|have|had|does|do|did|should|must"
    r"|outperforms?|achieves?|improves?|leads?|yields?|provides?|performs?|allows?|enables?|learns?"
    r"|reduces?|makes?|gives?|produces?|generali[sz]es?|exhibits?|converges?|requires?|helps?"
    r"|increases?|depends?|becomes?|remains?|admits?|obtains?|exists?|holds?|offers?|suffers?"
    r"|generates?|captures?|contains?|tends?|boosts?|benefits?)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"\((?:i|1|a)\)|\b(?:i|1|a)\)|--|—", re.IGNORECASE)
_UNFINISHED = listed(
    "a an the of and or to in for with on that which where by from as at is are be been this these"
    " our its their we can both either more less very how what why when whether if such able"
    " unable due order not no than into between among over under also it i they one using via"
    " through was were has have had does do did may might will would could should must about while"
    " so but only even follows following all any each some other most many"
)
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"))


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence, or what is left of it; `cuts` names what was left out."""

    text: str
    cuts: tuple[str, ...] = ()


def wordings(sentence: str) -> tuple[Wording, ...]:
    """The sentence without its opening and brackets, then every way to end it sooner."""
    if len(sentence) > _LONGEST:
        return (Wording(sentence),)
    text, cuts = without_openings(sentence)
    clear = _BRACKET.sub(_kept, text)
    if clear != text:
        cuts = (*cuts, "brackets")
    return (Wording(clear, cuts), *_sooner(clear, cuts))


def _kept(bracket: re.Match[str]) -> str:
    """What must stay of a bracket: all of it where it counts, limits or is part of a formula, and
    where the sentence goes on to use the name that it gives."""
    inside, before, after = bracket[1], bracket.string[: bracket.start()], bracket.end()
    if inside is None:
        return ""
    if (
        _COUNTED.fullmatch(inside)
        or _LIMITS.search(inside)
        or _LEADS_ON.search(before[-8:].lower())
    ):
        return bracket[0]
    if before.count("$") % 2 or inside.count("$") % 2:
        return bracket[0]
    name = inside.removesuffix("s")
    return bracket[0] if name.isalnum() and name in bracket.string[after:] else ""


def _sooner(text: str, cuts: tuple[str, ...]) -> Iterator[Wording]:
    ends = set()
    for tail in _TAILS.finditer(text):
        kept = _before(tail)
        if not _is_whole(kept) or _LIMITS.search(text, tail.start()):
            continue
        if tail.lastgroup != "stop" or not _LIST.search(kept):
            ends.add(kept)
            yield Wording(f"{kept}.", (*cuts, tail.lastgroup or ""))
    for clause in _DESCRIBED.finditer(text) if _OFFERS.match(text) else ():
        kept = _before(clause)
        enough = len(kept.split()) >= _FEWEST_WORDS_OFFERED and kept not in ends
        if enough and _is_whole(kept) and not _LIMITS.search(text, clause.start()):
            yield Wording(f"{kept}.", (*cuts, "described"))


def _before(tail: re.Match[str]) -> str:
    return tail.string[: tail.start()].rstrip(" ,;:-–—")


def _is_whole(text: str) -> bool:
    """Whether it can stand as a sentence, as far as can be told without parsing it."""
    words = text.split()
    if len(words) < _FEWEST_WORDS or words[-1].lower().strip("\"'”") in _UNFINISHED:
        return False
    if any(text.count(left) != text.count(right) for left, right in _PAIRS):
        return False
    if text.count("$") % 2 or text.count('"') % 2:
        return False
    if "," in text and len(text.rpartition(",")[2].split()) < 3:
        return False
    states = _STATES.search(text)
    if states:
        return _VERBS.search(text, states.end()) is not None
    return bool(_OFFERS.match(text) or _VERBS.search(text))
