"""Fit the weights of the extractive summariser on the training split of SciTLDR.

    python -m tests.make.fit_extractive [--check]

Each wording of each sentence of an abstract is worth its ROUGE-1/2/L against the paper's TLDR. The
weights are those of a linear listwise model: a softmax over the wordings' scores is brought near to
a softmax over their worth. Printed is five-fold cross-validation on the same split, mean and spread
over three shufflings; no other split is opened. `--check` writes nothing. NumPy, SciPy and
rouge-score are needed here and nowhere else.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperlens.summaries.extractive.cues import see
from paperlens.summaries.extractive.features import Abstract, Features, of_sentence, of_wording
from paperlens.summaries.extractive.trimming import wordings
from paperlens.summaries.sentences import sentences

try:
    import numpy as np
    from rouge_score.rouge_scorer import RougeScorer
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix
except ImportError as missing:
    sys.exit(f"fitting needs numpy, scipy and rouge-score (pip install them): {missing}")

TRAIN = Path(__file__).parents[3] / "shared" / "data" / "scitldr" / "train.jsonl"
WEIGHTS = Path(__file__).parents[2] / "paperlens" / "summaries" / "extractive" / "weights.json"
MEASURES = ("rouge1", "rouge2", "rougeL")
WORTH = (3, 1, 1)  # ROUGE-1 is the steadiest of the three where there is one reference
SELDOM = 12
SELDOM_WORDS = 150
SHARPNESS = 0.1
PENALTY = 10.0
FOLDS = 5
SHUFFLINGS = 3

Array = Any


@dataclass(frozen=True)
class Wordings:
    """All wordings as rows: features, ROUGE, and the number of the abstract each is from."""

    names: list[str]
    rows: Array
    rouge: Array
    abstract: Array

    def of(self, abstracts: Array) -> "Wordings":
        """Those of some abstracts, numbered anew."""
        kept = np.isin(self.abstract, abstracts)
        numbers = np.unique(self.abstract[kept], return_inverse=True)[1]
        return Wordings(self.names, self.rows[kept], self.rouge[kept], numbers)

    @property
    def abstracts(self) -> int:
        return int(self.abstract.max()) + 1


def main() -> None:
    """Cross-validate, fit on everything, write the weights."""
    if not TRAIN.exists():
        sys.exit(f"the training split of SciTLDR is not at {TRAIN}")
    train = read(TRAIN)
    print(f"{train.abstracts} abstracts, {len(train.abstract)} wordings, {len(train.names)} names")
    folds = np.array([cross_validate(train, seed) for seed in range(SHUFFLINGS)])
    for name, mean, spread in zip(MEASURES, folds.mean(0), folds.std(0), strict=True):
        print(f"{name}, cross-validated on train: {mean:.2f} ± {spread:.2f}")
    told = zip(train.names, fit(train).round(3).tolist(), strict=True)
    text = json.dumps({name: weight for name, weight in told if weight}, indent=1) + "\n"
    if "--check" in sys.argv:
        same = WEIGHTS.exists() and WEIGHTS.read_text(encoding="utf-8") == text
        sys.exit(None if same else "the weights differ from the committed ones")
    WEIGHTS.write_text(text, encoding="utf-8")


def read(file: Path) -> Wordings:
    scorer = RougeScorer(MEASURES, use_stemmer=True)
    found: list[Features] = []
    rouge: list[list[float]] = []
    abstracts: list[int] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        paper = json.loads(line)
        for text, features in _weighed(paper["title"], " ".join(paper["source"])):
            scores = [scorer.score(target, text) for target in paper["target"]]
            rouge.append([max(score[name].fmeasure for score in scores) for name in MEASURES])
            found.append(features)
            abstracts.append(number)
    names, rows = _matrix(found)
    return Wordings(names, rows, np.array(rouge), np.unique(abstracts, return_inverse=True)[1])


def _weighed(title: str, text: str) -> Iterator[tuple[str, Features]]:
    """Each wording with its features."""
    texts = tuple(dict.fromkeys(sentences(text)))
    abstract = Abstract.of(see(title), tuple(map(see, texts)))
    for index, sentence in enumerate(texts):
        shared = of_sentence(abstract, index)
        for way in wordings(sentence):
            yield way.text, shared | of_wording(abstract, index, way, see(way.text))


def cross_validate(train: Wordings, seed: int) -> Array:
    """The mean ROUGE, in percent, of what weights choose that have not seen the abstract."""
    shuffled = np.random.default_rng(seed).permutation(train.abstracts)
    chosen = []
    for fold in range(FOLDS):
        held = train.of(shuffled[fold::FOLDS])
        rest = train.of(np.setdiff1d(shuffled, shuffled[fold::FOLDS]))
        chosen.append(held.rouge[_best(held.rows @ fit(rest), held.abstract)])
    return 100 * np.concatenate(chosen).mean(0)


def _best(scores: Array, abstract: Array) -> Array:
    """The row with the highest score of each abstract."""
    order = np.lexsort((-scores, abstract))
    return order[np.unique(abstract[order], return_index=True)[1]]


def fit(train: Wordings) -> Array:
    """The weights with the least cross-entropy between the two softmaxes, squares penalised."""
    rows, abstract = train.rows, train.abstract
    columns = rows.T.tocsr()
    worth = train.rouge @ WORTH / sum(WORTH)
    wanted = np.exp(_log_softmax(worth / SHARPNESS, abstract))

    def loss(weights: Array) -> tuple[float, Array]:
        told = _log_softmax(rows @ weights, abstract)
        slope = columns @ (np.exp(told) - wanted) + 2 * PENALTY * weights
        return float(PENALTY * weights @ weights - wanted @ told), slope

    start = np.zeros(rows.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def _log_softmax(scores: Array, abstract: Array) -> Array:
    """Within each abstract."""
    highest = np.full(abstract.max() + 1, -np.inf)
    np.maximum.at(highest, abstract, scores)
    above = scores - highest[abstract]
    return above - np.log(np.bincount(abstract, np.exp(above)))[abstract]


def _matrix(found: Sequence[Features]) -> tuple[list[str], Array]:
    counts = Counter(name for each in found for name, value in each.items() if value)
    names = sorted(name for name, count in counts.items() if count >= _seldom(name))
    column = {name: number for number, name in enumerate(names)}
    filled = [
        (row, column[name], value)
        for row, each in enumerate(found)
        for name, value in each.items()
        if name in column
    ]
    rows, columns, values = zip(*filled, strict=True)
    return names, csr_matrix((values, (rows, columns)), shape=(len(found), len(names)))


def _seldom(name: str) -> int:
    return SELDOM_WORDS if name.startswith("word ") else SELDOM


if __name__ == "__main__":
    main()
