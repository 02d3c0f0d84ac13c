"""What a sentence gives away about its part in an abstract, told by its words alone.

"We propose" tells a contribution, "however" a difficulty, "outperforms" a result. Cues are found
among stems and first words rather than by expressions, as a day of papers has ten thousand
sentences.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from paperlens.summaries.extractive.words import PLAIN, listed, stem, stems, words_of

_LONGEST_SEEN = 1000

_WE = frozenset(("we", "i"))
_WE_ALL = stems("know live understand need humans")
_SKIPPED = stems("also then first further here now thus instead will can have therefore")
_MOST_SKIPPED = 3
_THIS = listed("this our the present current")
_PAPER = listed("paper work study article letter survey thesis research report note chapter")
_DOES: Mapping[str, frozenset[str]] = {
    "propose": stems(
        "propose proposes present presents introduce develop describe design devise devises build"
        " built construct formulate derive derives suggest offer offers create creates contribute"
        " contributes release"
    ),
    "study": stems(
        "study studies studied investigate explore analyze analyzes analyse examine address"
        " consider tackle revisit compare compares evaluate focus focuses aim aims seek seeks ask"
        " asks characterize survey review search look looks"
    ),
    "show": stems(
        "show shows shown demonstrate prove proves proven find finds found argue argues establish"
        " provide observe observes report discover reveal conclude verify validate confirm"
        " illustrate identify detect measure determine obtain constrain"
    ),
    "use": stems(
        "use uses used train apply applied applies extend combine combines leverage employ learn"
        " adopt adopts test tests tested exploit perform conduct experiment define defines achieve"
        " improve improves generalize"
    ),
}
_IS = frozenset(("is", "are"))
_DONE = stems(
    "proposed presented introduced developed described studied shown investigated given reported"
)
_AMONG: Mapping[str, frozenset[str]] = {
    "our": stems("our ours my"),
    "novel": stems("novel new"),
    "first": stems("first"),
    "simple": stems("simple efficient effective general unified principled"),
    "called": stems("called dubbed termed named coined namely"),
    "method": stems(
        "method approach framework algorithm model technique architecture theory procedure system"
        " network methods approaches models"
    ),
    "data": stems("dataset datasets benchmark corpus library software toolkit package"),
    "results": stems(
        "outperform result results experiments experiment achieve achieves improve empirical"
        " empirically superior significantly surpass accuracy exceed faster reduce reduces sota"
    ),
    "evaluate": stems("evaluate evaluation benchmarks datasets tasks demonstrated"),
    "background": stems(
        "been become becomes recent recently existing previous previously prior often typically"
        " traditional traditionally widely commonly usually current currently most many popular"
        " generally"
    ),
    "negation": stems(
        "not no cannot never neither without lack lacks fail fails difficult hard challenging"
        " challenge challenges problem problems issue issues expensive costly remains unclear poor"
        " suffer suffers"
    ),
    "limitation": stems("limitation limitations limited cannot fails failure failures"),
    "link": stems("https http github code publicly available"),
    "that": stems("that"), "which": stems("which"), "where": stems("where"), "for": stems("for"),
    "can": stems("can"), "by": stems("by"), "using": stems("using"),
}  # fmt: skip
_FIRST: Mapping[str, tuple[str, ...]] = {
    "starts: experiments": (
        "experiment", "our experiment", "the experiment", "extensive experiment", "numerical",
        "empirical", "extensive", "experimental", "comprehensive", "evaluation", "our evaluation",
        "results", "our results", "the results", "simulation", "our analysis", "these results",
    ),
    "starts: further": (
        "furthermore", "moreover", "also", "in addition", "additionally", "besides", "lastly",
        "finally", "further", "we also ", "we further ", "we additionally ",
    ),
    "starts: detail": (
        "for example", "for instance", "in particular", "specifically", "more specifically",
        "concretely", "here", "then ", "first", "second", "next", "this ", "these ", "it ",
        "they ", "such ", "the key ", "the main ", "the proposed ", "our method ",
        "our approach ", "our model ", "in this way", "by ",
    ),
    "starts: aim": (
        "to this end", "to that end", "to address", "to overcome", "to tackle", "to solve",
        "to remedy", "to alleviate", "to mitigate", "to fill", "to bridge", "motivated by",
        "inspired by", "based on th", "toward",
    ),
    "starts: background": (
        "recent", "many ", "most ", "existing", "previous", "current", "traditional", "modern ",
        "deep ", "in recent years", "while ", "although ", "despite ", "when ", "given ",
        "one of ",
    ),
    "starts: but": (
        "however", "unfortunately", "yet", "but ", "nevertheless", "nonetheless", "still",
        "in contrast", "on the other hand",
    ),
}  # fmt: skip
_SIGNS = {"colon": ":", "semicolon": ";", "bracket": "(", "gain": "%", "formula": "$"}
_ACRONYM = re.compile(r"\([A-Z][\w-]{0,30}[A-Z][\w-]{0,30}\)")
_NAME = re.compile(r"\b(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{3,}\w*)(?:, an?\b|: )")

CORE = frozenset(("propose", "study", "paper", "paper does", "is proposed"))
SELF = frozenset(("we", "our", "paper"))
TELLING = ("propose", "study", "show", "paper", "paper does")
_OWN = SELF | {"is proposed"}
_FINDING = frozenset(("results", "gain", "limitation", "starts: experiments"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence as far as it can be seen through; of one without end, the beginning."""

    text: str
    stems: tuple[str, ...]
    kinds: frozenset[str]
    content: frozenset[str]
    cues: frozenset[str]

    @property
    def speaks_of_itself(self) -> bool:
        """Whether it says what the authors or their paper do."""
        return not self.cues.isdisjoint(SELF)


