"""What can be seen of a sentence without understanding it: the plain features that are weighed.

Pure functions from a title and the sentences of an abstract to named numbers: where a sentence
stands, how long it is, the cues it carries and those around it, the words it shares with the title
and with the rest. `weights.json` says what each name is worth; see `tests/make/fit_extractive.py`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

Features = dict[str, float]

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")

_ADVERBS = r"(?:(?:also|then|first|further|here|now|thus|instead|will|can|have|\w+ly) )*"
_WE = rf"\b(?:we|i) {_ADVERBS}"
_PAPER = (
    r"\b(?:this|the present|our|the current) "
    r"(?:paper|work|study|article|letter|survey|thesis|research|report|note|chapter)\b"
)
_PROPOSE = (
    r"(?:propos|present|introduc|develop|describ|design|devis|buil[dt]|construct|formulat|deriv"
    r"|suggest|offer|creat|contribut|releas)\w*\b"
)
_STUDY = (
    r"(?:stud[iy]|investigat|explor|analy[sz]|examin|address|consider|tackl|revisit|compar|evaluat"
    r"|focus|aim|seek|ask|characteri[sz]|survey|review|search|look)\w*\b"
)
_SHOW = (
    r"(?:show|demonstrat|prov[ei]|find|found|argu|establish|provid|observ|report|discover|reveal"
    r"|conclud|verif|validat|confirm|illustrat|identif|detect|measur|determin|obtain|constrain)\w*\b"
)
_CUES: Mapping[str, str] = {
    "we": r"\b(?:we|i)\b(?! (?:know|live|understand|need|humans)\b)",
    "our": r"\b(?:our|ours|my)\b",
    "paper": _PAPER,
    "paper does": rf"{_PAPER} {_ADVERBS}(?:{_PROPOSE}|{_STUDY}|{_SHOW}|is\b)",
    "propose": rf"{_WE}{_PROPOSE}",
    "study": rf"{_WE}{_STUDY}",
    "show": rf"{_WE}{_SHOW}",
    "use": rf"{_WE}(?:us|train|appl|exten|combin|leverag|employ|learn|adopt|test|exploit|perform"
    r"|conduct|experiment|defin|achiev|improv|generali[sz])\w*\b",
    "is proposed": r"\b(?:is|are) (?:proposed|presented|introduced|developed|described|studied"
    r"|shown|investigated|given|reported)\b",
    "novel": r"\b(?:novel|new)\b",
    "first": r"\bfirst\b",
    "simple": r"\b(?:simple|efficient|effective|general|unified|principled)\b",
    "called": r"\b(?:called|dubbed|termed|named|coined|namely|referred to as|we call)\b",
    "method": r"\b(?:method|approach|framework|algorithm|model|technique|architecture|theory"
    r"|procedure|system|network)s?\b",
    "data": r"\b(?:dataset|data set|benchmark|corpus|library|software|toolkit|package)\b",
    "results": r"\b(?:outperform\w*|results?|experiments?|achiev\w+|improv\w+|empirical\w*"
    r"|superior\w*|state[- ]of[- ]the[- ]art|significantly|surpass\w*|accuracy|exceed\w*|faster"
    r"|reduc\w+)\b",
    "starts: experiments": r"^(?:(?:our|the|extensive|numerical|empirical|experimental"
    r"|comprehensive) )*(?:experiments?|evaluations?|results|simulations|analys[ei]s)\b",
    "evaluate": r"\b(?:evaluat\w+|experiments? on|benchmarks|datasets|tasks|demonstrated?)\b",
    "starts: further": r"^(?:furthermore|moreover|also|in addition|additionally|besides|lastly"
    r"|finally|further|we (?:also|further|additionally))\b",
    "starts: detail": r"^(?:for example|for instance|in particular|(?:more )?specifically"
    r"|concretely|here|then|first|second|next|this|these|it|they|such|the (?:key|main|proposed)"
    r"|our (?:method|approach|model)|in this way|by)\b",
    "starts: aim": r"^(?:to (?:this|that) end|to (?:address|overcome|tackle|solve|remedy|alleviate"
    r"|mitigate|fill|bridge)|motivated by|inspired by|based on th|toward)",
    "background": r"\b(?:ha(?:s|ve) been|ha(?:s|ve) become|recent(?:ly)?|existing|previous|prior"
    r"|often|typically|traditional\w*|widely|commonly|usually|current(?:ly)?|most|many|popular"
    r"|generally|long-standing)\b",
    "starts: background": r"^(?:recent(?:ly)?|many|most|existing|previous|current|traditional"
    r"|modern|deep|in recent years|while|although|despite|when|given|one of)\b",
    "starts: but": r"^(?:however|unfortunately|yet|but|nevertheless|nonetheless|still|in contrast"
    r"|on the other hand)\b",
    "negation": r"\b(?:not|no|cannot|never|neither|without|lack\w*|fail\w*|difficult|hard"
    r"|challeng\w+|problem|issues?|expensive|costly|remains?|unclear|poor\w*|suffers?)\b",
    "limitation": r"\b(?:limitations?|limited|(?:do|does|did) not|cannot|fails?|failures?"
    r"|out of reach|remains? open|future work)\b",
    "gain": r"\d+(?:\.\d+)?\s?(?:%|\\%|x\b|×|times\b|percent\b)|\d\.\d",
    "digit": r"\d",
    "link": r"https?://|github\.com|\bcode\b|publicly available|open[- ]source",
    "question": r"\?$",
    "colon": r":",
    "semicolon": r";",
    "bracket": r"\(",
    "quote": r"[\"“]",
    "formula": r"\$|\\",
    "that": r"\bthat\b",
    "which": r"\bwhich\b",
    "where": r"\bwhere\b",
    "for": r"\bfor\b",
    "can": r"\bcan\b",
    "by doing": r"\bby \w+ing\b",
}  # fmt: skip
_CUES_IN_CAPITALS: Mapping[str, str] = {
    "acronym": r"\([A-Z][\w-]*[A-Z][\w-]*\)",
    "name": r"\b(?:[A-Z][a-z]+[A-Z]\w*|[A-Z]{3,}\w*)(?:, an?\b|: )",
}
_SMALL = tuple((name, re.compile(pattern).search) for name, pattern in _CUES.items())
_CAPITAL = tuple((name, re.compile(pattern).search) for name, pattern in _CUES_IN_CAPITALS.items())
_LONGEST_SEARCHED = 1000

_SELF = frozenset(("we", "our", "paper"))
_CORE = frozenset(("propose", "study", "paper", "paper does", "is proposed"))
_OWN = _SELF | {"is proposed"}
_FINDING = frozenset(("results", "gain", "limitation", "starts: experiments"))
_TELLING = ("propose", "study", "show", "paper", "paper does")
_SHADES_WHAT_FOLLOWS = frozenset(("starts: but", "negation", "background", "propose", "question"))
_SHADES_WHAT_PRECEDES = frozenset(
    ("starts: but", "starts: detail", "starts: further", "starts: experiments", "propose", "show")
)

_LENGTHS = (6, 9, 12, 15, 18, 21, 24, 27, 30, 34, 38, 44, 52)
_USUAL_SUMMARY = 20
_ENDINGS = (
    "ations", "ation", "ings", "ing", "ies", "ied", "ers", "ors", "er", "or", "ed", "es", "s", "ly",
    "al",
)  # fmt: skip
_PLAIN_WORDS = """
the a an of and to in for with on is are that this we our us i it its by as from be can which at or
these those their they has have was were not but also such than into between more
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence as far as it can be seen through: its words, the telling ones, and its cues."""

    text: str
    words: tuple[str, ...]
    content: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    cues: frozenset[str]

    @property
    def speaks_of_itself(self) -> bool:
        """Whether it says what the authors or their paper do."""
        return bool(self.cues & _SELF)


def see(sentence: str) -> Seen:
    """A sentence taken apart; of one without end, the beginning."""
    start = sentence[:_LONGEST_SEARCHED]
    small = start.lower()
    words = tuple(WORD.findall(small))
    stems = tuple(_stem(word) for word in words)
    content = frozenset(s for s, word in zip(stems, words, strict=True) if word not in _PLAIN)
    cues = [name for name, found in _SMALL if found(small)]
    cues += [name for name, found in _CAPITAL if found(start)]
    pairs = frozenset(pairwise(stems))
    return Seen(start, words, content, pairs, frozenset(cues))


def features(title: Seen, told: Sequence[Seen]) -> list[Features]:
    """Each sentence's features by name; a feature that is absent is 0."""
    abstract = _Abstract.of(title, told)
    return [
        {f"at {min(index, 7)}": 1.0}
        | dict(_length(sentence))
        | dict.fromkeys(sentence.cues, 1.0)
        | dict(_setting(index, told))
        | dict(_neighbours(index, told))
        | dict(_words(index, sentence, abstract))
        for index, sentence in enumerate(told)
    ]


