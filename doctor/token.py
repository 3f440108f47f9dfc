"""The access token: whether WhatsApp takes it, its rights, and for how long."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from doctor.findings import ACCOUNT, Finding, Point
from settings import Settings
from whatsapp_account.graph import GraphTrouble, Refused
from whatsapp_account.token import Token

REACHED = Point(ACCOUNT, "WhatsApp answers")
VALID = Point(ACCOUNT, "Token")
RIGHTS = Point(ACCOUNT, "Token's rights")
EXPIRY = Point(ACCOUNT, "Token's expiry")

SOON = timedelta(days=30)
FRESH_ONE = (
    "Business settings > System users > Generate token: never expiring, with "
    "whatsapp_business_messaging and whatsapp_business_management."
)
SETTING = "WHATSAPP_ACCESS_TOKEN"
# The code of a version that Meta does not serve.
UNKNOWN_PATH = 2500


def explain_no_token(error: GraphTrouble, settings: Settings) -> Finding:
    """Why Meta did not even describe the token."""
    if isinstance(error, Refused):
        if error.code == UNKNOWN_PATH:
            return REACHED.trouble(
                f"Meta does not know the version {settings.whatsapp_api_version}.",
                "Use one that Meta serves.",
                "WHATSAPP_API_VERSION=v23.0",
            )
        return VALID.trouble(f"Meta refuses it: {error}.", FRESH_ONE, SETTING)
    if settings.emulated:
        return REACHED.trouble("The emulator does not run.", "Start the shop.", "make run")
    return REACHED.trouble(
        f"No answer from {settings.whatsapp_api_url} ({error}).",
        "Check that this machine may connect out on port 443, and its DNS.",
        "WHATSAPP_API_URL",
    )


def examine_token(token: Token, account_id: str) -> Iterator[Finding]:
    """Valid, with both rights, for our account, and for how long."""
    yield REACHED.fine("The Graph API answers.")
    if not token.is_valid:
        yield VALID.trouble("It is not valid any more.", FRESH_ONE, SETTING)
        return
    yield VALID.fine("It is valid.")
    if missing := token.missing_rights:
        yield RIGHTS.trouble(f"It lacks {' and '.join(missing)}.", FRESH_ONE, SETTING)
    elif account_id and token.targets and account_id not in token.targets:
        yield RIGHTS.trouble(
            "They are for another WhatsApp account than the number's.",
            "Business settings > System users: assign the WhatsApp account; then a new token.",
            SETTING,
        )
    else:
        yield RIGHTS.fine("It may send, and manage the account.")
    yield _expiry(token, datetime.now(UTC))


def _expiry(token: Token, now: datetime) -> Finding:
    if token.expires_at is None:
        return EXPIRY.fine("It does not expire.")
    day = f"{token.expires_at:%d %B %Y, %H:%M} UTC"
    if token.expires_at <= now:
        return EXPIRY.trouble(f"It expired on {day}.", FRESH_ONE, SETTING)
    if token.expires_at - now < SOON:
        return EXPIRY.trouble(
            f"It expires on {day}: then nothing is sent any more.", FRESH_ONE, SETTING
        )
    return EXPIRY.look(f"It expires on {day}.", FRESH_ONE, SETTING)
