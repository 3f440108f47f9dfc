"""The messages on a phone: their texts, what can be tapped on them, and their status."""

import time
from dataclasses import dataclass, field
from typing import Any, Literal

Sender = Literal["customer", "shop"]
Json = dict[str, Any]

# How far a message has come; a later step implies the earlier ones.
PROGRESS = ("accepted", "sent", "delivered", "read", "played")


@dataclass(eq=False)
class Message:
    """One bubble. `content` is the object under its type in Meta's JSON."""

    id: str
    sender: Sender
    type: str
    content: Any
    context_id: str | None = None
    callback_data: str | None = None
    at: float = field(default_factory=time.time)
    number: int = 0
    statuses: list[str] = field(default_factory=list)
    error: Json | None = None
    reactions: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """The latest status in PROGRESS, or `failed`."""
        if "failed" in self.statuses:
            return "failed"
        reached = [step for step in PROGRESS if step in self.statuses]
        return reached[-1] if reached else PROGRESS[0]

    def as_json(self) -> Json:
        """The message as JSON for the page and the tests."""
        return {
            "number": self.number,
            "id": self.id,
            "from": self.sender,
            "type": self.type,
            "text": text_of(self),
            "header": part_of(self, "header"),
            "footer": part_of(self, "footer"),
            "button": label_of(self),
            "options": list_options(self),
            "content": self.content,
            "context_id": self.context_id,
            "status": self.status,
            "statuses": self.statuses,
            "error": self.error,
            "reactions": self.reactions,
            "time": self.at,
        }


# The key of a type's text; for other types it is `caption`.
WORDS = {"text": "body", "button": "text", "template": "rendered"}


def text_of(message: Message) -> str:
    """The text of the bubble itself."""
    content = message.content
    if not isinstance(content, dict):
        return ""
    if message.type == "interactive":
        return _interactive_text(content)
    return str(content.get(WORDS.get(message.type, "caption"), ""))


def _interactive_text(content: Json) -> str:
    for reply in ("button_reply", "list_reply"):
        if isinstance(content.get(reply), dict):
            return str(content[reply].get("title", ""))
    body = content.get("body")
    return str(body.get("text", "")) if isinstance(body, dict) else ""


def part_of(message: Message, part: str) -> str | None:
    """The text of an interactive message's header or footer."""
    if message.type != "interactive" or not isinstance(message.content, dict):
        return None
    found = message.content.get(part)
    return found.get("text") if isinstance(found, dict) else None


def label_of(message: Message) -> str | None:
    """The label that opens a list, a link or a flow."""
    action = _action(message)
    parameters = action.get("parameters", {})
    label = action.get("button") or parameters.get("display_text") or parameters.get("flow_cta")
    return str(label) if label else None


def list_options(message: Message) -> list[Json]:
    """What can be tapped: buttons, or the rows of a list with their section."""
    if message.type == "template" and message.sender == "shop":
        return list(message.content.get("options", []))
    action = _action(message)
    options = [dict(button["reply"]) for button in action.get("buttons", [])]
    for section in action.get("sections", []):
        for row in section.get("rows", []):
            options.append(row | {"section": section.get("title", "")})
    return options


def _action(message: Message) -> Json:
    if message.type != "interactive" or message.sender != "shop":
        return {}
    found = message.content.get("action", {})
    return found if isinstance(found, dict) else {}
