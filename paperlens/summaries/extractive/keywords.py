"""The terms under which a paper can be filed: those it prints, else those its abstract repeats.

A term is what stands between plain words and signs; it counts the more, the more often it is used
and the more of it stands in the title.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from paperlens.summaries.extractive.words import stem, stems

_TOKEN = re.compile(r"[^\W_]+(?:[-'’/+][^\W_]+)*|[^\w\s]")
_LONGEST_TEXT = 20_000
_LONGEST_TERM = 3
_IN_TITLE = 2.0
_ORDINARY_WORDS = """
a able about above achieve achieves addressed after against aim al all also although among amount
an analysis and any applied apply approach approaches are art as at available based be because
become becomes been before being best better between both but by called can capable case cases
challenge challenges combine compare compared consider consistently consists contain contrast
could current data define demonstrate demonstrates describe design despite develop different
directly do does due during each effective efficient eg enable enables especially et etc evaluate
even every existing experiment experiments exploit explore extensive fail few find first focus for
four from further general give given good great handle has have help high highly hold how however
i if implement important improve improved improves in including increase increasing instead into
introduce investigate is issue issues it its itself key known lack large largely largest lead
leads learn learned less leverage like look low made main mainly make makes many may mean method
methods model models more moreover most much multiple must my namely necessary need needed
nevertheless new no not novel number obtain of often on once one only open or order other our out
outperform outperforms over overall paper papers part particular particularly perform performance
possible practical predict present presents previous problem problems produce propose proposed
proposes prove provide provides quite rather recent recently reduce related rely remain report
require requires respectively result results reveal run same second seen set several shall should
show shows significant significantly similar simple since small so some specifically state step
steps still story strong study such suffer suggest system systems take task tasks tend than that
the their them then there therefore these they thing third this those three through thus time
times to together towards train trained two typical typically unable under understand unlike until
up us use used useful uses using usually validate various vary very via was way ways we well were
what when where whether which while who whose why wide widely will with within without work works
would yet you your
"""
_NO_PART = stems(_ORDINARY_WORDS)


def keywords(
    title: str, told: Sequence[str], printed: Sequence[str] | None, least: int, most: int
) -> tuple[str, ...] | None:
    """At most so many; None where there are fewer than the least."""
    if printed and len(printed) >= least:
        return tuple(dict.fromkeys(printed))[:most]
    found = _best(title, " \n".join(told)[:_LONGEST_TEXT], least)[:most]
    return tuple(found) if len(found) >= least else None


def as_tag(keyword: str) -> str:
    """ "Image generation" as image_generation."""
    return "_".join(re.findall(r"[^\W_]+", keyword.lower()))


def _best(title: str, text: str, least: int) -> list[str]:
    """Terms that the title has or the text repeats; others only where these are too few."""
    entitled = frozenset(_stems(_TOKEN.findall(title)))
    said = frozenset(_stems(_TOKEN.findall(text)))
    in_title = {tuple(_stems(term)) for term in terms(title)}
    spelled: dict[tuple[str, ...], Counter[str]] = {}
    for term in (*terms(text), *terms(title)):
        spelled.setdefault(tuple(_stems(term)), Counter())[" ".join(term)] += 1
    worth = {
        name: forms.total()
        * min(len(name), 2)
        * (1 + _IN_TITLE * len(entitled.intersection(name)) / len(name))
        for name, forms in spelled.items()
    }
    chosen: list[tuple[str, ...]] = []
    for name in sorted(worth, key=lambda name: -worth[name]):
        is_term = len(name) > 1 and name in in_title and said.issuperset(name)
        is_term = is_term or spelled[name].total() > (1 if len(name) > 1 else 2)
        is_near = len(name) > 1 and len(chosen) < least and worth[name] > len(name)
        if (is_term or is_near) and not any(_covers(one, name) for one in chosen):
            chosen.append(name)
    return [spelled[name].most_common(1)[0][0] for name in chosen]


def _stems(term: Sequence[str]) -> Iterator[str]:
    return (stem(word.lower()) for word in term)


def _covers(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(frozenset(one) & frozenset(other)) and (
        frozenset(one) <= frozenset(other) or frozenset(other) <= frozenset(one)
    )


def terms(text: str) -> Iterator[tuple[str, ...]]:
    """The runs of words that are no plain ones; of a long run the last words, which name it."""
    run: list[str] = []
    for token, after in pairwise((*_TOKEN.findall(text), ".")):
        if _is_part(token):
            run.append(token)
            if _is_part(after):
                continue
        if run:
            yield tuple(run[-_LONGEST_TERM:])
            run = []


def _is_part(token: str) -> bool:
    small = token.lower()
    return (
        len(small) > 1
        and not small.isnumeric()
        and small[0].isalpha()
        and (stem(small) not in _NO_PART and not small.endswith("ly"))
    )
