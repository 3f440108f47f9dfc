"""What is learnt, kept and guessed, on a handful of made-up vectors."""

from pathlib import Path

import numpy as np
import pytest

from nlu.intents.intent_model import OUT_OF_SCOPE, Inputs
from nlu.intents.understanding import Understanding

WORDS = {
    "greet": ["hi", "hello there", "good morning", "hey you", "hello again", "hi team"],
    "track_order": ["where is it", "track order", "order status", "is it late", "track", "status"],
    "thank": ["thanks", "thank you", "many thanks", "thanks a lot", "thank you all", "big thanks"],
    OUT_OF_SCOPE: ["who won", "tell a joke", "bank loan", "rain today", "buy gold", "a song"],
}


def examples() -> tuple[Inputs, list[str]]:
    """Vectors that lie about one direction for each intent."""
    random = np.random.default_rng(0)
    texts = [text for group in WORDS.values() for text in group]
    intents = [intent for intent, group in WORDS.items() for _ in group]
    vectors = np.eye(len(WORDS), 8)[[list(WORDS).index(intent) for intent in intents]]
    vectors += random.normal(scale=0.1, size=vectors.shape)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Inputs(texts, vectors.astype(np.float32), np.zeros((len(texts), 2))), intents


@pytest.fixture(scope="module")
def learnt() -> Understanding:
    return Understanding.learn(*examples())


def test_it_knows_its_examples(learnt: Understanding) -> None:
    inputs, intents = examples()
    for guess, intent in zip(learnt.guess(inputs), intents, strict=True):
        assert guess.ranking[0][0] == intent
        assert guess.band == ("reject" if intent == OUT_OF_SCOPE else "act")
        assert sum(share for _, share in guess.ranking) == pytest.approx(1.0)


def test_between_two_intents_it_asks_which(learnt: Understanding) -> None:
    vector = np.array([[1, 1, 0, 0, 0, 0, 0, 0]], dtype=np.float32) / np.sqrt(2)
    (guess,) = learnt.guess(Inputs(["hi track"], vector, np.zeros((1, 2))))
    assert {guess.ranking[0][0], guess.ranking[1][0]} == {"greet", "track_order"}
    if guess.band == "ask":
        assert set(guess.likely) >= {"greet", "track_order"}


def test_what_is_kept_says_the_same(learnt: Understanding, tmp_path: Path) -> None:
    learnt.save(tmp_path)
    inputs, _ = examples()
    assert Understanding.load(tmp_path).guess(inputs) == learnt.guess(inputs)


def test_two_trainings_are_the_same_to_the_last_bit(learnt: Understanding, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    learnt.save(tmp_path / "one")
    Understanding.learn(*examples()).save(tmp_path / "two")
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_without_examples_out_of_scope_nothing_is_rejected() -> None:
    inputs, intents = examples()
    ours = np.array([at for at, intent in enumerate(intents) if intent != OUT_OF_SCOPE])
    learnt = Understanding.learn(inputs.take(ours), [intents[at] for at in ours])
    assert {guess.band for guess in learnt.guess(inputs)} <= {"act", "ask"}


def test_two_intents_are_enough() -> None:
    inputs, intents = examples()
    two = np.array([at for at, intent in enumerate(intents) if intent in {"greet", "thank"}])
    learnt = Understanding.learn(inputs.take(two), [intents[at] for at in two])
    assert [guess.ranking[0][0] for guess in learnt.guess(inputs.take(two))] == [
        intents[at] for at in two
    ]
