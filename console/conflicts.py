"""Merges edits of two people to the same thing, and reports conflicts.

A form also sends what its fields held when it was opened (`was` in templates/parts.html). If only
one of the two has changed a field, that change is kept. If both have, nothing is saved: the form
comes back with what was typed, and beside it what the other person has saved meanwhile.
"""

from collections.abc import Mapping

from console.forms import Form
from console.translation import say

PREFIX = "was."


def read_opened(form: Form) -> dict[str, str]:
    """What the form says that its fields held when it was opened."""
    return {name.removeprefix(PREFIX): value for name, value in form if name.startswith(PREFIX)}


def join_edits(form: Form, now: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """The values to save, by field: what was typed, or the current value of untouched fields.

    now: the saved values; typed: the form's values."""
    return {
        name: now[name] if name in now and _is_untouched(form, name, value) else value
        for name, value in typed.items()
    }


def find_edit_conflicts(
    form: Form, now: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, str]:
    """The fields that both people changed differently, with a text that says the saved value."""
    return {
        name: say(
            "It is {value} meanwhile. Save again to change it.", value=now[name] or say("empty")
        )
        for name, value in typed.items()
        if _was_changed(form, now, name) and not _is_untouched(form, name, value)
        if _same_lines(value) != _same_lines(now[name])
    }


def merge_edits(
    form: Form, now: Mapping[str, str], typed: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The values to save, as of `join_edits`, and the conflicts, which must be empty for that."""
    return join_edits(form, now, typed), find_edit_conflicts(form, now, typed)


def _was_changed(form: Form, now: Mapping[str, str], name: str) -> bool:
    """Whether the saved value of a field has changed since the form was opened."""
    was = form.texts(PREFIX + name)
    return bool(was) and name in now and _same_lines(was[-1]) != _same_lines(now[name])


def _is_untouched(form: Form, name: str, value: str) -> bool:
    was = form.texts(PREFIX + name)
    return bool(was) and _same_lines(value) == _same_lines(was[-1])


def _same_lines(text: str) -> list[str]:
    """The lines without blanks around them and empty lines at the end, which browsers change."""
    return [line.strip() for line in text.strip().splitlines()]
