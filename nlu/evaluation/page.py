"""Writes the report page: figures, each intent, the confusion matrix, the worst mistakes."""

from collections.abc import Iterator, Sequence

from sklearn.metrics import precision_recall_fscore_support

from nlu.evaluation.figures import is_answer_right
from nlu.evaluation.messages import Expected, Line
from nlu.evaluation.model import Answer
from nlu.evaluation.shop_orders import SHOPS_HEADER, ShopFigures
from nlu.evaluation.trial import Trial
from nlu.evaluation.unseen import HEADER, unseen_rows
from nlu.intents.intent_model import OUT_OF_SCOPE

BEGIN = "<!-- figures -->\n"
_WORST = 30


def write_figures(trial: Trial, picture: str, shops: Sequence[ShopFigures]) -> str:
    """The page's figures as Markdown; `picture` is the path of the confusion matrix."""
    messages, answers = trial.messages, trial.now.answers
    beyond = sum(message.intent == OUT_OF_SCOPE for message in messages)
    seen = sum(message.text in trial.seen for message in messages)
    return "\n".join(
        [
            f"{len(messages) - beyond} messages in scope and {beyond} beyond: the newest model on "
            f"all of them, and on the {len(messages) - seen} that the training data does not hold; "
            "beside it the one that was in use before, on all.",
            "",
            "| figure | newest | never seen | before | meaning |",
            "|---|---:|---:|---:|---|",
            *(f"| {' | '.join(row)} |" for row in trial.table()),
            "",
            *_compared(trial),
            "## On what was never seen",
            "",
            *_unseen(trial),
            "",
            "## Orders at other shops",
            "",
            *_shops(shops),
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


def _compared(trial: Trial) -> Iterator[str]:
    if trial.comparison:
        yield f"Right or not, message by message: {trial.comparison}."
        yield ""


def _unseen(trial: Trial) -> Iterator[str]:
    """The figures with and without the messages that the training data holds."""
    yield (
        "Right are intent and lines. *Likeliest*: whatever the confidence; *acted on*: without "
        "asking. In brackets the 95 % interval (Wilson). In the training data is what stands there "
        "exactly, but for case and marks, in another order, or with a letter in ten different: "
        "`tests/nlu/seen_messages.yml`."
    )
    yield ""
    yield f"| {' | '.join(HEADER)} |"
    yield "|---|---:|---:|---:|"
    for row in unseen_rows(trial.messages, trial.now.answers, trial.seen):
        yield f"| {' | '.join(row)} |"


def _shops(shops: Sequence[ShopFigures]) -> Iterator[str]:
    """How well the strangers' orders at shops are read."""
    yield (
        "`tests/nlu/shops/strangers` and `with_options`, read with the catalogues of "
        "`storage/seeds/shops` and `tests/nlu/shops/menus`. Learnt from; the first figures stand "
        "above."
    )
    yield ""
    yield f"| {' | '.join(SHOPS_HEADER)} |"
    yield "|---|---:|---:|---:|---:|"
    for one in shops:
        yield f"| {' | '.join(one.as_row())} |"


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
    """The mistakes, those with the most confidence first."""
    wrong = [(m, a) for m, a in zip(messages, answers, strict=True) if not is_answer_right(m, a)]
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
