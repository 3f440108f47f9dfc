"""TF-IDF of words and of the letters in them: what a sentence says, to the letter."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn import config_context
from sklearn.feature_extraction.text import TfidfVectorizer

_WORDS: dict[str, Any] = {"ngram_range": (1, 2), "sublinear_tf": True}
_LETTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 5), "sublinear_tf": True}
_RARE_LETTERS = 2  # a row of letters that stands in one example alone tells nothing


class WordFeatures:
    """Two TF-IDF vectorizers side by side, each row of either of length 1."""

    def __init__(self, words: TfidfVectorizer, letters: TfidfVectorizer) -> None:
        self._both = (words, letters)

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Self:
        """The features that occur in these texts."""
        words = TfidfVectorizer(**_WORDS)
        letters = TfidfVectorizer(min_df=_RARE_LETTERS, **_LETTERS)
        return cls(words.fit(texts), letters.fit(texts))

    @classmethod
    def restore(cls, terms: Sequence[Sequence[str]], idf: Sequence[NDArray[np.float64]]) -> Self:
        """The features as `terms` and `idf` described them before."""
        words = TfidfVectorizer(vocabulary=terms[0], **_WORDS)
        letters = TfidfVectorizer(vocabulary=terms[1], **_LETTERS)
        words.idf_, letters.idf_ = idf
        return cls(words, letters)

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """One row per text."""
        # Its checks of our own parameters cost one message half a millisecond.
        with config_context(skip_parameter_validation=True, assume_finite=True):
            both = [vectorizer.transform(texts) for vectorizer in self._both]
        return hstack(both, format="csr")

    @property
    def terms(self) -> list[list[str]]:
        """The words, and the rows of letters, in the order of the columns."""
        return [vectorizer.get_feature_names_out().tolist() for vectorizer in self._both]

    @property
    def idf(self) -> list[NDArray[np.float64]]:
        """How telling each of them is."""
        return [vectorizer.idf_ for vectorizer in self._both]
