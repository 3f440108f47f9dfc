"""Asks for the password again before sensitive changes."""

from collections.abc import Callable

from console.refusals import Refused
from console.request_context import RequestContext
from shop.staff import login_limits, passwords


def look_at_password(desk: RequestContext, password: str) -> Callable[[], bool]:
    """Counts the try; returns a function that checks the password without a connection.

    A stolen session must not allow unlimited tries.

    Raises:
        Refused: too many tries.
    """
    count_try(desk)
    stored = desk.staff.password_hash
    return lambda: passwords.password_matches(password, stored)


def count_try(desk: RequestContext) -> None:
    """Counts one more try of a password or code by logged-in staff; see `login_limits`.

    Raises:
        Refused: too many tries.
    """
    try:
        login_limits.admit_login(desk.session, desk.staff.name, desk.address)
    except login_limits.TooManyTries as too_many:
        raise Refused(429, f"{too_many} ({too_many.seconds} s)") from None


def typed_password(desk: RequestContext, name: str) -> str:
    """A password as typed: blanks around it are part of it."""
    return (desk.form.texts(name) or [""])[-1]
