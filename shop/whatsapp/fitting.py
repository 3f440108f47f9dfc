"""Cuts and splits text to fit a limit, never within one visible character."""

import unicodedata
from collections.abc import Iterator, Sequence

from shop.whatsapp.limits import INTERACTIVE_BODY, Limit, text_length

ELLIPSIS = "…"
# From the best place to divide a text to the worst.
_SEAMS = ("\n\n", "\n", " ")
_JOINER = "\u200d"
_VIRAMA = 9  # combining class: the next consonant belongs to the same sign
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
# The longest character of any language; longer sequences are cut.
_LONGEST_SIGN = 32
# The room for a list of lines; the text around it and above buttons needs the rest.
_ALL_LINES = INTERACTIVE_BODY.maximum - 384
# Lines are never cut to less than this, so that they keep their name and price.
_SHORTEST_LINE = 60


def cut_text(text: str, limit: Limit) -> str:
    """The text if it fits, else its beginning and an ellipsis."""
    if text_length(text) <= limit.maximum:
        return text
    return text[: _reach(text, limit.maximum - 1)].rstrip() + ELLIPSIS


def fit_lines(lines: Sequence[str], more: str) -> str:
    """The lines joined, long ones cut; `more` replaces the lines that do not fit."""
    most = Limit("LINE", 1, max(_SHORTEST_LINE, _ALL_LINES // max(len(lines), 1) - 1))
    shown: list[str] = []
    room = _ALL_LINES
    for line in (cut_text(line, most) for line in lines):
        room -= text_length(line) + 1
        if room < 0:
            return "\n".join([*shown, more])
        shown.append(line)
    return "\n".join(shown)


def split_chunks(text: str, maximum: int) -> Iterator[str]:
    """The text in parts that fit, divided between paragraphs, else lines, else words."""
    rest = text.strip()
    while text_length(rest) > maximum:
        end = _reach(rest, maximum)
        # Splitting in the first half would waste space.
        seam = next((at for s in _SEAMS if (at := rest.rfind(s, end // 2, end + 1)) > 0), end)
        yield rest[:seam].rstrip()
        rest = rest[seam:].lstrip()
    if rest:
        yield rest


def split_ending(text: str, maximum: int) -> tuple[str, str]:
    """The text in two: a beginning of any length, and as much of its end as fits."""
    text = text.strip()
    if text_length(text) <= maximum:
        return "", text
    start = _start_of_end(text, maximum)
    for seam in _SEAMS:
        at = text.find(seam, max(0, start - len(seam)))
        if at > 0:
            return text[:at].rstrip(), text[at:].strip()
    return text[:start].rstrip(), text[start:].strip()


def _start_of_end(text: str, maximum: int) -> int:
    """The first position from which the rest fits, without splitting a character."""
    start = len(text) - _units(text[::-1], maximum)
    for forward in range(min(_LONGEST_SIGN, len(text) - start)):
        if not _splits_a_sign(text, start + forward):
            return start + forward
    return start


def _reach(text: str, maximum: int) -> int:
    """How many code points of the text fit, without splitting a character."""
    end = _units(text, maximum)
    for back in range(min(_LONGEST_SIGN, end - 1)):
        if not _splits_a_sign(text, end - back):
            return end - back
    return end


def _units(text: str, maximum: int) -> int:
    """How many of the first characters fit, by the count of `limits.text_length`."""
    room = text.encode("utf-16-le", "surrogatepass")[: 2 * maximum]
    return len(room.decode("utf-16-le", "ignore"))


def _splits_a_sign(text: str, at: int) -> bool:
    """Whether a position is inside one visible character: an accent, a flag, a conjunct or the
    like."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if _JOINER in (before, after) or unicodedata.category(after).startswith("M"):
        return True
    if ord(after) in _SKIN_TONES or unicodedata.combining(before) == _VIRAMA:
        return True
    return ord(after) in _FLAG_LETTERS and _flag_letters_before(text, at) % 2 == 1


def _flag_letters_before(text: str, at: int) -> int:
    count = 0
    while count < at and ord(text[at - count - 1]) in _FLAG_LETTERS:
        count += 1
    return count
