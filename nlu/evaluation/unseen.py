"""Figures on messages that the training data does not hold, with confidence intervals."""

from collections.abc import Collection, Iterator, Sequence
from math import sqrt

from nlu.evaluation.figures import is_answer_right
from nlu.evaluation.messages import Expected
from nlu.evaluation.model import Answer
from nlu.intents.intent_model import OUT_OF_SCOPE

# Standard deviations of a 95 % interval.
_DEVIATIONS = 1.96
Row = tuple[str, str, str, str]
HEADER: Row = ("messages", "number", "likeliest right", "acted on rightly")


def unseen_rows(
    messages: Sequence[Expected], answers: Sequence[Answer], seen: Collection[str]
) -> Iterator[Row]:
    """One row each for all messages in scope, the seen and the unseen: their number, and shares.

    seen: the texts that the training data holds, exactly or nearly.
    """
    ours = [(m, a) for m, a in zip(messages, answers, strict=True) if m.intent != OUT_OF_SCOPE]
    known = set(seen)
    groups = {
        "in scope": ours,
        "of them never seen": [(m, a) for m, a in ours if m.text not in known],
        "of them in the training data": [(m, a) for m, a in ours if m.text in known],
    }
    for name, pairs in groups.items():
        likeliest = sum(is_answer_right(m, a) for m, a in pairs)
        acted = sum(is_acted_on_rightly(m, a) for m, a in pairs)
        number = len(pairs)
        yield name, str(number), format_share(likeliest, number), format_share(acted, number)


def is_acted_on_rightly(message: Expected, answer: Answer) -> bool:
    """Whether the assistant does the right thing at once, without asking "Did you mean"."""
    if message.intent == OUT_OF_SCOPE or answer.intent is None:
        return message.intent == OUT_OF_SCOPE and answer.intent is None
    return message.accepts(answer.intent) and is_answer_right(message, answer)


def wilson_interval(right: int, number: int) -> tuple[float, float]:
    """Wilson's score interval of a share: its lower and upper end, 0 to 1."""
    if number == 0:
        return 0.0, 1.0
    share, square = right / number, _DEVIATIONS**2
    middle = share + square / (2 * number)
    width = _DEVIATIONS * sqrt(share * (1 - share) / number + square / (4 * number**2))
    scale = 1 + square / number
    return max(0.0, (middle - width) / scale), min(1.0, (middle + width) / scale)


def format_share(right: int, number: int) -> str:
    """A share in percent with its interval: `90.0 % (87.1 to 92.3)`."""
    if number == 0:
        return "of none"
    low, high = wilson_interval(right, number)
    return f"{100 * right / number:.1f} % ({100 * low:.1f} to {100 * high:.1f})"
