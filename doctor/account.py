"""The WhatsApp account: the number, what Meta thinks of it, and whether it may send."""

from collections.abc import Iterator

from doctor.findings import ACCOUNT, Finding, Point
from settings import Settings
from whatsapp_account.graph import GraphTrouble, NoAnswer, Refused
from whatsapp_account.number import Health, Number

NUMBER = Point(ACCOUNT, "Number")
NAME = Point(ACCOUNT, "Display name")
QUALITY = Point(ACCOUNT, "Quality")
THROUGHPUT = Point(ACCOUNT, "Throughput")
LIMIT = Point(ACCOUNT, "Messaging limit")
PAYMENT = Point(ACCOUNT, "Payment method")
VERIFIED = Point(ACCOUNT, "Business verification")
SENDING = Point(ACCOUNT, "May send")

MANAGER = "See business.facebook.com > WhatsApp Manager"
# Codes of the health status.
NO_PAYMENT, NOT_VERIFIED = 141006, 141010
# How many customers may be written to first in a day.
LIMITS = {
    "TIER_50": 50,
    "TIER_250": 250,
    "TIER_1K": 1_000,
    "TIER_2K": 2_000,
    "TIER_10K": 10_000,
    "TIER_100K": 100_000,
}
FEW = 250
# Messages a second; a number that the WhatsApp Business app uses, too, has the least.
BY_HIGH_THROUGHPUT, BY_STANDARD, BESIDE_THE_APP = 1_000, 80, 20
# With code 100: an id that Meta does not show.
NOT_VISIBLE = 33
PARTS = {"PHONE_NUMBER": "number", "WABA": "account", "BUSINESS": "business", "APP": "app"}


def explain_trouble(point: Point, error: GraphTrouble) -> Finding:
    """What Meta's refusal of a question means for the point."""
    if isinstance(error, NoAnswer):
        return point.unknown(f"WhatsApp did not answer ({error}).", "See WhatsApp answers.")
    return point.unknown(f"Meta refused: {error}.", "See Token and Token's rights.")


def explain_no_number(error: GraphTrouble) -> Finding:
    """Why the number could not be read."""
    if isinstance(error, Refused) and error.subcode == NOT_VISIBLE:
        return NUMBER.trouble(
            "Meta does not know the phone number id that is set, or the token does not see it.",
            "Take the phone number id (not the number) from the app's page WhatsApp > API Setup.",
            "WHATSAPP_PHONE_NUMBER_ID",
        )
    return explain_trouble(NUMBER, error)


def examine_number(number: Number, settings: Settings) -> Iterator[Finding]:
    """Registered, with an approved name, liked, quick enough, and able to pay."""
    yield _registered(number)
    yield _name(number)
    yield _quality(number)
    yield _throughput(number, settings)
    yield _limit(number)
    yield from _health(number)


def _registered(number: Number) -> Finding:
    if number.status not in ("", "CONNECTED"):
        return NUMBER.trouble(
            f"+{number.phone.lstrip('+')} cannot be used yet: it is {_in_words(number.status)}.",
            "Register it: WhatsApp Manager > Phone numbers.",
            "or POST /<number id>/register with messaging_product and a six-digit pin",
        )
    if number.platform not in ("", "CLOUD_API"):
        return NUMBER.trouble(
            f"It is not on the Cloud API: {_in_words(number.platform)}.",
            "Move it to the Cloud API: WhatsApp Manager > Phone numbers.",
        )
    return NUMBER.fine(f"+{number.phone.lstrip('+')} is connected.")


def _name(number: Number) -> Finding:
    if number.name_status in ("APPROVED", "AVAILABLE_WITHOUT_REVIEW", ""):
        return NAME.fine(f"{number.name}.")
    return NAME.trouble(
        f"{number.name} is not approved: {_in_words(number.name_status)}.",
        f"{MANAGER} > Phone numbers: customers see the number alone until a name is approved.",
    )


def _quality(number: Number) -> Finding:
    if number.quality == "RED":
        return QUALITY.trouble(
            "Red: customers block or report the number.",
            "Write less unasked, stop offers, answer people; Meta may lower the limit.",
        )
    if number.quality == "YELLOW":
        return QUALITY.look(
            "Yellow: some customers block or report the number.",
            "Look at what customers block: WhatsApp Manager > Insights.",
        )
    return QUALITY.fine("Green." if number.quality == "GREEN" else "Not rated yet.")


def _throughput(number: Number, settings: Settings) -> Finding:
    """What the number may send in a second, beside what we send."""
    ours = settings.messages_per_second
    allowed = BY_HIGH_THROUGHPUT if number.throughput == "HIGH" else BY_STANDARD
    allowed = BESIDE_THE_APP if number.is_in_app else allowed
    if number.throughput == "NOT_APPLICABLE":
        return THROUGHPUT.trouble(
            "The number is not registered for the Cloud API.", "See Number: register it."
        )
    if ours > allowed:
        return THROUGHPUT.trouble(
            f"The number may send {allowed} messages a second, and we would send {ours:g}.",
            f"Have us send {allowed} at most.",
            f"MESSAGES_PER_SECOND={allowed}",
        )
    return THROUGHPUT.fine(
        f"The number may send {allowed} messages a second; we send {ours:g} at most."
    )


def _limit(number: Number) -> Finding:
    if number.limit == "TIER_UNLIMITED":
        return LIMIT.fine("No limit.")
    most = LIMITS.get(number.limit)
    if most is None:
        return LIMIT.unknown("Meta does not say.", f"{MANAGER} > Account tools > Messaging limits.")
    words = f"{most:,} customers a day may be written to first; answers do not count."
    if most <= FEW:
        return LIMIT.look(words, "Verify the business at Meta: the limit becomes 2,000.")
    return LIMIT.fine(words)


def _health(number: Number) -> Iterator[Finding]:
    """Payment and verification by their codes; all else that stops us, in Meta's own words."""
    if not number.health:
        yield SENDING.unknown("Meta does not tell the account's health.", f"{MANAGER}.")
        return
    errors = [error for part in number.health for error in part.errors]
    codes = {code for code, _, _ in errors}
    if NO_PAYMENT in codes:
        yield PAYMENT.trouble(
            "There is none, or it failed: messages outside the 24 hours are refused, and answers "
            "once the free ones of the month are used up.",
            f"{MANAGER} > Overview > Add payment method.",
        )
    else:
        yield PAYMENT.fine("Meta has no complaint of it.")
    if NOT_VERIFIED in codes:
        yield VERIFIED.look(
            "The business is not verified: limits stay low.",
            "Business settings > Security centre > Start verification.",
        )
    yield from map(_part, number.health)


def _part(part: Health) -> Finding:
    point = Point(ACCOUNT, f"{SENDING.title}: {PARTS.get(part.kind, part.kind.lower())}")
    others = [each for each in part.errors if each[0] not in (NO_PAYMENT, NOT_VERIFIED)]
    if others:
        _, words, cure = others[0]
        return point.trouble(words or "Meta does not say why not.", cure or f"{MANAGER}.")
    if part.state == "BLOCKED" and not part.errors:
        return point.trouble("Meta blocks it.", f"{MANAGER} > Account quality.")
    if part.remarks:
        return point.look(" ".join(part.remarks), f"{MANAGER}.")
    return point.fine("Yes." if part.state != "BLOCKED" else "No other reason against it.")


def _in_words(value: str) -> str:
    """`PENDING_REVIEW` in words."""
    return value.replace("_", " ").lower()
