"""The second factor: a code of six digits that the phone's app shows (TOTP, RFC 6238)."""

import hmac
from datetime import datetime

import pyotp
from sqlalchemy import func

from settings.errors import DocstringError
from storage.models import Staff

# The name that the app shows above the code.
ISSUER = "Counter"
# Phones' clocks differ: a code counts half a minute longer, and half a minute before its time.
_STEPS_APART = 1


class WrongCode(DocstringError, ValueError):
    """This code is not right, or was used before: wait for the next one."""


def draw_secret(somebody: Staff) -> None:
    """A new secret; it is active once a code of it was entered (`begin_second_factor`)."""
    somebody.second_factor = pyotp.random_base32()
    somebody.second_factor_since = None
    somebody.second_factor_step = None


def begin_second_factor(somebody: Staff, code: str, now: datetime) -> None:
    """From now on a login needs a code.

    Raises:
        WrongCode: the app does not show what it should.
    """
    accept_code(somebody, code, now)
    somebody.second_factor_since = func.now()


def end_second_factor(somebody: Staff) -> None:
    """Ends the second factor: the password is enough again."""
    somebody.second_factor = somebody.second_factor_since = somebody.second_factor_step = None


def is_on(somebody: Staff) -> bool:
    """Whether a login needs a code."""
    return somebody.second_factor_since is not None


def accept_code(somebody: Staff, code: str, now: datetime) -> None:
    """Accepts a code once; the caller has locked the row.

    Raises:
        WrongCode
    """
    step = _step_of(somebody.second_factor, "".join(code.split()), now)
    if step is None or step <= (somebody.second_factor_step or 0):
        raise WrongCode
    somebody.second_factor_step = step


def app_address(somebody: Staff) -> str:
    """The address in the QR code for the app: `otpauth://totp/Counter:Asha?secret=...`."""
    assert somebody.second_factor  # noqa: S101 (drawn before it is shown)
    totp = pyotp.TOTP(somebody.second_factor)
    return totp.provisioning_uri(name=somebody.name, issuer_name=ISSUER)


def _step_of(secret: str | None, code: str, now: datetime) -> int | None:
    """The time step that the code belongs to; None for a wrong one."""
    if secret is None:
        return None
    totp = pyotp.TOTP(secret)
    middle = totp.timecode(now)
    steps = range(middle - _STEPS_APART, middle + _STEPS_APART + 1)
    right = [s for s in steps if hmac.compare_digest(totp.generate_otp(s).encode(), code.encode())]
    return right[0] if right else None
