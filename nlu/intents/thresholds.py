"""Decides whether a message is in scope, and above which confidence to act.

Both are learnt from out-of-fold predictions, made by models that had not seen the message.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.utils.parallel import Parallel, delayed

from nlu.intents.intent_model import OUT_OF_SCOPE, Array, Evidence, Inputs, IntentModel

_FOLDS = 4
_TINY = 1e-6
OFFERED = 3  # intents in a "did you mean"
# The cost of each outcome for a customer, in taps: a question, a question without the
# right choice, a message to repeat, and a wrong action to undo.
_ASKED, _ASKED_IN_VAIN, _REJECTED, _WRONG = 1.0, 2.0, 2.0, 2.5
# The assumed share of out-of-scope messages.
_BEYOND_PER_OURS = 0.5
_STEPS = [step / 50 for step in range(51)]


@dataclass(frozen=True)
class Thresholds:
    """A logistic regression with five inputs, and the two thresholds of the bands.

    If the probability of being in scope is below `reject`, the message is not understood. If the
    confidence in the likeliest intent is `act` or more, we act. Else we ask what was meant.
    """

    weights: Array
    bias: float
    reject: float
    act: float

    @classmethod
    def learn(cls, evidence: Evidence, intents: Sequence[str]) -> Self:
        """Learns the regression, then the thresholds from its predictions."""
        truth = np.asarray(intents)
        ours = truth != OUT_OF_SCOPE
        if ours.all() or not ours.any():
            gate = cls(np.zeros(_signals(evidence).shape[1]), np.inf, 0.0, 0.0)
        else:
            regression = LogisticRegression(class_weight="balanced")
            regression.fit(_signals(evidence), ours)
            gate = cls(regression.coef_[0], float(regression.intercept_[0]), 0.0, 0.0)
        in_scope = gate.in_scope(evidence)
        return cls(gate.weights, gate.bias, *_best_bands(evidence, in_scope, truth))

    @property
    def bands(self) -> tuple[float, float]:
        """The thresholds: reject and act."""
        return self.reject, self.act

    def in_scope(self, evidence: Evidence) -> Array:
        """The probability that each message is in scope."""
        scores = _signals(evidence) @ self.weights + self.bias
        probabilities: Array = 1.0 / (1.0 + np.exp(-scores))
        return probabilities

    def probabilities(self, evidence: Evidence, in_scope: Array) -> Array:
        """The probability of every label, "out of scope" included; rows sum to 1."""
        ours = evidence.among_ours() * in_scope[:, None]
        return np.where(evidence.ours, ours, 1.0 - in_scope[:, None])


def out_of_fold(inputs: Inputs, intents: Sequence[str]) -> Evidence:
    """The prediction for each example by a model trained on the other folds."""
    truth = np.asarray(intents)
    labels = sorted(set(intents))
    shares = np.zeros((len(truth), len(labels)))
    likeness = np.zeros_like(shares)
    folds = list(StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(truth, truth))
    learning = (
        delayed(_unseen)(inputs.take(seen), truth[seen].tolist(), inputs.take(unseen))
        for seen, unseen in folds
    )
    for (_, unseen), said in zip(folds, Parallel(n_jobs=-1)(learning), strict=True):
        columns = np.searchsorted(labels, said.labels)
        shares[np.ix_(unseen, columns)] = said.shares
        likeness[np.ix_(unseen, columns)] = said.likeness
    return Evidence(labels, shares, likeness)


def _unseen(seen: Inputs, intents: Sequence[str], unseen: Inputs) -> Evidence:
    return IntentModel.learn(seen, intents).evidence(unseen)


def _signals(evidence: Evidence) -> Array:
    """The five inputs of the regression, one row per message: log-odds of the first choice and of
    "out of scope", and the similarities to examples of ours, out of scope, and the first choice."""
    among = np.where(evidence.ours, evidence.shares, 0.0)
    rows = np.arange(len(among))
    first = among.argmax(axis=1)
    beyond = np.where(evidence.ours, 0.0, evidence.shares).sum(axis=1)
    likeness_of_ours = np.where(evidence.ours, evidence.likeness, -1.0).max(axis=1)
    likeness_beyond = np.where(evidence.ours, -1.0, evidence.likeness).max(axis=1)
    return np.column_stack(
        [
            _logit(among[rows, first]),
            _logit(beyond),
            likeness_of_ours,
            likeness_beyond,
            evidence.likeness[rows, first],
        ]
    )


def _best_bands(
    evidence: Evidence, in_scope: Array, truth: NDArray[np.str_]
) -> tuple[float, float]:
    """The thresholds, reject and act, with the least total cost in taps."""
    ours = truth != OUT_OF_SCOPE
    among = evidence.among_ours()
    ranked = np.asarray(evidence.labels)[np.argsort(-among, axis=1)[:, :OFFERED]]
    offered = (ranked == truth[:, None]).any(axis=1)
    rejected = np.where(ours, _REJECTED, 0.0)
    asked = np.where(ours & ~offered, _ASKED_IN_VAIN, _ASKED)
    acted = np.where(ranked[:, 0] == truth, 0.0, _WRONG)
    share = np.where(ours, 1.0, _BEYOND_PER_OURS * ours.sum() / max((~ours).sum(), 1))
    confidence = in_scope * among.max(axis=1)

    def cost(reject: float, act: float) -> float:
        outcome = np.where(confidence >= act, acted, asked)
        return float((np.where(in_scope >= reject, outcome, rejected) * share).sum())

    return min(itertools.product(_STEPS, _STEPS), key=lambda bands: cost(*bands))


def _logit(probabilities: Array) -> Array:
    clipped = np.minimum(
        np.maximum(probabilities, _TINY), 1.0 - _TINY
    )  # clip takes thrice the time
    logits: Array = np.log(clipped / (1.0 - clipped))
    return logits
