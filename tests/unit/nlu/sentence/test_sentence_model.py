"""The sentence model gives the vectors that its authors publish."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from nlu.sentence import transformer
from nlu.sentence.sentence_model import SIZE, WEIGHTS, SentenceModel, sentence_model
from nlu.sentence.weights import WeightsChanged, WeightsMissing, packaged_weights

# https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, example of its widget.
SENTENCES = ["That is a happy person", "That is a very happy person", "Today is a sunny day"]
LIKENESS = [0.943, 0.257]


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> SentenceModel:
    """The model as its authors run it."""
    monkeypatch.setattr(transformer, "ARITHMETIC", "float32")
    return SentenceModel(packaged_weights())


def test_likeness_is_the_published_one(exact: SentenceModel) -> None:
    vectors = exact.vectors(SENTENCES)
    assert vectors[0] @ vectors[1:].T == pytest.approx(LIKENESS, abs=0.001)


def test_whole_numbers_change_little(exact: SentenceModel) -> None:
    likeness = (sentence_model().vectors(SENTENCES) * exact.vectors(SENTENCES)).sum(axis=1)
    assert likeness == pytest.approx(np.ones(len(SENTENCES)), abs=0.01)


def test_vectors_have_length_one_alone_and_in_company() -> None:
    texts = ["2 coffees", "where is my order", "", "a much longer sentence with quite a few words"]
    vectors = sentence_model().vectors(texts)
    assert vectors.shape == (len(texts), SIZE)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert sentence_model().vector(text) == pytest.approx(vector, abs=1e-5)


def test_very_long_texts_are_cut() -> None:
    assert sentence_model().vector("coffee " * 5000).shape == (SIZE,)


def test_missing_weights_are_named_with_their_cure(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match="make env"):
        SentenceModel(tmp_path)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    shutil.copy(packaged_weights() / "tokenizer.json", tmp_path)
    (tmp_path / WEIGHTS).write_bytes(b"something else")
    with pytest.raises(WeightsChanged):
        SentenceModel(tmp_path)
