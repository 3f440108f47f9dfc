"""Two people who change the same thing: nothing of either is lost, and both are seen.

A form carries what its fields held when it was opened (`was` in templates/parts.html). Where only
one of the two has changed a field, that change stands. Where both have, nothing is saved: the
form comes back with what was typed, and beside it what the other one has saved meanwhile.
"""

from collections.abc import Mapping

from console.forms import Form
from console.translation import say

PREFIX = "was."


def read_opened(form: Form) -> dict[str, str]:
    """What the form says that its fields held when it was opened."""
    return {name.removeprefix(PREFIX): value for name, value in form if name.startswith(PREFIX)}


def join_edits(form: Form, now: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """What to save of the fields that the form has: what was typed, else what stands there now."""
    return {
        name: now[name] if name in now and _is_untouched(form, name, value) else value
        for name, value in typed.items()
    }


def find_conflicts(form: Form, now: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """By field that both have changed, differently: what the other one has saved."""
    return {
        name: say(
            "It is {value} meanwhile. Save again to change it.", value=now[name] or say("empty")
        )
        for name, value in typed.items()
        if _was_changed(form, now, name) and not _is_untouched(form, name, value)
        if _same_lines(value) != _same_lines(now[name])
    }


def _was_changed(form: Form, now: Mapping[str, str], name: str) -> bool:
    """Whether somebody else has changed it since the form was opened."""
    was = form.texts(PREFIX + name)
    return bool(was) and name in now and _same_lines(was[-1]) != _same_lines(now[name])


def _is_untouched(form: Form, name: str, value: str) -> bool:
    was = form.texts(PREFIX + name)
    return bool(was) and _same_lines(value) == _same_lines(was[-1])


def _same_lines(text: str) -> list[str]:
    """Blanks around lines, and empty lines at the end, come and go on their way."""
    return [line.strip() for line in text.strip().splitlines()]
