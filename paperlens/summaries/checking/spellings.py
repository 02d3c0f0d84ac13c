"""Whether a source has a name, in whatever spelling: hyphens, spaces, case and plural aside, in a
series ("ResNet-50/101"), or spelled out where an answer abbreviates.

Pure; linear in the text, which is untrusted.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperlens.summaries.checking.amounts import Amount
from paperlens.summaries.checking.names import LATIN, PART, Name, is_odd
from paperlens.summaries.checking.plain import folded
from paperlens.summaries.checking.wording import telling

_FLAT = re.compile(r"[a-z0-9]+|[^\W\d_a-z]+")
_HUMP = re.compile(
    r"(?<=[a-zß-ÿ])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)"
)
_CAPITALS = re.compile(r"[A-Z]\w*[A-Z]\w*|(?<=[a-z,(] )[A-Z]\w+")
_NAMED = re.compile(rf"(?<![{LATIN}\d-])(?P<name>[{LATIN}]{{0,24}}[A-Z][{LATIN}]{{0,24}}) \Z")
_INITIAL_WORD = (
    r"(?!(?:of|the|for|and|in|on|to|with|by|as|at|is|it|are|that|this|these|our|we|can|from|or|an"
    r"|be|has|have|not|its|their|which|but|also|such|than|when|while|then|thus|both|more|most|into"
    r"|via|per|all|each|any|some|so|they|these|those|there|where|through|between) )"
)
_BETWEEN_INITIALS = r"(?: (?:of|the|for|and|in|on|to|with|by|a|over))?"
_FEWEST_INITIALS, _MOST_INITIALS = 2, 8
_COMPOUND = re.compile(r"\b(auto|hyper|cross|semi|super|multi|meta)(?=[a-z]{4})")
_MOST_PIECES = 12
_LONGEST, _SHORT = 60, 4
_COMMON = {
    "ai": "artificial intelligence", "auc": "area under", "auroc": "area under",
    "cnn": "convolutional n", "dnn": "deep n", "ehr": "electronic health", "em": "expectation m",
    "gan": "adversarial n", "gcn": "graph convolutional", "glm": "generalized linear",
    "gnn": "graph n", "gp": "gaussian process", "iou": "intersection over",
    "kl": "kullback", "llm": "language model", "lm": "language model", "lstm": "long short",
    "mae": "mean absolute", "mcmc": "monte carlo", "mdp": "markov decision",
    "ml": "machine learning",
    "mle": "maximum likelihood", "mlp": "multilayer perceptron", "mse": "squared error",
    "nerf": "neural radiance", "nlp": "natural language", "ocr": "character recognition",
    "ode": "differential equation", "ood": "out of distribution", "pca": "principal component",
    "pde": "differential equation", "qa": "question answering", "rag": "retrieval augmented",
    "rgb": "red green", "rl": "reinforcement learning", "rmse": "squared error",
    "rnn": "recurrent n", "roc": "receiver operating", "sdf": "signed distance",
    "ssl": "self supervised|semi supervised",
    "lora": "low rank adap", "sft": "supervised fine",
    "sgd": "stochastic gradient", "sota": "state of the art", "svm": "support vector",
    "t2i": "text to image", "tts": "speech synthesis", "vae": "variational auto",
    "vit": "vision transformer", "vlm": "vision language", "vqa": "visual question",
    "xai": "explainab",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """A source as names are looked up in it: small letters and single spaces; the lead is what
    people abbreviate, its title and abstract; `stems` are those of its telling words; `capitals`
    is what it writes with capitals that no beginning of a sentence asks for."""

    text: str
    lead: str
    stems: Container[str]
    capitals: Container[str]

    @classmethod
    def of(cls, text: str, lead: str, stems: Container[str]) -> "Names":
        lead = _flat(lead)
        capitals = frozenset(folded(each).removesuffix("s") for each in _CAPITALS.findall(text))
        return cls(_flat(text), lead + _COMPOUND.sub(r"\1 ", lead), stems, capitals)

    def unknown(self, run: Sequence[Name]) -> str | None:
        """What of a run of names the source has not, hyphens, spaces, plural and case aside."""
        missing = [name.text for name in run if not self.has(name)]
        if missing and not self._has_abbreviated(run):
            return " ".join(missing)
        return None

    def _has_abbreviated(self, run: Sequence[Name]) -> bool:
        initials = "".join(name.text[0] for name in run)
        is_phrase = len(run) > 1 and initials.isalpha()
        return (
            is_phrase
            and not any(map(is_odd, (name.text for name in run)))
            and folded(initials) in self.capitals
        )

    def has(self, name: Name) -> bool:
        """Whether the source has a name in some spelling, or spells out what it abbreviates."""
        if name.is_word and all(
            (each := telling(part)) == "" or each in self.stems for part in PART.findall(name.text)
        ):
            return True
        pieces = _pieces(name.text)
        return (
            (_is_in(" ?".join(pieces), self.text) and not self._is_only_a_word(name.text))
            or _in_series(pieces, self.text)
            or self._spells_out(name.text)
        )

    def has_numbered(self, sentence: str, amount: Amount) -> bool:
        """Whether a number is a name's: "Llama 2" where the source has "LLaMA-2"."""
        before = _NAMED.search(sentence, max(0, amount.at - _LONGEST), amount.at)
        return before is not None and self.has(Name(before["name"] + amount.text))

    def _spells_out(self, name: str) -> bool:
        """Whether an abbreviation stands for words of the source; one of the whole field's for
        what all mean by it, any other for words of the lead that begin with its letters."""
        words = _COMMON.get(folded(name.removesuffix("s")))
        if words is None:
            return _is_spelled_out(name, self.lead)
        return any(f" {each}" in self.text for each in words.split("|"))

    def _is_only_a_word(self, name: str) -> bool:
        """Whether the source has, where a name is all capitals, but the word: "DROP" and "drop"."""
        is_shouted = name.isalpha() and name.isupper() and len(name) > 2
        return is_shouted and folded(name).removesuffix("s") not in self.capitals


