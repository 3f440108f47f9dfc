"""The message templates of the account: listed from Meta, and made there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whatsapp_account.graph import Graph, Json

PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
APPROVED = "APPROVED"
_FIELDS = ("name", "language", "status", "category", "components", "rejected_reason")


@dataclass(frozen=True)
class MetaTemplate:
    """A template in one language, as Meta has it.

    parameters: how many values its body wants. is_plain: it wants them by number, and nothing
    else (a picture, a link's end, names), so that our notices can fill it.
    """

    name: str
    language: str
    status: str
    category: str
    body: str
    parameters: int
    is_plain: bool
    reason: str | None = None


@dataclass(frozen=True)
class Draft:
    """A template to be made; Meta's review wants an example for each parameter."""

    name: str
    language: str
    body: str
    examples: Sequence[str]


def list_templates(graph: Graph, account_id: str) -> Iterator[MetaTemplate]:
    """All templates of the account.

    Raises:
        GraphTrouble
    """
    return map(_template, graph.read_all(f"{account_id}/message_templates", _FIELDS))


def submit_template(graph: Graph, account_id: str, draft: Draft) -> str:
    """Makes a template of the category UTILITY; the status that Meta gives it.

    Raises:
        GraphTrouble: there is one of that name and language already, or its form is refused.
    """
    body = {
        "type": "BODY",
        "text": draft.body,
        "example": {"body_text": [list(draft.examples)]},
    }
    content = {
        "name": draft.name,
        "language": draft.language,
        "category": "UTILITY",
        "components": [body],
    }
    answer = graph.write(f"{account_id}/message_templates", content)
    return str(answer.get("status") or "PENDING")


def _template(found: Json) -> MetaTemplate:
    components = [each for each in found.get("components") or () if isinstance(each, dict)]
    body = next((_text(each, "text") for each in components if _text(each, "type") == "BODY"), "")
    places = set(PLACE.findall(body))
    reason = _text(found, "rejected_reason")
    return MetaTemplate(
        name=_text(found, "name"),
        language=_text(found, "language"),
        status=_text(found, "status"),
        category=_text(found, "category"),
        body=body,
        parameters=len(places),
        is_plain=all(map(str.isdigit, places)) and not any(map(_wants_more, components)),
        reason=None if reason in ("", "NONE") else reason,
    )


def _wants_more(component: Json) -> bool:
    """Whether a part beside the body wants a value of its own."""
    if _text(component, "type") == "HEADER":
        wanted = _text(component, "format") not in ("", "TEXT")
        return wanted or bool(PLACE.search(_text(component, "text")))
    buttons = component.get("buttons") or ()
    return any(
        PLACE.search(_text(button, "url")) or _text(button, "type") in ("COPY_CODE", "OTP", "FLOW")
        for button in buttons
    )


def _text(node: Json, name: str) -> str:
    value = node.get(name)
    return value if isinstance(value, str) else ""
