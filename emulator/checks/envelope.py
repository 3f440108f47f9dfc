"""Checks the request around a message: its recipient, the quoted message, its type."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from emulator.checks import content, limits
from emulator.checks.interactive import check_interactive
from emulator.checks.media import EXTRAS, check_media
from emulator.checks.template import check_template
from emulator.errors import SENDER_IS_RECIPIENT, GraphError, bad_parameter, bad_value
from emulator.fields import Node

USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}")
PHONE = re.compile(r"\+?[0-9 ()-]+")
PHONE_DIGITS = range(7, 16)
ENVELOPE = (
    "messaging_product",
    "recipient_type",
    "to",
    "recipient",
    "type",
    "context",
    "biz_opaque_callback_data",
)


@dataclass(frozen=True)
class Outgoing:
    """An outgoing message that Meta would accept."""

    input: str
    phone: str | None
    user_id: str | None
    type: str
    content: Any
    context_id: str | None = None
    callback_data: str | None = None
    request: dict[str, Any] = field(default_factory=dict)


def check_message(request: dict[str, Any], *, sender: str) -> Outgoing:
    """Reads the request of one message.

    Raises:
        GraphError: as Meta would answer.
    """
    node = Node(request)
    check_product(node)
    kind = node.choice("type", *CHECKS) if node.has("type") else "text"
    node.allow(*ENVELOPE, kind)
    given, phone, user_id = check_recipient(node, sender)
    CHECKS[kind](node)
    return Outgoing(
        input=given,
        phone=phone,
        user_id=user_id,
        type=kind,
        content=request[kind],
        context_id=check_context(node, kind),
        callback_data=check_callback_data(node),
        request=request,
    )


def check_product(node: Node) -> None:
    if node.string("messaging_product") != "whatsapp":
        raise bad_parameter("Param messaging_product must be one of {WHATSAPP}.")


def check_recipient(node: Node, sender: str) -> tuple[str, str | None, str | None]:
    """The recipient as written, and the phone or else the user id; `to` wins if both are given."""
    if node.has("recipient_type") and node.choice("recipient_type", "individual", "group") != (
        "individual"
    ):
        raise bad_value("The group is not known to this phone number")
    if not node.has("to") and node.has("recipient"):
        user_id = node.string("recipient")
        if not USER_ID.fullmatch(user_id):
            raise bad_value("recipient is not a valid business-scoped user id")
        return user_id, None, user_id
    given = node.word("to")
    phone = re.sub(r"\D", "", given)
    if not PHONE.fullmatch(given) or len(phone) not in PHONE_DIGITS:
        raise bad_value("to is not a valid phone number")
    if phone == sender:
        raise GraphError(SENDER_IS_RECIPIENT)
    return given, phone, None


def check_context(node: Node, kind: str) -> str | None:
    context = node.optional_object("context")
    if context is None:
        return None
    context.allow("message_id")
    if kind == "reaction":
        raise bad_parameter("Param context is not allowed with type reaction.")
    return context.word("message_id")


def check_callback_data(node: Node) -> str | None:
    data = node.optional_string("biz_opaque_callback_data")
    if data and len(data) > limits.CALLBACK_DATA:
        raise bad_parameter(
            "Param biz_opaque_callback_data must be at most "
            f"{limits.CALLBACK_DATA} characters long."
        )
    return data


def media_check(kind: str) -> Callable[[Node], None]:
    return lambda node: check_media(kind, node.object(kind))


CHECKS: dict[str, Callable[[Node], None]] = {
    "text": lambda node: content.check_text(node.object("text")),
    "interactive": lambda node: check_interactive(node.object("interactive")),
    "location": lambda node: content.check_location(node.object("location")),
    "contacts": lambda node: content.check_contacts(node.objects("contacts")),
    "reaction": lambda node: content.check_reaction(node.object("reaction")),
    "template": lambda node: check_template(node.object("template")),
    **{kind: media_check(kind) for kind in EXTRAS},
}
