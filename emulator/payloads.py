"""Builds the bodies of webhooks: inbound messages, and statuses of the shop's messages."""

import time
from collections.abc import Sequence

from emulator.chat import Json, Message
from emulator.config import BUSINESS_ACCOUNT, SHOP_PHONE, Config
from emulator.customers import WINDOW_SECONDS, Customer

# From this version on, a status has its conversation only if the customer came by an ad.
VERSION_WITHOUT_CONVERSATION = 24
CHANGES_PER_ENTRY = 2


def webhook_payload(changes: Sequence[Json]) -> Json:
    """The body of one POST; several changes are spread over entries, which Meta may do, too."""
    chunks = [
        list(changes[start : start + CHANGES_PER_ENTRY])
        for start in range(0, len(changes), CHANGES_PER_ENTRY)
    ]
    entries = [{"id": BUSINESS_ACCOUNT, "changes": chunk} for chunk in chunks]
    return {"object": "whatsapp_business_account", "entry": entries}


def change_payload(config: Config, parts: Json) -> Json:
    """One change of the field `messages`."""
    metadata = {
        "display_phone_number": SHOP_PHONE,
        "phone_number_id": config.phone_number_id,
    }
    value = {"messaging_product": "whatsapp", "metadata": metadata} | parts
    return {"value": value, "field": "messages"}


def contact_payload(customer: Customer) -> Json:
    found: Json = {"profile": {"name": customer.name}, "user_id": customer.user_id}
    if customer.phone:
        found["wa_id"] = customer.phone
    return found


def inbound_payload(config: Config, customer: Customer, message: Json) -> Json:
    """The change for a customer's message; a system message has no contacts."""
    parts: Json = {"messages": [message]}
    if message.get("type") != "system":
        parts = {"contacts": [contact_payload(customer)]} | parts
    return change_payload(config, parts)


def status_payload(config: Config, customer: Customer, message: Message, step: str) -> Json:
    """The change for one status of the shop's message."""
    node: Json = {"id": message.id, "status": step, "timestamp": str(int(time.time()))}
    if customer.phone:
        node["recipient_id"] = customer.phone
    if message.callback_data is not None:
        node["biz_opaque_callback_data"] = message.callback_data
    if step == "failed":
        # A failed status has no contacts, and the user id only if the message was sent to it.
        if not customer.phone:
            node["recipient_user_id"] = customer.user_id
        return change_payload(config, {"statuses": [node | {"errors": [message.error]}]})
    node["recipient_user_id"] = customer.user_id
    if step == "sent":
        node |= _conversation(config, customer)
    if step == "sent" or step == _priced_step(message):
        node["pricing"] = _pricing(message)
    return change_payload(config, {"contacts": [contact_payload(customer)], "statuses": [node]})


def template_payload(name: str, language: str, event: str, reason: str) -> Json:
    """The body that reports that a template was approved, rejected, paused, ..."""
    value = {
        "event": event,
        "message_template_id": 1689556908129832,
        "message_template_name": name,
        "message_template_language": language,
        "reason": reason,
        "message_template_category": "UTILITY",
    }
    return {"value": value, "field": "message_template_status_update"}


def _priced_step(message: Message) -> str:
    """The status that has the price beside `sent`: delivered or read, never both."""
    return "delivered" if "delivered" in message.statuses else "read"


def _pricing(message: Message) -> Json:
    """Meta charges for answers, too, since 1 October 2026; those that are free in each month (the
    first 1,000 of a number) count as used up."""
    category = "utility" if message.type == "template" else "service"
    return {"billable": True, "pricing_model": "PMP", "type": "regular", "category": category}


def _conversation(config: Config, customer: Customer) -> Json:
    if config.major_version >= VERSION_WITHOUT_CONVERSATION:
        return {}
    ends = int((customer.last_wrote or time.time()) + WINDOW_SECONDS)
    return {
        "conversation": {
            "id": customer.conversation,
            "expiration_timestamp": str(ends),
            "origin": {"type": "service"},
        }
    }
