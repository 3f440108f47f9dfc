"""Keeps a form that was sent after the session had ended, and offers it again after the login.

It is kept in a hidden field of the login form, in the browser; nothing is stored on the server.
"""

import json
from dataclasses import dataclass

from console.forms import Form

FIELD = "kept"
# Fields that are not kept: the session's token will be a new one.
_LEFT_OUT = ("csrf",)


@dataclass(frozen=True)
class KeptForm:
    """The path that a form was sent to, and its fields."""

    path: str
    fields: list[tuple[str, str]]

    def as_text(self) -> str:
        """The form as JSON, for the hidden field of the login form."""
        return json.dumps([self.path, self.fields])

    @property
    def words(self) -> list[str]:
        """The values of more than one word: what was typed, and no mere choice."""
        typed = dict.fromkeys(value.strip() for _, value in self.fields)
        return [value for value in typed if " " in value or "\n" in value]


def keep_form(path: str, form: Form) -> KeptForm | None:
    """The form to keep; None if it has no fields."""
    fields = [(name, value) for name, value in form if name not in _LEFT_OUT]
    return KeptForm(path, fields) if fields else None


def read_kept(form: Form) -> KeptForm | None:
    """The kept form that a login form carries; None if there is none or it is invalid."""
    try:
        path, fields = json.loads(form.text(FIELD))
        read = [(str(name), str(value)) for name, value in fields]
    except (ValueError, TypeError):
        return None
    is_ours = isinstance(path, str) and path.startswith("/") and not path.startswith("//")
    return KeptForm(path, read) if is_ours and "\\" not in path and path.isprintable() else None
