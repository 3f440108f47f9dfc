"""The report page: figures, intents one by one, the confusion matrix, the worst mistakes."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sklearn.metrics import precision_recall_fscore_support

from nlu.evaluation.figures import EXPLAINED, Figures, right
from nlu.evaluation.messages import Expected, Line
from nlu.evaluation.model import Answer
from nlu.intent_model import OUT_OF_SCOPE

_WORST = 30


def write_page(
    messages: Sequence[Expected], answers: Sequence[Answer], found: Figures, picture: str
) -> str:
    """The page as Markdown; `picture` is the file beside it."""
    beyond = sum(message.intent == OUT_OF_SCOPE for message in messages)
    return "\n".join(
        [
            "# What the assistant understands",
            "",
            "Written by `make evaluate`: the trained model on hand-written messages "
            f"({len(messages) - beyond} in scope, {beyond} beyond) that training never sees.",
            "",
            *_figures(found),
            "",
            "## Intent by intent",
            "",
            *_intents(messages, answers),
            "",
            f"![Confusion matrix]({picture})",
            "",
            "## The worst mistakes",
            "",
            *_mistakes(messages, answers),
            "",
        ]
    )


def _figures(found: Figures) -> Iterator[str]:
    yield "| figure | value | meaning |"
    yield "|---|---:|---|"
    for name, value in asdict(found).items():
        shown = f"{value:.1f} ms" if name.endswith("milliseconds") else f"{100 * value:.1f} %"
        yield f"| {name.replace('_', ' ')} | {shown} | {EXPLAINED[name]} |"


def _intents(messages: Sequence[Expected], answers: Sequence[Answer]) -> Iterator[str]:
    """Precision and recall of the likeliest intent, over the messages in scope."""
    pairs = [(m, a) for m, a in zip(messages, answers, strict=True) if m.intent != OUT_OF_SCOPE]
    names = sorted({message.intent for message, _ in pairs})
    precision, recall, f1, support = precision_recall_fscore_support(
        [m.intent for m, _ in pairs], [a.best for _, a in pairs], labels=names, zero_division=0
    )
    yield "| intent | messages | precision | recall | F1 |"
    yield "|---|---:|---:|---:|---:|"
    for row in zip(names, support, precision, recall, f1, strict=True):
        yield "| {} | {} | {:.2f} | {:.2f} | {:.2f} |".format(*row)


def _mistakes(messages: Sequence[Expected], answers: Sequence[Answer]) -> Iterator[str]:
    """What was done wrongly with the most confidence comes first."""
    wrong = [(m, a) for m, a in zip(messages, answers, strict=True) if not right(m, a)]
    yield "| message | right | said | confidence |"
    yield "|---|---|---|---:|"
    for message, answer in sorted(wrong, key=lambda pair: -pair[1].confidence)[:_WORST]:
        wanted = f"{message.intent}{_order(message.lines)}"
        said = f"{answer.intent or 'nothing'}{_order(answer.lines)}"
        text = message.text.replace("|", "\\|").replace("\n", " ")
        yield f"| {text} | {wanted} | {said} | {answer.confidence:.2f} |"


def _order(lines: Sequence[Line]) -> str:
    said = ", ".join(f"{sku} {'?' if number is None else number}" for sku, number in lines)
    return f" ({said})" if said else ""
