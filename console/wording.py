"""Formats times, phone numbers and counts; times in the shop's time zone."""

import re
from contextvars import ContextVar
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from console.translation import say
from shop.opening.reading import FALLBACK_ZONE
from shop.opening.schedule import moment_of
from shop.products.money import group_digits

_MINUTE = 60
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}

# The time zone of the current request: each request runs in a context of its own.
_zone: ContextVar[ZoneInfo] = ContextVar("zone", default=FALLBACK_ZONE)


def use_zone(zone: ZoneInfo) -> None:
    """Sets the time zone of this request."""
    _zone.set(zone)


def to_local(moment: datetime) -> datetime:
    """The moment in the shop's time zone."""
    return moment.astimezone(_zone.get())


def local_now() -> datetime:
    """Now, in the shop's time zone."""
    return to_local(datetime.now(UTC))


def local_midnight(moment: datetime | None = None) -> datetime:
    """The last midnight before a moment (now, if None) in the shop's time zone."""
    day = to_local(moment or local_now()).date()
    return to_local(moment_of(datetime.combine(day, time()), _zone.get()))


def format_ago(moment: datetime | None) -> str:
    """The time since a moment: `12 min`, `3 h`, `2 days`."""
    if moment is None:
        return say("never")
    passed = datetime.now(UTC) - moment
    if passed < timedelta(minutes=1):
        return say("now")
    if passed < timedelta(hours=1):
        return f"{passed.seconds // 60} {say('min')}"
    if passed < timedelta(days=1):
        return f"{passed.seconds // 3600} {say('h')}"
    return format_count(passed.days, say("day"), say("days"))


def format_left(moment: datetime) -> str:
    """The time until a promise: `12 min left`, `2 h left`, `7 min late`; console.js updates it."""
    minutes = int((moment - datetime.now(UTC)).total_seconds() // _MINUTE)
    word = say("late" if minutes < 0 else "left")
    far = -minutes if minutes < 0 else minutes
    if far < 2 * _MINUTE:
        return f"{far} {say('min')} {word}"
    return f"{far // _MINUTE} {say('h')} {word}"


def format_clock(moment: datetime) -> str:
    """`14:05`."""
    return f"{to_local(moment):%H:%M}"


def format_moment(when: datetime | None) -> str:
    """`today 14:05`, `yesterday 9:30`, `tomorrow 9:30`, `3 Nov 14:05`; another year's too."""
    if when is None:
        return say("never")
    local, today = to_local(when), local_now().date()
    if near := _NEAR.get((local.date() - today).days):
        return f"{say(near)} {local:%H:%M}"
    year = "" if local.year == today.year else f" {local.year}"
    month = say(f"{local:%b}")
    return f"{local.day} {month}{year} {local:%H:%M}"


def format_day(when: datetime) -> str:
    """`today`, `yesterday`, `3 Nov`."""
    return format_moment(when).rpartition(" ")[0]


def format_phone(digits: str | None) -> str:
    """`919800000001` → `+91 98000 00001`; other countries' numbers just get their plus."""
    if not digits:
        return say("no number")
    if indian := re.fullmatch(r"91(\d{5})(\d{5})", digits):
        return f"+91 {indian[1]} {indian[2]}"
    return f"+{digits}"


def format_count(count: int, one: str, many: str | None = None) -> str:
    """`1 order`, `2 orders`."""
    return f"{group_digits(count)} {say(one if count == 1 else many or one + 's')}"


# Statuses of orders that staff call otherwise than the tables do.
_STATUSES = {"pending": "new"}


def format_status(status: str) -> str:
    """The staff's name of a status: `pending` → `new`."""
    return say(_STATUSES.get(status, status))


# The names of messages without text, by kind.
_KINDS = {
    "image": "Picture", "sticker": "Sticker", "audio": "Voice message", "voice": "Voice message",
    "video": "Video", "document": "Document", "location": "Place", "contacts": "Contact",
    "interactive": "Tapped", "button": "Tapped", "order": "Cart", "reaction": "Reaction",
    "template": "Template",
}  # fmt: skip


def format_kind(kind: str) -> str:
    """`audio` → `Voice message`; an unknown kind is just a message."""
    return say(_KINDS.get(kind, "Message"))


def format_detail(value: object) -> str:
    """A detail of the audit log as text: lists and objects without brackets and quotes."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {format_detail(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(format_detail(one) for one in value)
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return "–" if value is None else str(value)


# In this order, since most browsers also name others in their user agent.
_BROWSERS = {"Firefox": "Firefox", "Edg": "Edge", "OPR": "Opera", "Chrome": "Chrome"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


def browser_name(agent: str) -> str:
    """A short name of a user agent, `Chrome, Android`, to recognise one's own devices."""
    name = next((said for sign, said in _BROWSERS.items() if sign in agent), "Safari")
    system = next((one for one in _SYSTEMS if one in agent), "")
    return f"{name}, {system}" if system else say("Another device")


def format_whole(figure: float | Decimal) -> str:
    """A whole number, grouped as in India: `1,234`, `12,34,567`."""
    return group_digits(round(figure))


def format_seconds(figure: float | Decimal | None) -> str:
    """`0.4 s`, `12 s`, `5 min`, `3 h`; a dash if nothing was measured."""
    if figure is None:
        return "–"
    if figure < _MINUTE:
        written = f"{figure:.0f}" if figure >= 10 else f"{figure:.1f}"  # noqa: PLR2004
        return f"{written} {say('s')}"
    minutes = float(figure) / _MINUTE
    if minutes < _MINUTE:
        return f"{minutes:.0f} {say('min')}"
    return f"{minutes / _MINUTE:.1f} {say('h')}"


def format_plain_rupees(amount: Decimal) -> str:
    """An amount as it is typed into a form: `40`, `39.50`."""
    return f"{amount:.2f}".removesuffix(".00")
