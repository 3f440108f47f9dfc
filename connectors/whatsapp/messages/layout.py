"""Lays options out as buttons or a list, so that each can be tapped and none is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from connectors.whatsapp.messages.cards import Card, Pages
from connectors.whatsapp.messages.speech import Option
from shop.taps.meanings import more_id
from shop.whatsapp import limits
from shop.whatsapp.fitting import cut_text
from shop.whatsapp.short_titles import cut_apart

Action = dict[str, Any]

# What opens a list that names nothing itself.
LIST_BUTTON = "Choose"


@dataclass(frozen=True)
class Layout:
    """The actions that offer all options: mostly one, of type `button` or `list`.

    lost: the titles of options that cannot be tapped, since their ids do not work.
    """

    kind: str
    actions: tuple[Action, ...]
    lost: tuple[str, ...]


def lay_out(card: Card) -> Layout:
    """The card's options as `action` objects within Meta's limits."""
    usable, lost = _usable(card.options)
    if not usable:
        return Layout("button", (), lost)
    if not card.is_list and _fit_buttons(usable):
        return Layout("button", (_buttons(usable),), lost)
    label = cut_text(_line(card.list_button) or LIST_BUTTON, limits.LIST_BUTTON)
    return Layout("list", tuple(_lists(usable, label, card.pages)), lost)


def _usable(options: Iterable[Option]) -> tuple[list[Option], tuple[str, ...]]:
    """The options with valid ids, each id once, and the titles of the others."""
    usable: dict[str, Option] = {}
    lost = []
    for option in options:
        tidy = _tidy(option)
        if limits.ROW_ID.fits(tidy.id) and tidy.title:
            # The same id means the same: the second of two adds nothing.
            usable.setdefault(tidy.id, tidy)
        elif tidy.title:
            lost.append(tidy.title)
    return list(usable.values()), tuple(lost)


def _tidy(option: Option) -> Option:
    return Option(
        id=(option.id or "").strip(),
        title=_line(option.title) or _line(option.description) or _line(option.id),
        description=_line(option.description) or None,
        section=_line(option.section) or None,
    )


def _line(text: str | None) -> str:
    """The text on one line, since labels have no line breaks."""
    return " ".join((text or "").split())


def _fit_buttons(options: Sequence[Option]) -> bool:
    titles = {option.title.casefold() for option in options}
    return (
        len(options) <= limits.BUTTONS.maximum
        and len(titles) == len(options)
        and all(limits.BUTTON_TITLE.fits(option.title) for option in options)
        and not any(option.description or option.section for option in options)
    )


def _buttons(options: Iterable[Option]) -> Action:
    replies = ({"id": option.id, "title": option.title} for option in options)
    return {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}


def _lists(options: list[Option], label: str, pages: Pages) -> Iterable[Action]:
    """One list, with a row to the next page if there are too many; without a key, several lists."""
    most = limits.ROWS.maximum
    ordered = [
        row for rows in _sections(_with_short_titles(options), label).values() for row in rows
    ]
    if len(ordered) <= most:
        return [_list(ordered, label)]
    shown = _fill_page(ordered, label, pages)
    if shown is None:
        parts = (ordered[start : start + most] for start in range(0, len(ordered), most))
        return [_list(part, label) for part in parts]
    return [_list(shown, label)]


def _fill_page(options: list[Option], label: str, pages: Pages) -> list[Option] | None:
    """The options of the page and the row to the next page; None if no such row can be made."""
    key, room = (pages.key or "").strip(), limits.ROWS.maximum - 1
    if not key:
        return None
    # The last page needs no such row and may hold one option more.
    last = (len(options) - 2) // room + 1
    page = min(max(pages.page, 1), last)
    rest = options[(page - 1) * room :]
    if page == last:
        return rest
    title = _line(pages.title) or label
    more = Option(more_id(key, page + 1), title, section=title)
    taken = any(option.id == more.id for option in options)
    return None if taken or not limits.ROW_ID.fits(more.id) else [*rest[:room], more]


def _list(options: Sequence[Option], label: str) -> Action:
    sections = [
        {"title": title, "rows": [_make_row(option) for option in rows]}
        for title, rows in _sections(options, label).items()
    ]
    return {"button": label, "sections": sections}


def _sections(options: Iterable[Option], label: str) -> dict[str, list[Option]]:
    """The options by the title of their section."""
    sections: dict[str, list[Option]] = {}
    for option in options:
        title = cut_text(option.section or label, limits.SECTION_TITLE)
        sections.setdefault(title, []).append(replace(option, section=title))
    return sections


def _with_short_titles(options: Sequence[Option]) -> list[Option]:
    """The options with titles that fit, no two alike; descriptions give cut titles in full."""
    titles = cut_apart([option.title for option in options], limits.ROW_TITLE)
    return [
        option
        if title == option.title
        else replace(option, title=title, description=_join_line(option.title, option.description))
        for option, title in zip(options, titles, strict=True)
    ]


def _join_line(title: str, description: str | None) -> str:
    return title if not description or title in description else f"{title} - {description}"


def _make_row(option: Option) -> dict[str, str]:
    row = {"id": option.id, "title": cut_text(option.title, limits.ROW_TITLE)}
    description = cut_text(option.description or "", limits.ROW_DESCRIPTION)
    return {**row, "description": description} if description else row
