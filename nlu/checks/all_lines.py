"""Says where the whole training data contradicts itself: `make check-data ALL=1`."""

from collections.abc import Sequence

from nlu.checks.conflicts import find_conflicting_lines
from nlu.checks.doubted import find_doubted
from nlu.checks.lines import Line
from nlu.sentence.sentence_model import sentence_model

# So many of each kind are read at a sitting.
_SHOWN = 40


def check_all_lines(lines: Sequence[Line], shown: int = _SHOWN) -> int:
    """Prints the lines that mean what another intent has, by sentence vector and by models that
    have not learnt them, each the worst first; 0, since a doubt is no mistake.
    """
    vectors = sentence_model().vectors
    print(f"Of {len(lines)} lines, each list with the worst first:")
    near = find_conflicting_lines(lines, lines, vectors)
    show_worst("are nearer to a line of another intent than to any of their own", near, shown)
    doubted = find_doubted(lines, vectors)
    show_worst(
        "are taken for another intent by a model that was trained without them", doubted, shown
    )
    return 0


def show_worst(what: str, found: Sequence[object], shown: int) -> None:
    """Prints how many there are, and the first ones."""
    print(f"\n{len(found)} {what}:", *found[:shown], sep="\n")
