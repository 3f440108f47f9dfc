"""The intent model: a probability per intent, and the similarity to its nearest example.

The scores of a multinomial logistic regression on words, letters and the sentence vector, plus the
weighted similarities, give the probabilities. A second, small regression (thresholds.py) decides
whether a message is in scope.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from nlu.intents.nearest_examples import NearestExamples
from nlu.intents.word_features import WordFeatures
from nlu.message_reading import Reading
from nlu.words.typos import correct_typos

OUT_OF_SCOPE = "out_of_scope"

Array = NDArray[np.float64]

_C = 5.0
_TOLERANCE = 1e-3
_ITERATIONS = 300
_VECTOR_WEIGHT = 1.5  # of the sentence vector, relative to words and letters
_SIGN_WEIGHT = 0.5
_LIKENESS_WEIGHT = 6.0
_TINY = 1e-9


class Inputs(NamedTuple):
    """The inputs of the model, one row per message.

    texts: normalised, with typos corrected. vectors: sentence vectors of length 1.
    signs: two columns of 1 or 0, whether the message names a product, and whether it counts one.
    """

    texts: Sequence[str]
    vectors: NDArray[np.float32]
    signs: Array

    @classmethod
    def from_readings(cls, readings: Sequence[Reading], vectors: NDArray[np.float32]) -> Self:
        """The inputs for messages that were read, with a sentence vector of each."""
        return cls(
            [correct_typos(reading.legible) for reading in readings],
            vectors,
            np.array([reading.signs for reading in readings], dtype=np.float64),
        )

    def take(self, rows: NDArray[np.int64]) -> "Inputs":
        """The inputs of some rows."""
        return Inputs([self.texts[row] for row in rows], self.vectors[rows], self.signs[rows])


@dataclass(frozen=True)
class IntentModel:
    """The trained parameters: `labels` sorted; one column of `weights` and one `bias` per label.

    memory: the vectors of all examples, sorted by label. starts: each label's first row in it.
    """

    labels: list[str]
    words: WordFeatures
    weights: Array
    bias: Array
    memory: NDArray[np.float32]
    starts: NDArray[np.int64]

    @classmethod
    def learn(cls, inputs: Inputs, intents: Sequence[str]) -> Self:
        """Trains on examples and their intents; deterministic."""
        words = WordFeatures.learn(inputs.texts)
        regression = LogisticRegression(
            C=_C, class_weight="balanced", max_iter=_ITERATIONS, tol=_TOLERANCE
        ).fit(_features(words, inputs), np.asarray(intents))
        labels: list[str] = regression.classes_.tolist()
        order = np.argsort(intents, kind="stable")
        starts = np.searchsorted(np.asarray(intents)[order], labels)
        weights, bias = _per_label(regression)
        return cls(labels, words, weights, bias, inputs.vectors[order], starts)

    def evidence(self, inputs: Inputs) -> "Evidence":
        """The probability of each intent, and the similarity to its nearest example."""
        beside = np.hstack(_beside_words(inputs))
        split = len(self.weights) - beside.shape[1]
        scores = self.words.scores(inputs.texts, self.weights[:split])
        scores += beside @ self.weights[split:] + self.bias
        scores -= scores.max(axis=1, keepdims=True)
        likeness = self._nearest.likeness(inputs.vectors).astype(np.float64)
        scores += _LIKENESS_WEIGHT * likeness
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        return Evidence(self.labels, shares / shares.sum(axis=1, keepdims=True), likeness)

    @cached_property
    def _nearest(self) -> NearestExamples:
        return NearestExamples(self.memory, self.starts)


@dataclass(frozen=True)
class Evidence:
    """What an IntentModel predicts: one row per message and one column per label."""

    labels: list[str]
    shares: Array
    likeness: Array

    @cached_property
    def ours(self) -> NDArray[np.bool_]:
        """Which labels are intents of the shop."""
        return np.array([label != OUT_OF_SCOPE for label in self.labels])

    def among_ours(self) -> Array:
        """The probabilities of our intents, given that the message is in scope."""
        shares = np.where(self.ours, self.shares, 0.0) + _TINY * self.ours
        among: Array = shares / shares.sum(axis=1, keepdims=True)
        return among


def _features(words: WordFeatures, inputs: Inputs) -> csr_matrix:
    return hstack([words(inputs.texts), *map(csr_matrix, _beside_words(inputs))], format="csr")


def _beside_words(inputs: Inputs) -> tuple[Array, Array]:
    return inputs.vectors.astype(np.float64) * _VECTOR_WEIGHT, inputs.signs * _SIGN_WEIGHT


def _per_label(regression: LogisticRegression) -> tuple[Array, Array]:
    """Weights and bias with one column per label; for two labels scikit-learn keeps only one."""
    weights, bias = regression.coef_, regression.intercept_
    if len(weights) == 1:
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return np.ascontiguousarray(weights.T), bias