def leading_up(told: Sequence[Seen]) -> frozenset[int]:
    """The sentences that only set the background: what others did, what is hard, why it matters.

    Before the authors first speak of themselves that is everything; after it, what sounds like it
    and reports no finding.
    """
    begin = next((i for i, sentence in enumerate(told) if sentence.cues & _OWN), 0)
    return frozenset(
        index
        for index, sentence in enumerate(told)
        if not sentence.cues & _OWN
        and (index < begin or ("background" in sentence.cues and not sentence.cues & _FINDING))
    )


@dataclass(frozen=True, slots=True)
class _Abstract:
    """What the sentences have in common."""

    title: Seen
    first: frozenset[str]
    last: frozenset[str]
    in_sentences: Counter[str]
    pairs: Counter[tuple[str, str]]
    sentences: int
    most_of_title: int

    @classmethod
    def of(cls, title: Seen, told: Sequence[Seen]) -> "_Abstract":
        return cls(
            title,
            told[0].content if told else frozenset(),
            told[-1].content if told else frozenset(),
            Counter(word for sentence in told for word in sentence.content),
            Counter(pair for sentence in told for pair in sentence.pairs),
            len(told),
            max((len(sentence.content & title.content) for sentence in told), default=0),
        )


def _length(sentence: Seen) -> Iterator[tuple[str, float]]:
    words = len(sentence.text.split())
    under = next((bound for bound in _LENGTHS if words < bound), None)
    yield (f"under {under} words" if under else "longer"), 1
    yield "commas", min(sentence.text.count(","), 5) / 5


