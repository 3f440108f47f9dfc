"""Checks the actions of messages with options: reply buttons, and lists with rows."""

from collections.abc import Iterator, Sequence

from shop.whatsapp import limits
from shop.whatsapp.json_parts import Json, as_mapping, as_sequence
from shop.whatsapp.validation.problems import Problem
from shop.whatsapp.validation.rules import (
    check_known_keys,
    check_menu_text,
    check_repeated,
    check_reply_id,
    check_some,
)


def check_menu_buttons(action: Json) -> Iterator[Problem]:
    """Checks one to three buttons; more are sent as a list."""
    yield from check_known_keys(action, "buttons", "buttons")
    yield from check_some(action.get("buttons"), "buttons", "At least one button.", limits.BUTTONS)
    buttons = [as_mapping(button) for button in as_sequence(action.get("buttons"))]
    replies = []
    for number, button in enumerate(buttons):
        place, reply = f"button.{number}", as_mapping(button.get("reply"))
        replies.append((place, reply))
        yield from check_known_keys(button, f"{place}.title", "type", "reply")
        yield from check_known_keys(reply, f"{place}.title", "id", "title")
        if button.get("type") != "reply":
            yield Problem(f"{place}.title", "unknown", "A button is of type reply.")
        title = f"{place}.title"
        yield from check_menu_text(reply, "title", title, "The button", limits.BUTTON_TITLE)
        yield from check_reply_id(reply, place, limits.BUTTON_ID)
    same_id = "Another button leads to the same place: they must differ."
    yield from check_repeated(replies, "id", same_id)
    same_title = "Another button has the same words: they must differ."
    yield from check_repeated(replies, "title", same_title)
    if (count := len(buttons)) > limits.BUTTONS.maximum:
        message = f"More than {limits.BUTTONS.maximum} buttons are sent as a list."
        yield Problem("buttons", "surplus", message, limits.BUTTONS, count)


def check_menu_list(action: Json) -> Iterator[Problem]:
    """Checks up to ten rows in sections; more are sent as pages."""
    yield from check_known_keys(action, "list_button", "button", "sections")
    yield from check_menu_text(action, "button", "list_button", "The button", limits.LIST_BUTTON)
    given = action.get("sections")
    yield from check_some(given, "sections", "At least one section.", limits.SECTIONS)
    sections = [as_mapping(section) for section in as_sequence(given)]
    rows = []
    for number, section in enumerate(sections):
        place = f"section.{number}"
        yield from _check_section(section, f"{place}.title", is_only_one=len(sections) == 1)
        for position, row in enumerate(as_sequence(section.get("rows"))):
            rows.append((f"{place}.row.{position}", as_mapping(row)))
    for place, row in rows:
        yield from _check_row(row, place)
    same_id = "Another row leads to the same place: they must differ."
    yield from check_repeated(rows, "id", same_id)
    yield from _check_surplus(sections, len(rows))


def _check_section(section: Json, place: str, *, is_only_one: bool) -> Iterator[Problem]:
    """Checks a section's own parts; a single section needs no title."""
    yield from check_known_keys(section, place, "title", "rows")
    if "title" in section or not is_only_one:
        yield from check_menu_text(section, "title", place, "The section", limits.SECTION_TITLE)
    yield from check_some(section.get("rows"), place, "A section needs a row.", limits.SECTION_ROWS)


def _check_row(row: Json, place: str) -> Iterator[Problem]:
    yield from check_known_keys(row, f"{place}.title", "id", "title", "description")
    yield from check_menu_text(row, "title", f"{place}.title", "The row", limits.ROW_TITLE)
    if "description" in row:
        at = f"{place}.description"
        yield from check_menu_text(
            row, "description", at, "The description", limits.ROW_DESCRIPTION
        )
    yield from check_reply_id(row, place, limits.ROW_ID)


def _check_surplus(sections: Sequence[Json], rows: int) -> Iterator[Problem]:
    most = limits.ROWS.maximum
    message = f"WhatsApp shows {most} rows at once: the others come after a row “More”."
    if len(sections) > limits.SECTIONS.maximum:
        yield Problem("sections", "surplus", message, limits.SECTIONS, len(sections))
    elif rows > most:
        yield Problem("sections", "surplus", message, limits.ROWS, rows)
