"""Computes the figures of a test split: right, rejected and lost messages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from nlu.evaluation.messages import Expected, product_totals
from nlu.evaluation.model import Answer
from nlu.intents.intent_model import OUT_OF_SCOPE


@dataclass(frozen=True)
class Figures:
    """The figures of one model on one split; shares are 0 to 1; EXPLAINED explains each field."""

    accuracy: float
    accuracy_lenient: float
    macro_f1: float
    lines_exact: float
    entity_f1: float
    auroc: float
    rejected: float
    lost: float
    lost_beyond_asking: float
    median_milliseconds: float
    slow_milliseconds: float
    ten_words_median_milliseconds: float
    ten_words_slow_milliseconds: float


EXPLAINED = {
    "accuracy": "intents right, whatever the confidence, of the messages in scope",
    "accuracy_lenient": "the same, where a second label is as good",
    "macro_f1": "F1 of the intents in scope, each counting the same",
    "lines_exact": "orders with product and quantity of every line right, of those that have lines",
    "entity_f1": "F1 of products, quantities and order numbers, of messages that have any",
    "auroc": "how well confidence tells in from out of scope",
    "rejected": "messages out of scope that are not acted on",
    "lost": "messages in scope that are not acted on",
    "lost_beyond_asking": "those among them whose intent is not offered in a question either",
    "median_milliseconds": "time for one message, median",
    "slow_milliseconds": "time for one message, 95th percentile",
    "ten_words_median_milliseconds": "time for a message of nine to eleven words, median",
    "ten_words_slow_milliseconds": "time for a message of nine to eleven words, 95th percentile",
}
_SLOW = 0.95
_TEN_WORDS = range(9, 12)


def split_figures(messages: Sequence[Expected], answers: Sequence[Answer]) -> Figures:
    """The figures of one model on one test split."""
    pairs = list(zip(messages, answers, strict=True))
    ours = [(m, a) for m, a in pairs if m.intent != OUT_OF_SCOPE]
    beyond = [(m, a) for m, a in pairs if m.intent == OUT_OF_SCOPE]
    ordered = [(m, a) for m, a in ours if m.lines]
    in_scope = [m.intent != OUT_OF_SCOPE for m in messages]
    times = [answer.milliseconds for answer in answers]
    long = [a.milliseconds for m, a in pairs if len(m.text.split()) in _TEN_WORDS] or times
    return Figures(
        accuracy=_share(m.intent == a.best for m, a in ours),
        accuracy_lenient=_share(m.accepts(a.best) for m, a in ours),
        macro_f1=_macro_f1([m.intent for m, _ in ours], [a.best for _, a in ours]),
        lines_exact=_share(_same_lines(m, a) for m, a in ordered),
        entity_f1=_entity_f1(messages, answers),
        auroc=float(roc_auc_score(in_scope, [a.confidence for a in answers])) if beyond else 1.0,
        rejected=_share(a.intent is None for _, a in beyond),
        lost=_share(a.intent is None for _, a in ours),
        lost_beyond_asking=_share(
            a.intent is None and not any(m.accepts(likely) for likely in a.likely) for m, a in ours
        ),
        median_milliseconds=float(np.median(times)),
        slow_milliseconds=float(np.quantile(times, _SLOW)),
        ten_words_median_milliseconds=float(np.median(long)),
        ten_words_slow_milliseconds=float(np.quantile(long, _SLOW)),
    )


def is_answer_right(message: Expected, answer: Answer) -> bool:
    """Whether the likeliest intent and the lines are right; out of scope: it does not act."""
    if message.intent == OUT_OF_SCOPE:
        return answer.intent is None or message.accepts(answer.intent)
    return message.accepts(answer.best) and (not message.lines or _same_lines(message, answer))


def format_figure(name: str, value: float) -> str:
    """A figure with its unit."""
    return f"{value:.1f} ms" if name.endswith("milliseconds") else f"{100 * value:.1f} %"


def _same_lines(message: Expected, answer: Answer) -> bool:
    """Whether products and quantities are the same, in any order.

    The messages are labelled with one number per product: "a hot and a cold coffee" is two coffees.
    """
    return product_totals(message.lines) == product_totals(answer.lines)


def _entity_f1(messages: Sequence[Expected], answers: Sequence[Answer]) -> float:
    """The F1 score of the entities; messages without lines or order number are not annotated."""
    pairs = [(m, a) for m, a in zip(messages, answers, strict=True) if m.lines or m.order_id]
    wanted = [_entities(message) for message, _ in pairs]
    found = [answer.entities for _, answer in pairs]
    hits = sum(len(w & f) for w, f in zip(wanted, found, strict=True))
    total = sum(map(len, wanted)) + sum(map(len, found))
    return 2 * hits / total if total else 1.0


def _entities(message: Expected) -> set[tuple[str, str]]:
    pairs = [("product", sku) for sku, _ in message.lines]
    pairs += [("quantity", str(number)) for _, number in message.lines if number is not None]
    pairs += [("order_id", message.order_id)] if message.order_id else []
    return set(pairs)


def _macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    return float(f1_score(truth, said, labels=sorted(set(truth)), average="macro"))


def _share(outcomes: Iterable[bool]) -> float:
    """The share of outcomes that are true; 1 if there are none."""
    listed = list(outcomes)
    return sum(listed) / len(listed) if listed else 1.0