def _setting(index: int, told: Sequence[Seen]) -> Iterator[tuple[str, float]]:
    """Cues by place and by what came before: the first "we propose" is not the third."""
    cues, before = told[index].cues, told[:index]
    for name in _TELLING:
        if name in cues:
            again = any(name in earlier.cues for earlier in before)
            yield f"{name}, {'again' if again else 'first'}", 1
            yield f"{name}, at {min(index, 4)}", 1
    if not any(sentence.cues & _CORE for sentence in told):
        yield f"no core, at {min(index, 3)}", 1
        yield from ((f"no core, {name}", 1) for name in ("show", "we", "our") if name in cues)
    elif cues & _CORE and not any(earlier.cues & _CORE for earlier in before):
        yield "first core", 1
        yield "first core, later", float(bool(before))
    if any(earlier.speaks_of_itself for earlier in before):
        yield "after first self", 1
    else:
        yield ("first self" if told[index].speaks_of_itself else "before first self"), 1


def _neighbours(index: int, told: Sequence[Seen]) -> Iterator[tuple[str, float]]:
    if index:
        yield from ((f"after {cue}", 1) for cue in _SHADES_WHAT_FOLLOWS & told[index - 1].cues)
    if index + 1 < len(told):
        yield from ((f"before {cue}", 1) for cue in _SHADES_WHAT_PRECEDES & told[index + 1].cues)


def _words(index: int, sentence: Seen, abstract: _Abstract) -> Iterator[tuple[str, float]]:
    """Shared words, most of them relative to the length as ROUGE's F measure is."""
    content, title, spread = sentence.content, abstract.title, abstract.in_sentences
    size, others = max(1, len(content)), max(1, abstract.sentences - 1)
    shared, rest = content & title.content, content - title.content
    pairs = sentence.pairs
    per_word = 4 / (len(sentence.words) + _USUAL_SUMMARY)
    yield "title recall", len(shared) / max(1, len(title.content))
    yield "title precision", len(shared) / size
    yield "title overlap", 2 * len(shared) / max(1, len(title.content) + len(content))
    yield "title most", float(bool(shared) and len(shared) == abstract.most_of_title)
    yield "title words", len(shared) * per_word
    yield "title words, nowhere else", sum(spread[word] == 1 for word in shared) * per_word
    yield "title pairs", 2 * len(pairs & title.pairs) * per_word
    elsewhere = sum(map(spread.__getitem__, content)) - len(content)
    yield "central", elsewhere / size / others
    yield "central, sum", elsewhere / others / 10
    found_in = [spread[word] for word in rest]
    yield "words nowhere else", found_in.count(1) * per_word / 2
    yield "words in two", found_in.count(2) * per_word
    yield "words in three", found_in.count(3) * per_word
    yield "words in more", sum(count > 3 for count in found_in) * per_word
    yield "words of the first", len(rest & abstract.first) * per_word if index else 0.0
    is_last = index == abstract.sentences - 1
    yield "words of the last", 0.0 if is_last else len(rest & abstract.last) * per_word
    yield "pairs elsewhere", sum(abstract.pairs[pair] > 1 for pair in pairs) * per_word
    yield "plain words", sum(word in _PLAIN for word in sentence.words) * per_word / 2
    yield "long words", sum(len(word) > 9 for word in sentence.words) * per_word


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Near enough: "modelling", "models" and "model" alike."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word.rstrip("e") if len(word) > 4 else word
