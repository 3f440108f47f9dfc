"""The replies of a turn before they are laid out as messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    """An option to tap on. A description, or a title above 20 characters, turns all into a list."""

    id: str
    title: str
    description: str | None = None
    section: str | None = None


@dataclass(frozen=True)
class Bubble:
    """One reply.

    text: the words.
    options: up to three short ones become buttons, else a list.
    list_button: the button that opens the list, and the title of sections without one.
    header, footer: a line above and below the options.
    image: the address of a picture.
    interactive: a whole menu as Meta's `interactive` object, instead of options, list_button,
        header and footer. Buttons and lists that break a limit are laid out anew.
    more: with more than ten options, the key in the id of the row that leads on,
        `more:<key>:<page>`; without one, the options take several lists.
    more_title: the title of that row.
    page: which page of the options to show, from 1.
    """

    text: str = ""
    options: Sequence[Option] = ()
    list_button: str | None = None
    header: str | None = None
    footer: str | None = None
    image: str | None = None
    interactive: Json | None = None
    more: str | None = None
    more_title: str = "More"
    page: int = 1
