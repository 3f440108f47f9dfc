"""Draws the confusion matrix."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl  # type: ignore[import-untyped, unused-ignore]
import numpy as np

mpl.use("Agg")  # there is no screen
from matplotlib import pyplot as plt

from nlu.evaluation.messages import Expected
from nlu.evaluation.model import Answer

NOT_ACTED_ON = "not acted on"
_INCHES, _DOTS = 11.0, 110


def draw_matrix(messages: Sequence[Expected], answers: Sequence[Answer], file: Path) -> None:
    """Draws it into `file`.

    Rows are the right intents, columns the intents that the model acts on, numbers messages.
    """
    rows = sorted({message.intent for message in messages})
    acted = {answer.intent for answer in answers if answer.intent}
    columns = [*rows, *sorted(acted - set(rows)), NOT_ACTED_ON]
    counts = np.zeros((len(rows), len(columns)), dtype=int)
    for message, answer in zip(messages, answers, strict=True):
        counts[rows.index(message.intent), columns.index(answer.intent or NOT_ACTED_ON)] += 1
    shares = counts / counts.sum(axis=1, keepdims=True)
    figure, axes = plt.subplots(figsize=(_INCHES, _INCHES * len(rows) / len(columns)))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(columns)), columns, rotation=90)
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xlabel("what the model acts on")
    axes.set_ylabel("right intent")
    for row, column in zip(*counts.nonzero(), strict=True):
        colour = "white" if shares[row, column] > 1 / 2 else "black"
        axes.text(column, row, counts[row, column], ha="center", va="center", color=colour)
    figure.savefig(file, dpi=_DOTS, bbox_inches="tight")
    plt.close(figure)
