"""Incoming messages as the rows that the SQL of `accept` reads."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from trays import encoding
from trays.customers import Identity
from trays.messages import Incoming


def message_records(messages: Sequence[Incoming]) -> list[tuple[int, dict[str, Any]]]:
    """One record a message, each id once, with the message's place in the body.

    If one message of the body has a sender's phone and user id, the sender's others get both.
    """
    known = [Identity(encoding.index_key(m.phone), encoding.index_key(m.user_id)) for m in messages]
    if len(messages) == 1:  # nearly always
        return [(0, _record(messages[0], known[0]))]
    user_of = {who.phone: who.user_id for who in known if who.phone and who.user_id}
    phone_of = {who.user_id: who.phone for who in known if who.phone and who.user_id}
    unique: dict[str, tuple[int, dict[str, Any]]] = {}
    for place, (message, (phone, user_id)) in enumerate(zip(messages, known, strict=True)):
        who = Identity(
            phone or phone_of.get(user_id or ""),
            user_id or user_of.get(phone or ""),
        )
        row = _record(message, who)
        unique.setdefault(row["message_id"], (place, row))
    return list(unique.values())


def _record(message: Incoming, who: Identity) -> dict[str, Any]:
    return {
        "message_id": message_identifier(message),
        "phone": who.phone,
        "user_id": who.user_id,
        "name": message.name,
        "to_phone": message.to_phone,
        "message_type": message.message_type,
        "content": message.content,
        "media_url": message.media_url,
        "media_type": message.media_type,
        "media_size": encoding.bounded_count(message.media_size),
        "timestamp": message.timestamp.isoformat(),
        "context_id": message.context_id,
        "payload": dict(message.payload),
    }


def message_identifier(message: Incoming) -> str:
    """The message's id, or a digest of the message if its id is missing or malformed."""
    if encoding.is_key(message.message_id):
        return message.message_id
    content = [message.message_id, message.phone, message.user_id, dict(message.payload)]
    return "sha256." + sha256(encoding.dump_json(content).encode()).hexdigest()
