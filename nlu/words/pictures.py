"""Counts repeated emojis of products: "☕☕ + 🥪" is "2 ☕ + 1 🥪"."""

import re
from collections.abc import Iterable

from nlu.words import FOLDER
from shop.language.word_files import read_patterns

_COLOURED = "\ufe0f"  # some phones put it behind a picture
# Words behind which pictures count; behind others they decorate: "2 chai ☕☕", "love it ☕☕☕".
_JOINS = read_patterns("pictures", FOLDER)["joins"]
_LONGEST_JOIN = 8


def rows_of(pictures: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for one of the pictures and its repetitions; None without pictures."""
    known = "|".join(re.escape(picture) for picture in sorted(pictures, key=len, reverse=True))
    return re.compile(rf"({known}){_COLOURED}?(?:\s?\1{_COLOURED}?)*") if known else None


def count_pictures(text: str, rows: re.Pattern[str] | None) -> tuple[str, list[int]]:
    """The text with each row of a picture as number and picture, and each character's old place.

    Nothing changes unless a picture is repeated.
    """
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for row in _rows(text, rows) if rows else ():
        picture, start, end = row[1], *row.span()
        number, last = f" {row[0].count(picture)} ", start + row[0].rindex(picture)
        parts += text[done:start], number, picture, " "
        places += [*range(done, start), *[start] * len(number)]
        places += [*range(last, last + len(picture)), end - 1]
        done = end
    return "".join([*parts, text[done:]]), [*places, *range(done, len(text))]


def _rows(text: str, rows: re.Pattern[str]) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for row in rows.finditer(text):
        follows_another = found and not text[found[-1].end() : row.start()].strip()
        if follows_another or _may_be_counted(text, row.start()):
            found.append(row)
    return found if any(row[0].count(row[1]) > 1 for row in found) else []


def _may_be_counted(text: str, start: int) -> bool:
    """Whether a picture may count: it begins the text or a line, or follows a joining word."""
    before = text[:start].rstrip()
    new_line = "\n" in text[len(before) : start]
    return not before or new_line or bool(_JOINS.search(before[-_LONGEST_JOIN:]))
