"""Names of people, models and data sets: which words of an answer are names.

Capitals tell: inside a word ("ImageNet"), beside digits ("CIFAR-10"), and at the head of a word
that is none of the language's. Pure; linear in the text, which is untrusted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperlens.summaries.checking.plain import folded
from paperlens.summaries.checking.tables import words
from paperlens.summaries.checking.wording import is_ordinary

LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff"
_TOKEN = re.compile(rf"(?<![\d{LATIN}])[{LATIN}\d]+(?:[-/&+'._][{LATIN}\d]+)*")
PART = re.compile(rf"[{LATIN}\d]+")
_OPENS = re.compile(r"(?:\A|[.!?:;\"(—…|])[\s\"'(\[]*\Z")
_LETTERED = re.compile(r"(?<![A-Za-z])[A-Z]-[A-Za-z]{2,}|[A-Za-z]{2,}-[A-Z](?![A-Za-z])")
_SMALL_NAME = re.compile(r"(?P<word>[a-z]{2,})(?:[-./]?[a-z]{1,12}){0,2}[-./]?\d")
_ACTS = re.compile(
    r"\)|(?: also| even| consistently| empirically| clearly| further)?"
    r" (?:is|was|has|can|outperforms?|beats?|surpass(?:es)?|exceeds?|achieves?|reaches|improves?"
    r"|shows?|uses?|learns?|requires?|wins?|provides?|introduces?|proposes?|generates?)\b"
)
_NO_NAME_ENDS = ("ing", "ly", "ed", "ize", "ise", "izes", "ises", "ive", "tion", "tions")
_NETS = frozenset(("net", "nets", "former"))
_CAPITAL_NOUNS = frozenset(("de", "lb"))
_NO_CAPITALS = frozenset(("zh", "ja", "ko"))
_LOOKBACK = 6
_SUFFIX = re.compile(r"(?:'s|'|s')\Z")
_AMOUNT = re.compile(
    r"\d[\d.,]*(?:[a-zµ]{1,4}|[KMBGT]|[KMGTk]i?B|[KMGk]?Hz|FPS|D|[TG]?FLOPs?|[a-zµ]?[WVAJ]|[CFK])?"
    r"|[a-zß-ÿ]+"
)
_EVERYWHERE = words("""
    AI ML NN DL NLP GPU GPUs CPU CPUs TPU TPUs API APIs URL URLs PDF HTML JSON CSV RAM US USA UK
    EU ID IDs SOTA 1D 2D 3D 4D IQ OK PhD arXiv GitHub LaTeX TeX Python FAQ Q&A TLDR TL;DR KI IA IT
    PC vs TV NOT AND OR NO ALL ONLY NEW A I VS ANY NEVER ALWAYS MUST BUT IF IS ARE WE WITH WITHOUT
    IN ON FOR TO FROM BY OF THE Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December Fig Figure Table
    Section Eq Equation Appendix FPS GB MB KB TB GHz MHz kHz Hz dB ms kW GFLOPs TFLOPs FLOPs MACs
    Algorithm Theorem Lemma Proposition Corollary Chapter English
    """)
_IN_SMALL_LETTERS = words("""
    imagenet cifar mnist resnet alexnet vgg yolo bert roberta gpt chatgpt llama gemini mistral qwen
    deepseek openai pytorch tensorflow nerf unet squad wikitext kitti shapenet objaverse laion lora
    lstm adamw sgd
    """)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Name:
    """A name, or a capitalised word of the language, which may be one."""

    text: str
    is_word: bool = False


def names_in(sentence: str, language: str = "en") -> Iterator[tuple[Name, ...]]:
    """The names in a plain sentence, as runs of those that stand side by side."""
    tell = _Telling.of(sentence, language)
    run: list[Name] = []
    end = 0
    for found in _TOKEN.finditer(sentence):
        token = _SUFFIX.sub("", found[0])
        is_known = len(token) > _LONGEST or token in _EVERYWHERE
        names = [] if is_known else list(tell.names(token, found.start()))
        if run and (not names or sentence[end : found.start()] != " "):
            yield tuple(run)
            run = []
        run += names
        end = found.end()
    if run:
        yield tuple(run)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What capitals tell in a sentence: nothing of nouns in German, of titles, of what is shouted,
    and little at the beginning of a sentence or in a heading before its colon."""

    sentence: str
    language: str
    of_words: bool
    of_heads: bool
    heading: int

    @classmethod
    def of(cls, sentence: str, language: str) -> "_Telling":
        words = [found[0] for found in _TOKEN.finditer(sentence)]
        capitals = sum(word[0].isupper() for word in words)
        of_heads = language not in _CAPITAL_NOUNS and not sentence.isupper()
        return cls(
            sentence,
            language,
            of_words=of_heads and (capitals * 2 < len(words) or language in _NO_CAPITALS),
            of_heads=of_heads,
            heading=sentence.find(":", 0, _LONGEST),
        )

    def names(self, token: str, at: int) -> Iterator[Name]:
        if token.islower():
            if token in _IN_SMALL_LETTERS or _is_small_name(token):
                yield Name(token)
            return
        for name in _names_of(token):
            if name in _EVERYWHERE:
                continue
            if is_odd(name) and (not self.sentence.isupper() or any(map(str.isdigit, name))):
                yield Name(name)
            elif self.of_heads and len(name) > 1:
                is_first = bool(_OPENS.search(self.sentence[max(0, at - _LOOKBACK) : at]))
                parts = [each for each in PART.findall(name) if each[0].isupper() and each[1:]]
                if is_first and self.language not in _NO_CAPITALS:
                    acts = _ACTS.match(self.sentence, at + len(token)) is not None
                    is_name = self.language == "en" and _is_name_at_first(name, parts, acts)
                else:
                    is_name = not all(map(is_ordinary, parts))
                if is_name:
                    yield Name(name)
                elif (
                    self.of_words
                    and name == token
                    and at > self.heading
                    and (not is_first or len(parts) > 1)
                ):
                    yield Name(name, is_word=True)


