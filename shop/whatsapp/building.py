"""Button and list messages from plain arguments, refused with the name of the limit they break.

button_message("How can we help?", [("new_order", "Order"), ("support", "Get Support")])
list_message("What would you like?", "View", {"Drinks": [("coffee", "Coffee", "₹120")]})
"""

from collections.abc import Mapping, Sequence
from typing import Any

from shop.whatsapp.validation.interactive import validate_interactive

Interactive = dict[str, Any]
Json = Mapping[str, Any]
# id and title; in a list also a description.
Choice = tuple[str, str] | tuple[str, str, str]


def button_message(
    body: str,
    choices: Sequence[tuple[str, str]],
    header: str | Json | None = None,
    footer: str | None = None,
) -> Interactive:
    """A message with one to three buttons, each (id, title).

    The header is a line of text, or an object like {"type": "image", "image": {"link": ...}}.

    Raises:
        InteractiveRefused: Meta would refuse it; a LimitExceeded names the limit.
    """
    replies = [{"type": "reply", "reply": {"id": i, "title": title}} for i, title in choices]
    return _checked("button", body, {"buttons": replies}, header, footer)


def list_message(
    body: str,
    button: str,
    sections: Mapping[str, Sequence[Choice]],
    header: str | None = None,
    footer: str | None = None,
) -> Interactive:
    """A message whose `button` opens a list; each section's title leads to its rows.

    A row is (id, title) or (id, title, description); ten rows are allowed in all.

    Raises:
        InteractiveRefused: Meta would refuse it; a LimitExceeded names the limit.
    """
    shown = [
        {"title": title, "rows": [_row(*choice) for choice in rows]}
        for title, rows in sections.items()
    ]
    return _checked("list", body, {"button": button, "sections": shown}, header, footer)


def _row(choice: str, title: str, description: str | None = None) -> dict[str, str]:
    row = {"id": choice, "title": title}
    return {**row, "description": description} if description else row


def _checked(
    kind: str, body: str, action: Json, header: str | Json | None, footer: str | None
) -> Interactive:
    message: Interactive = {"type": kind, "body": {"text": body}, "action": dict(action)}
    if header:
        text = {"type": "text", "text": header}
        message["header"] = text if isinstance(header, str) else dict(header)
    if footer:
        message["footer"] = {"text": footer}
    validate_interactive(message)
    return message
