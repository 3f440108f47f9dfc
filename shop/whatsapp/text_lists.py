"""Lists within the words of an answer: no longer than one message takes, beside a question."""

from collections.abc import Sequence

from shop.whatsapp.fitting import cut_text
from shop.whatsapp.limits import Limit, text_length

# The text above buttons has 1024 characters; the rest is for what is said around the list.
_ALL = 640
# A line that is cut says its name and price still.
_SHORTEST = 60


def as_fits(lines: Sequence[str], more: str) -> str:
    """The lines below each other, long ones cut; `more` stands for those that do not fit."""
    most = Limit("LINE", 1, max(_SHORTEST, _ALL // max(len(lines), 1) - 1))
    shown: list[str] = []
    room = _ALL
    for line in (cut_text(line, most) for line in lines):
        room -= text_length(line) + 1
        if room < 0:
            return "\n".join([*shown, more])
        shown.append(line)
    return "\n".join(shown)