def _is_name_at_first(name: str, parts: Sequence[str], acts: bool) -> bool:
    """Whether a capital at the beginning of a sentence can only be a name's: "Prestopping beats"
    tells of one, "Harnessing weights" does not."""
    return bool(parts) and not (
        (folded(name).endswith(_NO_NAME_ENDS) and not acts) or any(map(is_ordinary, parts))
    )


def _is_small_name(token: str) -> bool:
    """Whether digits make a name of small letters: "gpt-4", but not "top-5"."""
    found = _SMALL_NAME.match(token)
    return found is not None and not is_ordinary(found["word"])


def _names_of(token: str) -> Iterator[str]:
    """What of a compound is a name: "GPT-4" of "GPT-4-based", "Gaussian" of "non-Gaussian"."""
    parts = re.split(r"([-/&+'._])", token)
    words, joints = parts[::2], parts[1::2]
    begin = 0
    while begin < len(words):
        if not _bears_a_name(words[begin]):
            begin += 1
            continue
        end = begin + 1 + _is_lettered_net(words[begin : begin + 2])
        while (
            end < len(words)
            and joints[end - 1] != "/"
            and (_bears_a_name(words[end]) or words[end][:1].isdigit())
        ):
            end += 1
        yield "".join(parts[2 * begin : 2 * end - 1])
        begin = end


def _is_lettered_net(words: Sequence[str]) -> bool:
    """ "Y-net" is one name; "R-based" is not."""
    return len(words) > 1 and len(words[0]) == 1 and words[1] in _NETS


def _bears_a_name(word: str) -> bool:
    return not _AMOUNT.fullmatch(word) and (
        any(map(str.isupper, word)) or (word[-1:].isdigit() and not word[0].isdigit())
    )


def is_odd(name: str) -> bool:
    """Whether its shape alone makes it a name: capitals inside a part, or digits beside letters."""
    letters = sum(map(str.isalpha, name))
    has_digit = any(map(str.isdigit, name))
    if letters < 2 and not (letters and has_digit):
        return False
    return (
        has_digit
        or _LETTERED.search(name) is not None
        or any(
            sum(map(str.isupper, part)) > (0 if part[0].islower() else 1)
            for part in PART.findall(name.removesuffix("s"))
        )
    )
