"""Webhook bodies as Meta sends them, for tests; numbers and names are made up."""

import copy
import json
import time

from connectors.whatsapp.receive.parsing import parse_webhook

NUMBER_ID = "100000000000001"
PHONE = "919876543210"
# Old messages are left.
SENT_AT = int(time.time())
USER_ID = "IN.13491208655302741918"


def body(*values, field="messages"):
    """One POST; each value is a change of one entry."""
    return {
        "object": "whatsapp_business_account",
        "entry": [
            {"id": "102290129340398", "changes": [{"field": field, "value": value}]}
            for value in values
        ],
    }


def parsed(webhook):
    """What a webhook says, from the JSON value of its body."""
    return parse_webhook(json.dumps(webhook).encode())


def value(messages=(), statuses=(), errors=(), contacts=None, number_id=NUMBER_ID):
    parts = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": number_id},
        "contacts": [contact()] if contacts is None else contacts,
        "messages": list(messages),
        "statuses": list(statuses),
        "errors": list(errors),
    }
    return {key: part for key, part in parts.items() if part}


def contact(phone=PHONE, user_id=None, name="Asha"):
    entry = {"profile": {"name": name}, "wa_id": phone, "user_id": user_id}
    return {key: part for key, part in entry.items() if part}


def message(kind="text", node=None, **more):
    """One message; `node` is what lies under the key of its type."""
    node = {"body": "Hi"} if kind == "text" and node is None else node
    shape = {"from": PHONE, "id": "wamid.A1==", "timestamp": str(SENT_AT), "type": kind, **more}
    if node is not None:
        shape[kind] = node
    return {key: part for key, part in shape.items() if part is not None}


def status(word="delivered", **more):
    return {
        "id": "wamid.OUT==",
        "status": word,
        "timestamp": str(SENT_AT + 1),
        "recipient_id": PHONE,
        **more,
    }


MEDIA = {"id": "1234", "mime_type": "image/jpeg", "sha256": "abc="}

# Every type of message, labelled: the message, and its summary.
MESSAGES = {
    "text": (message(), "Hi"),
    "button reply": (
        message(
            "interactive",
            {"type": "button_reply", "button_reply": {"id": "new_order", "title": "Place Order"}},
            context={"from": "15550783881", "id": "wamid.OUT=="},
        ),
        "Place Order",
    ),
    "list reply": (
        message(
            "interactive",
            {
                "type": "list_reply",
                "list_reply": {"id": "coffee", "title": "Coffee", "description": "₹120"},
            },
        ),
        "Coffee",
    ),
    "flow answer": (
        message(
            "interactive",
            {
                "type": "nfm_reply",
                "nfm_reply": {"name": "flow", "body": "Sent", "response_json": '{"a": 1}'},
            },
        ),
        "Sent",
    ),
    "broken flow answer": (
        message("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{"}}),
        "form: flow",
    ),
    "call permission": (
        message(
            "interactive",
            {"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}},
        ),
        "call permission: accept",
    ),
    "interactive without content": (message("interactive"), "unsupported: interactive"),
    "template button": (
        message("button", {"payload": "STOP", "text": "Stop promotions"}),
        "Stop promotions",
    ),
    "image": (message("image", {**MEDIA, "caption": "My parcel"}), "My parcel"),
    "video": (message("video", {**MEDIA, "mime_type": "video/mp4"}), "video"),
    "document": (message("document", {**MEDIA, "filename": "bill.pdf"}), "document: bill.pdf"),
    "voice note": (message("audio", {**MEDIA, "voice": True}), "voice message"),
    "legacy voice": (message("voice", MEDIA), "voice message"),
    "audio": (message("audio", MEDIA), "audio"),
    "sticker": (message("sticker", {**MEDIA, "animated": True}), "sticker"),
    "location": (
        message("location", {"latitude": 28.6, "longitude": 77.2, "name": "Home"}),
        "location: Home (28.6, 77.2)",
    ),
    "bare location": (
        message("location", {"latitude": "28.6", "longitude": 77}),
        "location: 28.6, 77.0",
    ),
    "contacts": (
        message(
            "contacts",
            [{"name": {"formatted_name": "Ravi"}, "phones": [{"phone": "+91 1", "type": "CELL"}]}],
        ),
        "contacts: Ravi +91 1",
    ),
    "reaction": (message("reaction", {"message_id": "wamid.OUT==", "emoji": "👍"}), "reaction: 👍"),
    "reaction removed": (message("reaction", {"message_id": "wamid.OUT=="}), "reaction removed"),
    "old reaction removed": (
        message("reaction", {"message_id": "wamid.OUT==", "emoji": ""}),
        "reaction removed",
    ),
    "catalogue order": (
        message(
            "order",
            {
                "catalog_id": "1",
                "text": "please",
                "product_items": [
                    {
                        "product_retailer_id": "coffee",
                        "quantity": 2,
                        "item_price": 120,
                        "currency": "INR",
                    }
                ],
            },
        ),
        "cart: coffee × 2 (please)",
    ),
    "changed number": (
        message(
            "system",
            {"body": "changed", "type": "user_changed_number", "wa_id": "919000000000"},
        ),
        "changed",
    ),
    "unsupported": (
        message(
            "unsupported",
            {"type": "poll_creation"},
            errors=[{"code": 131051, "title": "Unsupported"}],
        ),
        "unsupported: poll_creation",
    ),
    "unknown": (message("unknown", errors=[{"code": 131051}]), "unsupported: unknown"),
    "welcome": (message("request_welcome"), "chat opened"),
    "edit": (
        message(
            "edit",
            {
                "original_message_id": "wamid.A0==",
                "message": {"type": "text", "text": {"body": "3"}},
            },
        ),
        "edited: 3",
    ),
    "revoke": (message("revoke", {"original_message_id": "wamid.A0=="}), "message deleted"),
    "from next year": (message("hologram", {"depth": 3}), "unsupported: hologram"),
}


def everything():
    """One POST with every message and some statuses, each message with an id of its own."""
    messages = []
    for number, (shape, _summary) in enumerate(MESSAGES.values()):
        messages.append({**copy.deepcopy(shape), "id": f"wamid.{number}"})
    return body(value(messages, [status(), status("read")], [{"code": 131000, "title": "?"}]))