def _flat(text: str) -> str:
    """Letters and digits in words parted by one space."""
    return f" {' '.join(_FLAT.findall(folded(text)))} "


def _pieces(name: str) -> list[str]:
    """A name's smallest pieces, between which a source may have a space; no plural."""
    flat = [piece for hump in _HUMP.split(name) for piece in _FLAT.findall(folded(hump))]
    pieces = [re.escape(piece) for piece in flat[:_MOST_PIECES]]
    if pieces and len(pieces[-1]) > 1 and pieces[-1].endswith("s") and len(name) > _SHORT:
        pieces[-1] = f"{pieces[-1][:-1]}s?"
    elif name[-2:-1].isupper():
        pieces = _pieces(name[:-1]) if name.endswith("s") else pieces
    return pieces


def _in_series(pieces: Sequence[str], text: str) -> bool:
    """ "ResNet-101" where the source says "ResNet-50/101", "LLaMA-13B" where "LLaMA (7B, 13B)"."""
    tail = 2 if pieces[-1].isalpha() and len(pieces[-1]) == 1 else 1
    if len(pieces) <= tail or not pieces[-tail].isdigit():
        return False
    head, size = " ?".join(pieces[:-tail]), " ?".join(pieces[-tail:])
    return _is_in(rf"{head}s?(?: ?\d{{1,5}}[a-z]?(?: and| or)?){{1,5}} {size}", text)


def _is_spelled_out(name: str, lead: str) -> bool:
    """Whether consecutive words of the lead begin with an abbreviation's capitals or letters."""
    bare = re.sub(r"\W", "", name.removesuffix("s") if name[-2:-1].isupper() else name)
    capitals = "".join(letter for letter in bare if not letter.islower())
    if len(capitals) * 2 <= len(bare) or (len(capitals) == 2 and capitals != bare):
        return False
    return any(_has_initials(initials, lead) for initials in {capitals, bare})


def _has_initials(initials: str, lead: str) -> bool:
    signs = re.findall(r"\d+[^\W\d_]?|[^\W\d_]", folded(initials))
    if not _FEWEST_INITIALS <= len(signs) <= _MOST_INITIALS:
        return False
    words = (sign if sign[0].isdigit() else rf"{_INITIAL_WORD}{sign}[a-z0-9]+" for sign in signs)
    return _search(rf" {rf'{_BETWEEN_INITIALS} '.join(words)} ", lead)


def _is_in(pattern: str, text: str) -> bool:
    return _search(rf"(?<![a-z0-9]){pattern}(?:e?s|ed)?(?![a-z0-9])", text)


def _search(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=2000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
