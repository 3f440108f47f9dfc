"""Describes the details of audit log entries in words."""

from console.translation import say
from console.wording import format_detail, format_status

_TABLES = {
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
    "by": "with",
    "changes": "",
    "kind": "as",
    "line": "",
    "position": "to place",
    "price": "for ₹",
    "role": "as",
    "rows": "",
    "to_version": "to version",
}
_FIELDS = {"is_active": "can log in"}


def table_title(name: str) -> str:
    """The title of a table's contents: `order_notices` → `News of orders`."""
    return say(_TABLES.get(name, name.replace("_", " ")))


def spell_change(details: dict[str, object]) -> str:
    """A change in words: `from new to confirmed`, `to version 1`."""
    rest = {key: value for key, value in details.items() if key not in ("before", "after")}
    words = [_detail(key, value) for key, value in rest.items()]
    if "before" in details or "after" in details:
        words.insert(0, _change(details.get("before"), details.get("after")))
    return ", ".join(filter(None, words))


def _detail(key: str, value: object) -> str:
    if (key, value) == ("by", "text"):
        return ""
    if isinstance(value, dict):
        value = ", ".join(
            f"{table_title(name)}: {format_detail(one)}" for name, one in value.items()
        )
    return f"{say(_BEFORE_IT.get(key, key.replace('_', ' ')))} {format_detail(value)}".strip()


def _change(before: object, after: object) -> str:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return say("from {before} to {after}", before=_state(before), after=_state(after))
    changed = [key for key in before if before[key] != after.get(key)]
    return ", ".join(
        f"{say(_FIELDS.get(key, key))} {_change(_value(before[key]), _value(after.get(key)))}"
        for key in changed
    )


def _state(one: object) -> str:
    """A value before or after a change; a status of orders by the staff's name for it."""
    return format_status(one) if isinstance(one, str) else format_detail(one)


def _value(one: object) -> object:
    return say("nothing") if one == "" else one