def see(sentence: str) -> Seen:
    start = sentence[:_LONGEST_SEEN]
    words = words_of(start)
    found = tuple(map(stem, words))
    kinds = frozenset(found)
    return Seen(start, found, kinds, kinds - PLAIN, frozenset(_cues(start, words, found, kinds)))


def beginning(told: tuple[Seen, ...]) -> int:
    """Where the authors first speak of themselves; at once if they never do."""
    return next((i for i, sentence in enumerate(told) if sentence.cues & _OWN), 0)


def leading_up(told: tuple[Seen, ...]) -> frozenset[int]:
    """The sentences that only set the background: what others did, what is hard, why it matters.

    Before the authors first speak of themselves that is everything; after it, what sounds like it
    and reports no finding.
    """
    begin = beginning(told)
    return frozenset(
        index
        for index, sentence in enumerate(told)
        if not sentence.cues & _OWN
        and (index < begin or ("background" in sentence.cues and not sentence.cues & _FINDING))
    )


def _cues(
    text: str, words: tuple[str, ...], found: tuple[str, ...], kinds: frozenset[str]
) -> Iterator[str]:
    yield from (cue for cue, among in _AMONG.items() if not kinds.isdisjoint(among))
    small = text[:40].lower()
    yield from (cue for cue, first in _FIRST.items() if small.startswith(first))
    yield from (cue for cue, sign in _SIGNS.items() if sign in text)
    if not _WE.isdisjoint(words):
        yield from _of_authors(words, found)
    if not _PAPER.isdisjoint(words):
        yield from _of_the_paper(words, found)
    if any(one in _IS and other in _DONE for one, other in pairwise(found)):
        yield "is proposed"
    if any(word[0].isdigit() for word in words):
        yield "digit"
    if text.endswith("?"):
        yield "question"
    if "\\" in text:
        yield "formula"
    if "(" in text and _ACRONYM.search(text):
        yield "acronym"
    if (", a" in text or ": " in text) and _NAME.search(text):
        yield "name"


def _of_authors(words: tuple[str, ...], found: tuple[str, ...]) -> Iterator[str]:
    """What "we" do: unless it is what all of mankind does."""
    for at, word in enumerate(words):
        if word in _WE:
            verb = _verb(words, found, at + 1)
            if verb not in _WE_ALL:
                yield "we"
            yield from (does for does, verbs in _DOES.items() if verb in verbs)


def _of_the_paper(words: tuple[str, ...], found: tuple[str, ...]) -> Iterator[str]:
    for at, (before, word) in enumerate(pairwise(words)):
        if word in _PAPER and before in _THIS and before != "the":
            yield "paper"
            verb = _verb(words, found, at + 2)
            if verb == "is" or any(verb in verbs for verbs in _DOES.values()):
                yield "paper does"


def _verb(words: tuple[str, ...], found: tuple[str, ...], at: int) -> str:
    """The next word that is no adverb."""
    for place in range(at, min(at + _MOST_SKIPPED, len(words))):
        if found[place] not in _SKIPPED and not words[place].endswith("ly"):
            return found[place]
    return ""
