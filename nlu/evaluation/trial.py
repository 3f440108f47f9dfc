"""Compares two models on the same messages: their figures, and which is right more often."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from nlu.evaluation.comparison import Comparison
from nlu.evaluation.figures import EXPLAINED, format_figure, is_answer_right, split_figures
from nlu.evaluation.messages import Expected
from nlu.evaluation.model import Asked

_OF_THE_MODEL: dict[str, tuple[Callable[[Asked], str], str]] = {
    "not understood below": (lambda asked: f"{asked.bands[0]:.2f}", "of confidence in its scope"),
    "acts from": (lambda asked: f"{asked.bands[1]:.2f}", "of confidence in the intent on"),
    "seconds to load": (lambda asked: f"{asked.seconds_to_load:.1f} s", "the model, not Python"),
}


@dataclass(frozen=True)
class Trial:
    """The answers of two models to the same messages; `before` is None if there is only one model.

    seen: the messages that the training data holds, exactly or nearly.
    """

    messages: Sequence[Expected]
    now: Asked
    before: Asked | None = None
    seen: frozenset[str] = frozenset()

    @property
    def comparison(self) -> Comparison | None:
        """How often only the one, or only the other, is right; None with one model."""
        if self.before is None:
            return None
        return Comparison.compare_answers(self._right(self.now), self._right(self.before))

    def table(self) -> Iterator[tuple[str, str, str, str]]:
        """Rows of name, figure now, figure before, and what the figure means."""
        now = split_figures(self.messages, self.now.answers)
        before = split_figures(self.messages, self.before.answers) if self.before else None
        for name, value in asdict(now).items():
            old = format_figure(name, getattr(before, name)) if before else ""
            yield name.replace("_", " "), format_figure(name, value), old, EXPLAINED[name]
        for name, (pick, meaning) in _OF_THE_MODEL.items():
            yield name, pick(self.now), pick(self.before) if self.before else "", meaning

    def _right(self, asked: Asked) -> list[bool]:
        return [is_answer_right(m, a) for m, a in zip(self.messages, asked.answers, strict=True)]
