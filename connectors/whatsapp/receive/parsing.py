"""Parses the body of a webhook: every entry, every change, everything in it.

Any JSON value is a valid argument; parts that make no sense are left out and counted.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from connectors.whatsapp.api import fields
from connectors.whatsapp.api.fields import Json
from connectors.whatsapp.api.inbound import (
    InboundMessage,
    Preference,
    Problem,
    Sender,
    Status,
    TemplateStatus,
    Webhook,
)
from connectors.whatsapp.api.received import parse_received
from connectors.whatsapp.api.sanitise import parse_json
from connectors.whatsapp.receive.account_changes import parse_account, parse_quality
from trays import encoding

_T = TypeVar("_T")
_Reader = Callable[[Json, Json], _T | None]


def parse_webhook(raw: bytes) -> Webhook:
    """Parses a webhook's body.

    Raises:
        ValueError, RecursionError: it is not valid JSON.
    """
    body = parse_json(raw)
    return Webhook.join(
        [_CHANGES.get(field, _noticed)(field, value) for field, value in _changes(body)]
    )


def _changes(body: object) -> Iterator[tuple[str, Json]]:
    """Each change's field and value."""
    for entry in fields.read_mappings(body, "entry") if isinstance(body, dict) else ():
        for change in fields.read_mappings(entry, "changes"):
            yield (
                fields.read_text(change, "field") or "messages",
                fields.read_mapping(change, "value"),
            )


def _spoken(_field: str, value: Json) -> Webhook:
    """A change of the field `messages`, with its messages, statuses and errors."""
    messages, lost = _read_all(value, "messages", _message)
    statuses, unknown = _read_all(value, "statuses", _status)
    problems, _ = _read_all(value, "errors", _problem)
    return Webhook(messages=messages, statuses=statuses, problems=problems, dropped=lost + unknown)


def _echoed(_field: str, value: Json) -> Webhook:
    echoes, lost = _read_all(value, "message_echoes", _echo)
    return Webhook(echoes=echoes, dropped=lost)


def _preferred(_field: str, value: Json) -> Webhook:
    preferences, lost = _read_all(value, "user_preferences", _preference)
    return Webhook(preferences=preferences, dropped=lost)


def _reviewed(_field: str, value: Json) -> Webhook:
    """A change of a message template's status."""
    name, language, event, reason = (
        fields.read_text(value, key)
        for key in ("message_template_name", "message_template_language", "event", "reason")
    )
    if not name or not language or not event:
        return Webhook(dropped=1)
    return Webhook(templates=(TemplateStatus(name, language, event, reason),))


def _noticed(field: str, _value: Json) -> Webhook:
    return Webhook(notices=(field,))


_CHANGES: dict[str, Callable[[str, Json], Webhook]] = {
    "messages": _spoken,
    "smb_message_echoes": _echoed,
    "user_preferences": _preferred,
    "message_template_status_update": _reviewed,
    "phone_number_quality_update": parse_quality,
    "account_update": parse_account,
}


def _read_all(value: Json, key: str, reader: _Reader[_T]) -> tuple[tuple[_T, ...], int]:
    """The usable elements of the list under the key, and the number of the others."""
    listed = value.get(key)
    if not listed or not isinstance(listed, list):
        return (), 0
    items = [reader(value, item) for item in listed if isinstance(item, dict)]
    understood = tuple([item for item in items if item is not None])
    return understood, len(listed) - len(understood)


def _message(value: Json, message: Json) -> InboundMessage | None:
    return _from(_sender(value, message), value, message)


def _echo(value: Json, message: Json) -> InboundMessage | None:
    """A message that staff typed on the phone; the customer is its recipient."""
    phone, user_id = fields.read_phone(message, "to"), fields.read_user_id(message, "to_user_id")
    return _from(Sender(phone, user_id), value, message)


def _from(sender: Sender, value: Json, message: Json) -> InboundMessage | None:
    """The message; None without a message id or without a sender."""
    message_id = _id(message)
    if not message_id or not (sender.phone or sender.user_id):
        return None
    return InboundMessage(
        message_id=message_id,
        phone_number_id=_number_id(value),
        to_phone=fields.read_phone(fields.read_mapping(value, "metadata"), "display_phone_number"),
        sender=sender,
        type=(fields.read_text(message, "type") or "unknown")[:64],
        received=parse_received(message),
        timestamp=fields.read_moment(message, "timestamp"),
        context_id=_id(fields.read_mapping(message, "context")),
        payload=dict(message),
    )


def _sender(value: Json, message: Json) -> Sender:
    """The sender by phone or user id; both if the contacts beside the message name the other."""
    phone, user_id = (
        fields.read_phone(message, "from"),
        fields.read_user_id(message, "from_user_id"),
    )
    contact = _contact(value, phone, user_id)
    return Sender(
        phone=phone or fields.read_phone(contact, "wa_id"),
        user_id=user_id or fields.read_user_id(contact, "user_id"),
        name=fields.read_text(contact, "profile", "name"),
        username=fields.read_text(contact, "profile", "username"),
    )


def _contact(value: Json, phone: str | None, user_id: str | None) -> Json:
    contacts = fields.read_mappings(value, "contacts")
    if not phone and not user_id and len(contacts) == 1:
        return contacts[0]
    for contact in contacts:
        if user_id and fields.read_user_id(contact, "user_id") == user_id:
            return contact
        if phone and fields.read_phone(contact, "wa_id") == phone:
            return contact
    return {}


def _status(value: Json, status: Json) -> Status | None:
    message_id, word = _id(status), fields.read_text(status, "status")
    if not message_id or not word:
        return None
    pricing = fields.read_mapping(status, "pricing")
    return Status(
        message_id=message_id,
        phone_number_id=_number_id(value),
        status=word,
        timestamp=fields.read_moment(status, "timestamp"),
        callback_data=fields.read_text(status, "biz_opaque_callback_data"),
        error=_first_error(status),
        price_category=(fields.read_text(pricing, "category") or "")[:64] or None,
        is_billable=_is_billable(pricing),
    )


def _is_billable(pricing: Json) -> bool | None:
    """Whether WhatsApp charges for the message. Meta is retiring `billable`; `type` says it too."""
    billable, kind = pricing.get("billable"), fields.read_text(pricing, "type") or ""
    if isinstance(billable, bool):
        return billable
    if kind == "regular":
        return True
    return False if kind.startswith("free_") else None


def _first_error(status: Json) -> dict[str, Any] | None:
    return next((dict(error) for error in fields.read_mappings(status, "errors")), None)


def _preference(value: Json, preference: Json) -> Preference | None:
    sender, word = _sender_of(preference), fields.read_text(preference, "value")
    if not word or not (sender.phone or sender.user_id):
        return None
    moment = fields.read_moment(preference, "timestamp")
    return Preference(_number_id(value), sender, word, moment)


def _sender_of(preference: Json) -> Sender:
    return Sender(
        fields.read_phone(preference, "wa_id"), fields.read_user_id(preference, "user_id")
    )


def _problem(value: Json, error: Json) -> Problem:
    code, title = fields.read_integer(error, "code") or 0, fields.read_text(error, "title") or ""
    return Problem(_number_id(value), code, title)


def _number_id(value: Json) -> str | None:
    return fields.read_text(value, "metadata", "phone_number_id")


def _id(node: Json) -> str | None:
    found = fields.read_text(node, "id")
    return found if found and encoding.is_key(found) else None
