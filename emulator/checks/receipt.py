"""Checks the request that marks a customer's message as read, and may show a typing indicator."""

from typing import Any

from emulator.checks.envelope import check_product
from emulator.fields import Node


def check_receipt(request: dict[str, Any]) -> tuple[str, bool]:
    """Checks the request; returns the message's id, and whether to show the typing indicator."""
    node = Node(request)
    check_product(node)
    node.allow("messaging_product", "status", "message_id", "typing_indicator")
    node.choice("status", "read")
    typing = node.optional_object("typing_indicator")
    if typing:
        typing.allow("type")
        typing.choice("type", "text")
    return node.word("message_id"), typing is not None
