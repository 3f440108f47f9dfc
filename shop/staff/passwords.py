"""Passwords, hashed with scrypt: slow to try, and enough memory that graphics cards gain little.

The cost follows OWASP's password storage cheat sheet (N=2^15, r=8, p=3: 32 MB, about 0.2 s).
https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from threading import BoundedSemaphore
from typing import NamedTuple

from settings.errors import DocstringError

SHORTEST = 10
# Longer ones add no security, and hashing megabytes would waste time.
LONGEST = 256


class Cost(NamedTuple):
    """The cost of one try: 128 * n * r bytes of memory, p times the work."""

    n: int = 2**15
    r: int = 8
    p: int = 3


# 32 MB each: a burst of logins must queue instead of filling the memory, and the queue must leave
# threads for the console's pages.
_AT_ONCE = BoundedSemaphore(2)
_WAITING = BoundedSemaphore(24)
_COST = Cost()


class UnfitPassword(DocstringError, ValueError):
    """A password has 10 to 256 characters and is not the name."""


class TooManyAtOnce(DocstringError):
    """More passwords are to be looked at than can wait for it: try again in a moment."""


def check_password(password: str, name: str) -> None:
    """Refuses passwords that are too short or too easy to guess.

    Raises:
        UnfitPassword: choose another.
    """
    if not SHORTEST <= len(password) <= LONGEST or password.casefold() == name.casefold():
        raise UnfitPassword


def hash_password(password: str) -> str:
    """`scrypt$n$r$p$salt$hash`: everything that is needed to check a password later.

    Takes long, as `password_matches` does: never call either while a connection is held.

    Raises:
        TooManyAtOnce
    """
    salt = secrets.token_bytes(16)
    digest = _scrypt(password, salt, _COST)
    numbers = "$".join(str(number) for number in _COST)
    return f"scrypt${numbers}${b64encode(salt).decode()}${b64encode(digest).decode()}"


def password_matches(password: str, stored: str | None) -> bool:
    """Whether this is the password; takes the same time if there is none to compare with.

    Raises:
        TooManyAtOnce
    """
    if stored is None or len(password) > LONGEST:
        _scrypt("", b"nobody", _COST)
        return False
    _, n, r, p, salt, digest = stored.split("$")
    tried = _scrypt(password, b64decode(salt), Cost(int(n), int(r), int(p)))
    return hmac.compare_digest(tried, b64decode(digest))


def _scrypt(password: str, salt: bytes, cost: Cost) -> bytes:
    needed = 128 * cost.r * (cost.n + cost.p + 2)
    secret = password.encode("utf-8", "surrogatepass")
    if not _WAITING.acquire(blocking=False):
        raise TooManyAtOnce
    try:
        with _AT_ONCE:
            return hashlib.scrypt(
                secret, salt=salt, n=cost.n, r=cost.r, p=cost.p, dklen=32, maxmem=needed + 2**20
            )
    finally:
        _WAITING.release()
