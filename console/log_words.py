"""Words for the lines of the audit log: their subjects and details, as owners call them."""

import re

from console.translation import say
from console.wording import format_detail, format_status
from shop.language.languages import name_of_language

TABLES = {
    "user_profiles": "Profile",
    "conversation_state": "Conversation under way",
    "media_files": "Pictures, voices and files",
    "whatsapp_messages": "Messages",
    "orders": "Orders",
    "order_notices": "News of orders",
    "tickets": "Tickets",
    "events": "What the bot remembers",
    "unclear_messages": "Messages that were not understood",
}
_BEFORE_IT = {
    "address": "from",
    "again": "again after minutes",
    "by": "with",
    "changes": "",
    "fee": "for ₹",
    "kind": "as",
    "language": "in",
    "line": "",
    "note": "",
    "position": "to place",
    "price": "for ₹",
    "reached": "taken",
    "role": "as",
    "rows": "",
    "to_version": "to version",
    "total": "for ₹",
    "words": "",
}
# What says nothing to people: our own numbers of messages, and all that is kept of a product.
_LEFT_OUT = ("message", "kept")
# Fields of forms, as the forms call them.
FIELDS = {
    "accept_within_minutes": "Minutes to accept an order",
    "accepts_orders": "Who accepts an order",
    "alarm_phone": "WhatsApp number for alarms",
    "aliases": "Other words for it",
    "fulfilment": "How customers get their order",
    "is_active": "can log in",
    "minimum_order": "Smallest order in ₹",
    "order_ahead_days": "Days that can be ordered ahead",
    "preparation_minutes": "Minutes to prepare an order",
    "shop_name": "Name",
    "short_name": "Short name",
    "slot_capacity": "Most orders for the same time",
    "slot_minutes": "Minutes between the times customers can choose",
    "stock": "Left now",
    "stock_daily": "New each day",
    "time_zone": "Time zone",
    "when_unaccepted": "Where nobody accepts it",
}
# Values that stand in the tables as codes.
VALUES = {
    "None": "nothing",
    "automatically": "at once",
    "by_staff": "one of us",
    "cancel": "cancel it",
    "dine_in": "at a table",
    "image": "picture",
    "interactive": "buttons",
    "pickup": "pick-up",
    "remind": "remind us",
    "template": "template",
}
# How the shop's switch stands: "Busy +20".
_SWITCH = ("Open", "Busy", "Paused", "Closed")
# What is written by somebody, and never a code.
_WRITTEN = ("line", "note", "words", "name")
# How PostgreSQL's and Python's lists stood in older lines: "['pickup', 'delivery']".
_LISTED = re.compile(r"\['[a-z_]+'(?:, '[a-z_]+')*\]")


def table_title(name: str) -> str:
    """The title of a table's contents: `order_notices` → `News of orders`."""
    return say(TABLES.get(name, name.replace("_", " ")))


def field_title(name: str) -> str:
    """What a form calls a field: `stock_daily` → `New each day`, `name.hi` → `name (Hindi)`."""
    plain, _, language = name.partition(".")
    title = say(FIELDS.get(plain, plain.replace("_", " ")))
    return f"{title} ({say(name_of_language(language))})" if language else title


def spell_change(details: dict[str, object]) -> str:
    """A change in words: `from new to confirmed`, `to version 1`."""
    rest = {key: value for key, value in details.items() if key not in ("before", "after")}
    words = [_detail(key, value) for key, value in rest.items() if key not in _LEFT_OUT]
    if "before" in details or "after" in details:
        words.insert(0, _change(details.get("before"), details.get("after")))
    return ", ".join(filter(None, words))


def _detail(key: str, value: object) -> str:
    if (key, value) == ("by", "text") or value in ("", 0, []):
        return ""
    if isinstance(value, dict):
        said = ", ".join(
            f"{table_title(name)}: {format_detail(one)}" for name, one in value.items()
        )
    elif key == "changes" and isinstance(value, list):
        said = "; ".join(say(str(one)) for one in value)
    elif key == "language":
        said = say(str(value))
    else:
        said = format_detail(value) if key in _WRITTEN else _state(value)
    before = say(_BEFORE_IT.get(key, key.replace("_", " ")))
    return f"{before}{'' if before.endswith('₹') else ' '}{said}".strip()


def _change(before: object, after: object) -> str:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return say("from {before} to {after}", before=_state(before), after=_state(after))
    changed = [key for key in before if before[key] != after.get(key)]
    return "; ".join(
        f"{field_title(key)}: {_state(_value(before[key]))} → {_state(_value(after.get(key)))}"
        for key in changed
    )


def _state(one: object) -> str:
    """A value before or after a change; a status of orders by the staff's name for it."""
    if not isinstance(one, str):
        return format_detail(one)
    if _LISTED.fullmatch(one):
        return ", ".join(_state(each) for each in re.findall(r"[a-z_]+", one))
    word, plus, minutes = one.partition(" +")
    # What somebody has written is said as it stands, also where it is a word of ours.
    if one not in VALUES and not word.islower() and word not in _SWITCH:
        return one
    return (say(VALUES[word]) if word in VALUES else format_status(word)) + plus + minutes


def _value(one: object) -> object:
    return say("nothing") if one in ("", None) else one
