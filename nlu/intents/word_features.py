"""TF-IDF features of words and of letter sequences."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn import config_context
from sklearn.feature_extraction.text import TfidfVectorizer

_WORDS: dict[str, Any] = {"ngram_range": (1, 2), "sublinear_tf": True}
_LETTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 5), "sublinear_tf": True}
_RARE_LETTERS = 2  # a letter sequence must be in at least so many examples


class WordFeatures:
    """Two TF-IDF vectorizers side by side; each normalises its part of a row to length 1."""

    def __init__(self, words: TfidfVectorizer, letters: TfidfVectorizer) -> None:
        self._both = (words, letters)

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Self:
        """Learns the features that occur in these texts."""
        words = TfidfVectorizer(**_WORDS)
        letters = TfidfVectorizer(min_df=_RARE_LETTERS, **_LETTERS)
        return cls(words.fit(texts), letters.fit(texts))

    @classmethod
    def restore(cls, terms: Sequence[Sequence[str]], idf: Sequence[NDArray[np.float64]]) -> Self:
        """Restores features from what `terms` and `idf` returned."""
        words = TfidfVectorizer(vocabulary=terms[0], **_WORDS)
        letters = TfidfVectorizer(vocabulary=terms[1], **_LETTERS)
        words.idf_, letters.idf_ = idf
        return cls(words, letters)

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """One row per text."""
        # scikit-learn's checks of our own parameters cost half a millisecond per message.
        with config_context(skip_parameter_validation=True, assume_finite=True):
            both = [vectorizer.transform(texts) for vectorizer in self._both]
        return hstack(both, format="csr")

    def scores(self, texts: Sequence[str], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The features of the texts times the weights, which have one row per feature.

        For a single text this takes a tenth of scikit-learn's time.
        """
        if len(texts) != 1:
            scored: NDArray[np.float64] = self(texts) @ weights
            return scored
        scored, first = np.zeros((1, weights.shape[1])), 0
        for vectorizer, terms in zip(self._both, self._terms_in, strict=True):
            columns, values = _row(terms(texts[0]), vectorizer)
            scored += values @ weights[columns + first]
            first += len(vectorizer.vocabulary_)
        return scored

    @cached_property
    def _terms_in(self) -> list[Callable[[str], list[str]]]:
        return [vectorizer.build_analyzer() for vectorizer in self._both]

    @property
    def terms(self) -> list[list[str]]:
        """The words and the letter sequences, each in the order of their columns."""
        return [vectorizer.get_feature_names_out().tolist() for vectorizer in self._both]

    @property
    def idf(self) -> list[NDArray[np.float64]]:
        """The inverse document frequency of each term."""
        return [vectorizer.idf_ for vectorizer in self._both]


def _row(
    terms: Sequence[str], vectorizer: TfidfVectorizer
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The columns of a text's known terms and their TF-IDF values, normalised to length 1."""
    known = vectorizer.vocabulary_
    counts = Counter(column for term in terms if (column := known.get(term)) is not None)
    columns = np.array([*counts], dtype=np.int64)
    values = (1.0 + np.log([*counts.values()])) * vectorizer.idf_[columns]
    return columns, values / (np.linalg.norm(values) or 1.0)
