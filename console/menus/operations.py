"""The editor's operations on a menu: add, remove, move, change the type."""

import copy
from collections.abc import Callable
from typing import Any

from shop.menus.kinds import KINDS, as_kind
from shop.menus.last_good_version import Interactive

Action = dict[str, Any]
_REPLY = {"type": "reply", "reply": {"id": "", "title": ""}}
_ROW = {"id": "", "title": ""}


def apply_operation(interactive: Interactive, do: str) -> Interactive:
    """The structure after `add-row:0`, `remove-button:1`, `up-row:0:2`, `kind:list`, ...

    Invalid operations change nothing.
    """
    verb, *numbers = do.split(":")
    if verb == "kind" and numbers and numbers[0] in KINDS:
        return as_kind(interactive, numbers[0])
    made = copy.deepcopy(interactive)
    places = [int(number) for number in numbers if number.isdecimal()]
    step = _STEPS.get((verb, len(places)))
    try:
        if step and len(places) == len(numbers):
            step(made.get("action", {}), *places)
    except (IndexError, KeyError):
        return interactive
    return made


def _add_button(action: Action) -> None:
    action.setdefault("buttons", []).append(copy.deepcopy(_REPLY))


def _add_section(action: Action) -> None:
    action.setdefault("sections", []).append({"title": "", "rows": [dict(_ROW)]})
    for section in action["sections"]:
        section.setdefault("title", "")


def _add_row(action: Action, section: int) -> None:
    action["sections"][section].setdefault("rows", []).append(dict(_ROW))


def _remove_button(action: Action, place: int) -> None:
    del action["buttons"][place]


def _remove_section(action: Action, place: int) -> None:
    """Removes a section; a single remaining one loses its title."""
    del action["sections"][place]
    if len(action["sections"]) == 1 and not action["sections"][0].get("title"):
        action["sections"][0].pop("title", None)


def _remove_row(action: Action, section: int, place: int) -> None:
    del action["sections"][section]["rows"][place]


def _shift_button(by: int) -> Callable[..., None]:
    def shift(action: Action, place: int) -> None:
        _swap(action["buttons"], place, place + by)

    return shift


def _shift_row(by: int) -> Callable[..., None]:
    def shift(action: Action, section: int, place: int) -> None:
        """Moves a row; at the end of its section it moves into the next one."""
        rows, there = action["sections"][section]["rows"], place + by
        if 0 <= there < len(rows):
            _swap(rows, place, there)
        elif 0 <= section + by < len(action["sections"]):
            neighbours = action["sections"][section + by].setdefault("rows", [])
            neighbours.insert(0 if by > 0 else len(neighbours), rows.pop(place))

    return shift


def _swap(things: list[Any], one: int, other: int) -> None:
    if 0 <= other < len(things):
        things[one], things[other] = things[other], things[one]


# The functions by verb and how many numbers the verb needs.
_STEPS: dict[tuple[str, int], Callable[..., None]] = {
    ("add-button", 0): _add_button,
    ("add-section", 0): _add_section,
    ("add-row", 1): _add_row,
    ("remove-button", 1): _remove_button,
    ("remove-section", 1): _remove_section,
    ("remove-row", 2): _remove_row,
    ("up-button", 1): _shift_button(-1),
    ("down-button", 1): _shift_button(1),
    ("up-row", 2): _shift_row(-1),
    ("down-row", 2): _shift_row(1),
}
