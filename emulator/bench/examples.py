"""Example webhooks from Meta's documentation, with a customer filled in, to send by hand."""

import json
import time
from pathlib import Path

from emulator.chat import Json
from emulator.customers import Customer
from emulator.identifiers import new_message_id

FILE = Path(__file__).with_name("webhooks.json")


def webhook_examples(customer: Customer, latest: str) -> list[Json]:
    """Each example's name and the `value` of its change.

    latest: the id of the shop's latest message, to which receipts and replies refer.
    """
    text = FILE.read_text(encoding="utf-8")
    values = {
        "PHONE": customer.phone or "",
        "USER_ID": customer.user_id,
        "NAME": customer.name,
        "NEW_ID": new_message_id(customer.key),
        "LATEST": latest,
        "NOW": str(int(time.time())),
    }
    for name, value in values.items():
        text = text.replace(f"${name}", json.dumps(value)[1:-1])
    found: list[Json] = json.loads(text)
    return found
