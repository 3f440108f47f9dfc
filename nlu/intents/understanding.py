"""The trained intent model and thresholds, stored in a directory without pickle."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

import numpy as np

from nlu.intents.intent_model import OUT_OF_SCOPE, Array, Inputs, IntentModel
from nlu.intents.thresholds import OFFERED, Thresholds, out_of_fold
from nlu.intents.word_features import WordFeatures

ARRAYS = "arrays.npz"
_WORDS = "words.json"

Band = Literal["act", "ask", "reject"]
_CLEAR = 0.9  # the probability that the choices of a question should cover together


@dataclass(frozen=True)
class Guess:
    """The prediction for one message.

    ranking: every label and its probability, the likeliest first. band: "act" on the first of our
    intents, "ask" which of the `likely` intents was meant, or "reject" as not understood.
    """

    ranking: list[tuple[str, float]]
    band: Band
    likely: list[str]


@dataclass(frozen=True)
class Understanding:
    """The intent model and its thresholds."""

    model: IntentModel
    gate: Thresholds

    @classmethod
    def learn(cls, inputs: Inputs, intents: Sequence[str]) -> Self:
        """Trains both; the thresholds on out-of-fold predictions."""
        gate = Thresholds.learn(out_of_fold(inputs, intents), intents)
        return cls(IntentModel.learn(inputs, intents), gate)

    def guess(self, inputs: Inputs) -> list[Guess]:
        """One prediction per message."""
        evidence = self.model.evidence(inputs)
        in_scope = self.gate.in_scope(evidence)
        rows = self.gate.probabilities(evidence, in_scope)
        return [self._guess(row, scope) for row, scope in zip(rows, in_scope, strict=True)]

    def _guess(self, probabilities: Array, in_scope: float) -> Guess:
        order = np.argsort(-probabilities, kind="stable")
        ranking = [(self.model.labels[at], float(probabilities[at])) for at in order]
        ours = [(label, share) for label, share in ranking if label != OUT_OF_SCOPE]
        if in_scope < self.gate.reject:
            return Guess(ranking, "reject", [])
        if ours[0][1] >= self.gate.act:
            return Guess(ranking, "act", [])
        return Guess(ranking, "ask", _likely(ours, in_scope))

    def save(self, directory: Path) -> None:
        """Writes the arrays and words into an existing directory."""
        model, gate = self.model, self.gate
        np.savez(
            directory / ARRAYS,
            weights=model.weights,
            bias=model.bias,
            memory=model.memory,
            starts=model.starts,
            word_idf=model.words.idf[0],
            letter_idf=model.words.idf[1],
            gate=np.array([*gate.weights, gate.bias, gate.reject, gate.act]),
        )
        words, letters = model.words.terms
        text = json.dumps({"labels": model.labels, "words": words, "letters": letters})
        (directory / _WORDS).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Reads what `save` wrote."""
        names = json.loads((directory / _WORDS).read_text(encoding="utf-8"))
        with np.load(directory / ARRAYS, allow_pickle=False) as arrays:
            words = WordFeatures.restore(
                [names["words"], names["letters"]], [arrays["word_idf"], arrays["letter_idf"]]
            )
            learnt = (arrays[name] for name in ("weights", "bias", "memory", "starts"))
            *gate, bias, reject, act = arrays["gate"].tolist()
            model = IntentModel(names["labels"], words, *learnt)
        return cls(model, Thresholds(np.array(gate), bias, reject, act))


def _likely(ours: Sequence[tuple[str, float]], in_scope: float) -> list[str]:
    """The two or three likeliest intents to ask about."""
    two = sum(share for _, share in ours[: OFFERED - 1]) / in_scope
    count = OFFERED - 1 if two >= _CLEAR else OFFERED
    return [label for label, _ in ours[:count]]
