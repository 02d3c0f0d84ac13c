"""Fit the weights of the extractive summariser on the training split of SciTLDR.

    python -m tests.make.fit_extractive [--check]

Each sentence of an abstract is worth its mean ROUGE-1/2/L against the paper's TLDR. The weights are
those of a linear listwise model: a softmax over the sentences' scores is brought near to a softmax
over their worth. Printed is five-fold cross-validation on the same split, mean and spread over
three shufflings; no other split is opened. `--check` writes nothing. NumPy, SciPy and rouge-score
are needed here and nowhere else.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperlens.summaries.features import Features, features, see
from paperlens.summaries.sentences import sentences

try:
    import numpy as np
    from rouge_score.rouge_scorer import RougeScorer
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix
except ImportError as missing:
    sys.exit(f"fitting needs numpy, scipy and rouge-score (pip install them): {missing}")

TRAIN = Path(__file__).parents[3] / "shared" / "data" / "scitldr" / "train.jsonl"
WEIGHTS = Path(__file__).parents[2] / "paperlens" / "summaries" / "weights.json"
MEASURES = ("rouge1", "rouge2", "rougeL")
SELDOM = 15
SHARPNESS = 0.1
PENALTY = 6.0
FOLDS = 5
SHUFFLINGS = 3

Array = Any


@dataclass(frozen=True)
class Sentences:
    """All sentences as rows: features, ROUGE, and the number of the abstract each is from."""

    names: list[str]
    rows: Array
    rouge: Array
    abstract: Array

    def of(self, abstracts: Sequence[int]) -> "Sentences":
        """Those of some abstracts, numbered anew."""
        kept = np.isin(self.abstract, abstracts)
        numbers = np.unique(self.abstract[kept], return_inverse=True)[1]
        return Sentences(self.names, self.rows[kept], self.rouge[kept], numbers)

    @property
    def abstracts(self) -> int:
        return int(self.abstract.max()) + 1


def main() -> None:
    """Cross-validate, fit on everything, write the weights."""
    if not TRAIN.exists():
        sys.exit(f"the training split of SciTLDR is not at {TRAIN}")
    train = _read()
    print(f"{train.abstracts} abstracts, {len(train.abstract)} sentences, {len(train.names)} names")
    folds = np.array([_cross_validate(train, seed) for seed in range(SHUFFLINGS)])
    for name, mean, spread in zip(MEASURES, folds.mean(0), folds.std(0), strict=True):
        print(f"{name}, cross-validated on train: {mean:.2f} ± {spread:.2f}")
    weights = dict(sorted(zip(train.names, _fit(train).round(3).tolist(), strict=True)))
    text = json.dumps({name: weight for name, weight in weights.items() if weight}, indent=1) + "\n"
    if "--check" in sys.argv:
        same = WEIGHTS.exists() and WEIGHTS.read_text(encoding="utf-8") == text
        sys.exit(None if same else "the weights differ from the committed ones")
    WEIGHTS.write_text(text, encoding="utf-8")


def _read() -> Sentences:
    scorer = RougeScorer(MEASURES, use_stemmer=True)
    seen: list[Features] = []
    rouge: list[list[float]] = []
    abstract: list[int] = []
    for number, line in enumerate(TRAIN.read_text(encoding="utf-8").splitlines()):
        paper = json.loads(line)
        told = sentences(" ".join(paper["source"]))
        seen += features(see(paper["title"]), [see(sentence) for sentence in told])
        for sentence in told:
            scores = [scorer.score(target, sentence) for target in paper["target"]]
            rouge.append([max(score[name].fmeasure for score in scores) for name in MEASURES])
            abstract.append(number)
    counts = Counter(name for each in seen for name, value in each.items() if value)
    names = sorted(name for name, count in counts.items() if count >= SELDOM)
    rows = csr_matrix(np.array([[each.get(name, 0.0) for name in names] for each in seen]))
    return Sentences(names, rows, np.array(rouge), np.array(abstract))


def _cross_validate(train: Sentences, seed: int) -> Array:
    shuffled = np.random.default_rng(seed).permutation(train.abstracts)
    chosen = []
    for fold in range(FOLDS):
        held = train.of(shuffled[fold::FOLDS])
        rest = train.of(np.setdiff1d(shuffled, shuffled[fold::FOLDS]))
        chosen.append(held.rouge[_best(held.rows @ _fit(rest), held.abstract)])
    return 100 * np.concatenate(chosen).mean(0)


def _best(scores: Array, abstract: Array) -> Array:
    """The row with the highest score of each abstract."""
    order = np.lexsort((-scores, abstract))
    return order[np.unique(abstract[order], return_index=True)[1]]


def _fit(sentences: Sentences) -> Array:
    """The weights with the least cross-entropy between the two softmaxes, squares penalised."""
    rows, abstract = sentences.rows, sentences.abstract
    columns = rows.T.tocsr()
    wanted = np.exp(_log_softmax(sentences.rouge.mean(1) / SHARPNESS, abstract))

    def loss(weights: Array) -> tuple[float, Array]:
        told = _log_softmax(rows @ weights, abstract)
        slope = columns @ (np.exp(told) - wanted) + 2 * PENALTY * weights
        return float(PENALTY * weights @ weights - wanted @ told), slope

    return minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x


def _log_softmax(scores: Array, abstract: Array) -> Array:
    """Within each abstract."""
    highest = np.full(abstract.max() + 1, -np.inf)
    np.maximum.at(highest, abstract, scores)
    above = scores - highest[abstract]
    return above - np.log(np.bincount(abstract, np.exp(above)))[abstract]


if __name__ == "__main__":
    main()
