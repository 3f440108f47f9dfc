"""A form that was sent when the login had ended: it waits for the login and is offered again.

It travels in the login's own form, in the browser: nothing of it is stored.
"""

import json
from dataclasses import dataclass

from console.forms import Form

FIELD = "kept"
# Files are chosen again, and the token is a new one.
_LEFT_OUT = ("csrf",)


@dataclass(frozen=True)
class KeptForm:
    """Where a form was to go, and what was in it."""

    path: str
    fields: list[tuple[str, str]]

    def as_text(self) -> str:
        """As the login's hidden field carries it."""
        return json.dumps([self.path, self.fields])

    @property
    def words(self) -> list[str]:
        """What somebody typed in it, as far as it is longer than a choice."""
        typed = dict.fromkeys(value.strip() for _, value in self.fields)
        return [value for value in typed if " " in value or "\n" in value]


def keep_form(path: str, form: Form) -> KeptForm | None:
    """The form to be kept; None where nothing is in it."""
    fields = [(name, value) for name, value in form if name not in _LEFT_OUT]
    return KeptForm(path, fields) if fields else None


def read_kept(form: Form) -> KeptForm | None:
    """The form that came along with a login; None where there is none that makes sense."""
    try:
        path, fields = json.loads(form.text(FIELD))
        read = [(str(name), str(value)) for name, value in fields]
    except (ValueError, TypeError):
        return None
    is_ours = isinstance(path, str) and path.startswith("/") and not path.startswith("//")
    return KeptForm(path, read) if is_ours and "\\" not in path and path.isprintable() else None
