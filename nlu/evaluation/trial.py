"""Compares two models on the same messages: their figures, and which is right more often."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from nlu.evaluation.comparison import Comparison
from nlu.evaluation.figures import EXPLAINED, format_figure, is_answer_right, split_figures
from nlu.evaluation.messages import Expected
from nlu.evaluation.model import Answer, Asked

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

    def table(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Rows of name, figure now, the same on what was never seen, figure before, meaning."""
        now = split_figures(self.messages, self.now.answers)
        unseen = split_figures(*self._never_seen())
        before = split_figures(self.messages, self.before.answers) if self.before else None
        for name, value in asdict(now).items():
            old = format_figure(name, getattr(before, name)) if before else ""
            new = format_figure(name, getattr(unseen, name))
            yield name.replace("_", " "), format_figure(name, value), new, old, EXPLAINED[name]
        for name, (pick, meaning) in _OF_THE_MODEL.items():
            yield name, pick(self.now), "", pick(self.before) if self.before else "", meaning

    def _never_seen(self) -> tuple[list[Expected], list[Answer]]:
        """The messages that the training data does not hold, and the answers to them."""
        pairs = zip(self.messages, self.now.answers, strict=True)
        unseen = [(message, answer) for message, answer in pairs if message.text not in self.seen]
        return [message for message, _ in unseen], [answer for _, answer in unseen]

    def _right(self, asked: Asked) -> list[bool]:
        return [is_answer_right(m, a) for m, a in zip(self.messages, asked.answers, strict=True)]
