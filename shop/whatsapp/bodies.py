"""Request bodies of the Graph API, without `to`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import settings

Body = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """An approved template with two parameters in its body: the order's number and its news."""

    name: str
    language: str


def notice_template() -> Template | None:
    """The template for news of orders in the settings, if one is set."""
    configured = settings.load_settings()
    if not configured.whatsapp_notice_template:
        return None
    return Template(configured.whatsapp_notice_template, configured.whatsapp_notice_language)


def text_body(words: str) -> Body:
    """A text message, allowed inside the 24 hours."""
    return interactive_body("text", {"body": words})


def template_body(template: Template, *values: str) -> Body:
    """An approved template with its parameters."""
    # Parameters must not hold line breaks (error 132018).
    parameters = [{"type": "text", "text": " ".join(value.split())} for value in values]
    content = {
        "name": template.name,
        "language": {"code": template.language},
        "components": [{"type": "body", "parameters": parameters}],
    }
    return interactive_body("template", content)


def interactive_body(kind: str, content: Mapping[str, Any]) -> Body:
    """Wraps a content in the fields that Meta requires of every message."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": kind,
        kind: dict(content),
    }
