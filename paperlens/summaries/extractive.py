"""Summaries without a model: the paper's own sentences, chosen by a score over plain features.

One sentence tells the contribution, a few others carry the claims and results. Each is verbatim, so
the paper supports it fully. The weights were tuned on the training split of SciTLDR.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from paperlens.models import Checks, Reading, Summary
from paperlens.summaries import EXTRACTIVE, Told
from paperlens.summaries.sentences import sentences
from paperlens.summaries.templates import Field, Template

_LONGEST_READ = 20_000
_MOST_TAKEAWAYS = 4

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_CUES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "propose": r"\bwe (?:\w+ )?(?:propose|present|introduce|develop|describe|design|devise)\b",
        "study": r"\bwe (?:\w+ )?(?:study|investigate|explore|analy[sz]e|examine|address"
        r"|consider)\b",
        "show": r"\bwe (?:\w+ )?(?:show|demonstrate|prove|find|argue|establish|provide|observe)\b",
        "paper": r"\b(?:this|the present|our) (?:paper|work|study|article|letter|survey|thesis)\b",
        "novel": r"\b(?:novel|new|first)\b",
        "called": r"\b(?:called|dubbed|termed|named|coined|namely)\b",
        "method": r"\b(?:method|approach|framework|algorithm|model|technique|architecture"
        r"|theory)\b",
        "results": r"\b(?:outperforms?|results?|experiments?|achiev\w+|improv\w+"
        r"|state[- ]of[- ]the[- ]art|empirical\w*|better|superior"
        r"|significantly|surpass\w*|accuracy)\b",
        "further": r"^(?:furthermore|moreover|also|in addition|additionally|finally|we also"
        r"|we further|for example|for instance|in particular|specifically)\b",
        "background": r"\b(?:have been|has been|recently|recent|existing|previous|often|typically|"
        r"traditional\w*|widely|commonly|usually|current)\b",
        "but": r"^(?:however|unfortunately|yet|but|despite|although|while|nevertheless)\b",
        "number": r"\d+(?:\.\d+)?\s?(?:%|\\%|x\b|×|times\b|percent\b)|\d\.\d",
        "link": r"https?://|github\.com",
        "question": r"\?$",
    }.items()
}

_ENGLISH = frozenset(("the", "of", "and", "we", "is", "are", "that", "this", "with", "by", "which"))

_TLDR: Mapping[str, float] = {
    "first": 0.6, "early": 0.5, "late": -0.35, "propose": 1.6, "study": 1.1, "show": 0.9,
    "paper": 1.0, "novel": 0.3, "called": 0.0, "method": 0.25, "results": -0.2, "further": -0.6,
    "background": -0.4, "but": -0.3, "number": -0.2, "link": -1.5, "question": -0.8, "title": 1.8,
    "short": -0.8, "long": -0.3, "second": 0.0, "central": 0.0,
}  # fmt: skip
_TAKEAWAY: Mapping[str, float] = {
    "first": -0.6, "early": -0.2, "late": 0.4, "propose": 0.9, "study": 0.6, "show": 1.2,
    "paper": 0.5, "novel": 0.2, "called": 0.1, "method": 0.2, "results": 0.9, "further": 0.3,
    "background": -0.6, "but": -0.5, "number": 0.6, "link": -0.6, "question": -1.0, "title": 0.6,
    "short": -1.0, "long": 0.0, "second": 0.0, "central": 0.2,
}  # fmt: skip


class Extractive:
    """The summariser that is always there: no key, no network, no cost."""

    model = EXTRACTIVE

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def tell(
        self,
        readings: Sequence[Reading],
        template: Template,
        language: str,  # noqa: ARG002 -- the sentences stay in the paper's own
    ) -> Iterator[Told]:
        """Every reading, at once; `language` is not heeded."""
        for reading in readings:
            yield Told(reading.paper.id, self.summary(reading, template))

    def summary(self, reading: Reading, template: Template) -> Summary:
        """From the abstract where there is one, as it says in a few sentences what was done."""
        abstract = reading.paper.abstract.strip()
        text = abstract or reading.text[:_LONGEST_READ].strip()
        told = sentences(text)
        chosen = tell_apart(reading.paper.title, told)
        return Summary(
            template=template.name,
            language=_language(text),
            model=EXTRACTIVE,
            source="abstract" if abstract else reading.source,
            fields={field.name: _filled(field, *chosen, told) for field in template.fields},
            created=self._now(),
            checks=Checks(grounded=1.0),
        )


def tell_apart(title: str, told: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The sentence that tells the contribution, and others in the order of what they carry."""
    if not told:
        return None, ()
    features = _features(title, told)
    best = max(range(len(told)), key=lambda i: _score(features[i], _TLDR))
    order = sorted(range(len(told)), key=lambda i: -_score(features[i], _TAKEAWAY))
    others = dict.fromkeys(told[i] for i in order if told[i] != told[best])
    return told[best], tuple(others)


def _filled(
    field: Field, contribution: str | None, others: Sequence[str], told: Sequence[str]
) -> str | tuple[str, ...] | None:
    """What sentences can fill: too few for a list leave it unknown, as do fields of other names."""
    if field.name == "tldr" and field.kind == "text":
        return contribution
    if field.name != "takeaways" or field.kind != "list" or len(others) < field.least:
        return None
    chosen = others[: max(field.least, min(_MOST_TAKEAWAYS, field.most, len(told) // 2))]
    return tuple(sorted(chosen, key=told.index))


def _language(text: str) -> str:
    """arXiv wants English abstracts; anything else is "und", undetermined, rather than guessed."""
    words = _WORD.findall(text.lower())
    return "en" if sum(word in _ENGLISH for word in words) * 20 >= len(words) else "und"


def _features(title: str, told: Sequence[str]) -> list[Mapping[str, float]]:
    wanted = _content(title)
    contents = [_content(sentence) for sentence in told]
    spread = Counter(word for content in contents for word in content)
    features: list[Mapping[str, float]] = []
    for index, (sentence, content) in enumerate(zip(told, contents, strict=True)):
        words = len(sentence.split())
        place = index / max(1, len(told) - 1)
        found = {name: float(cue.search(sentence) is not None) for name, cue in _CUES.items()}
        features.append(
            found
            | {
                "first": float(index == 0),
                "second": float(index == 1),
                "early": 1 - place,
                "late": float(index == len(told) - 1),
                "title": len(wanted & content) / max(1, len(wanted)),
                "central": sum(spread[word] - 1 for word in content) / max(1, len(content)),
                "short": max(0.0, 16 - words) / 10,
                "long": max(0.0, words - 28) / 10,
            }
        )
    return features


def _content(text: str) -> frozenset[str]:
    """The words that carry meaning, near enough: the longer ones, cut to a common stem."""
    return frozenset(word[:6] for word in _WORD.findall(text.lower()) if len(word) > 3)


def _score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in features.items())
