"""Request bodies of the Graph API, without `to`, for what the shop says of its own accord."""

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
    """The template for news of orders, where one is set."""
    configured = settings.load()
    if not configured.whatsapp_notice_template:
        return None
    return Template(configured.whatsapp_notice_template, configured.whatsapp_notice_language)


def text(words: str) -> Body:
    """Free words, for inside the 24 hours."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": "text",
        "text": {"body": words},
    }


def template(template: Template, *values: str) -> Body:
    """An approved template with its parameters."""
    # Parameters must not hold line breaks (error 132018).
    parameters = [{"type": "text", "text": " ".join(value.split())} for value in values]
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": "template",
        "template": {
            "name": template.name,
            "language": {"code": template.language},
            "components": [{"type": "body", "parameters": parameters}],
        },
    }
