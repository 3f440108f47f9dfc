"""Creates the first owner, from CONSOLE_PASSWORD or by a one-time link.

`python -m console.first_owner` prints that link, or nothing if somebody can already log in. With
`--forgotten` it prints a link by which an owner who forgot the password chooses a new one.
"""

import argparse
import sys
from collections.abc import Sequence

from sqlalchemy.exc import DBAPIError

import settings
from settings import Settings
from shop.staff import links, passwords, people
from storage.embedded.errors import EmbeddedError
from storage.engine import MalformedUrl, session

NAME = "owner"


def prepare_owner(configured: Settings) -> None:
    """Creates the owner from CONSOLE_PASSWORD, or prints a link on a terminal.

    Such a link must not go into a log file; `make run` prints it with the command above.
    """
    made = from_password(configured.console_password)
    if not made and sys.stdout.isatty() and (link := draw_link(configured)):
        print(f"Open this once to make the first owner: {link}", flush=True)


def from_password(password: str | None) -> bool:
    """Creates the owner if there is none; False without a password.

    A short password gets a warning only.
    """
    if not password:
        return False
    with session() as opened:
        needed = people.nobody_yet(opened)
    if needed:
        hashed = passwords.hash_password(password)
        with session() as opened:
            people.add_first_owner(opened, NAME, hashed)
        if len(password) < passwords.SHORTEST:
            print("console: CONSOLE_PASSWORD is short, choose a longer one", file=sys.stderr)
    return True


def draw_link(configured: Settings) -> str | None:
    """A link for the first owner, valid for a day; older ones end. None if there is an owner."""
    with session() as opened:
        if not people.nobody_yet(opened):
            return None
        return _address(configured, links.draw_staff_link(opened, None))


def draw_link_again(configured: Settings) -> str:
    """A link for an owner to choose a new password, else the one for the first owner."""
    with session() as opened:
        owner = people.any_owner(opened)
        return _address(configured, links.draw_staff_link(opened, owner))


def _address(configured: Settings, token: str) -> str:
    return f"{configured.console_address}/welcome/{token}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m console.first_owner", description=__doc__)
    parser.add_argument("--forgotten", action="store_true", help="a link for a new password")
    forgotten = parser.parse_args(arguments).forgotten
    try:
        if link := find_link(settings.load_settings(), forgotten=forgotten):
            print(link)
    except (settings.SettingsError, EmbeddedError, MalformedUrl) as error:
        print(f"console: {error}", file=sys.stderr)
        return 1
    except DBAPIError as error:  # safe to print: storage.engine keeps values out of its message
        print(f"console: the database: {' '.join(str(error.orig).split())}", file=sys.stderr)
        return 1
    return 0


def find_link(configured: Settings, *, forgotten: bool) -> str | None:
    """The link to print; None if somebody can already log in, or CONSOLE_PASSWORD is set."""
    if forgotten:
        return draw_link_again(configured)
    return None if from_password(configured.console_password) else draw_link(configured)


if __name__ == "__main__":
    sys.exit(main())
