"""Renders WhatsApp's text formatting: *bold*, _italic_, ~struck~, ```code```.

https://faq.whatsapp.com/539178204879377

Each mark is searched once from left to right, so the time is linear. A regular expression for pairs
would start again at every mark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

_LINK = re.compile(r"https?://[^\s<]+")
# Rendered texts are cached, since an open page reloads its transcript with every message.
_REMEMBERED = 512


@dataclass(frozen=True)
class _Mark:
    """A formatting sign, its HTML tag, and where the sign may open and close."""

    tag: str
    opening: re.Pattern[str]
    closing: re.Pattern[str]


def _mark(sign: str, tag: str) -> _Mark:
    """The mark of a sign, which opens before a word and closes behind one, and not within one."""
    plain, last = re.escape(sign), re.escape(sign[-1])
    return _Mark(
        tag,
        re.compile(rf"(?<![\w{last}]){plain}(?=\S)"),
        re.compile(rf"(?<=\S){plain}(?![\w{last}])"),
    )


_MARKS = (_mark("```", "code"), _mark("*", "b"), _mark("_", "i"), _mark("~", "s"))


def render_rich_text(text: object) -> Markup:
    """The text as HTML with WhatsApp's formatting; everything else is escaped."""
    return _rendered(str(text or ""))


@lru_cache(_REMEMBERED)
def _rendered(text: str) -> Markup:
    lines = str(escape(text)).split("\n")
    for mark in _MARKS:
        lines = [_marked(line, mark) for line in lines]
    made = _LINK.sub(lambda found: f"<u>{found[0]}</u>", "<br>".join(lines))
    return Markup(made)  # noqa: S704 (escaped above)


def _marked(line: str, mark: _Mark) -> str:
    """The line with HTML tags for each pair of signs; a single sign stays as text."""
    parts, done = [], 0
    for start, inside, end, behind in _pairs(line, mark):
        parts += [line[done:start], f"<{mark.tag}>{line[inside:end]}</{mark.tag}>"]
        done = behind
    return "".join([*parts, line[done:]])


def _pairs(line: str, mark: _Mark) -> Iterator[tuple[int, int, int, int]]:
    """Pairs from left to right: the start, the start and end of the content, the end."""
    closings = mark.closing.finditer(line)
    closing = next(closings, None)
    done = 0
    for opening in mark.opening.finditer(line):
        if opening.start() < done:
            continue
        while closing and closing.start() <= opening.end():
            closing = next(closings, None)
        if closing is None:
            return
        done = closing.end()
        yield opening.start(), opening.end(), closing.start(), done
