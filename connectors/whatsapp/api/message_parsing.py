"""Parses one message of a webhook. An unknown shape becomes `Unsupported`."""

import json
from collections.abc import Callable

from connectors.whatsapp.api import contents, fields
from connectors.whatsapp.api.contents import Content
from connectors.whatsapp.api.fields import Json
from storage.json_values import sanitise_json

MEDIA_KINDS = ("image", "video", "document", "audio", "voice", "sticker")


def parse_content(message: Json) -> Content:
    """The content of a message as Meta sent it."""
    kind = fields.read_text(message, "type") or "unknown"
    reader = _READERS.get(kind)
    return (reader(message) if reader else None) or _unsupported(message, kind)


def _text(message: Json) -> Content | None:
    body = fields.read_text(message, "text", "body")
    return None if body is None else contents.Text(body)


def _interactive(message: Json) -> Content | None:
    interactive = fields.read_mapping(message, "interactive")
    kind = fields.read_text(interactive, "type") or ""
    node = fields.read_mapping(interactive, kind)
    if kind in ("button_reply", "list_reply"):
        return _choice(node)
    if kind == "nfm_reply":
        return _form_answer(node)
    if kind == "call_permission_reply":
        return contents.CallPermission(fields.read_text(node, "response") or "unknown")
    return None


def _choice(node: Json) -> Content | None:
    choice = fields.read_text(node, "id")
    if not choice:
        return None
    title = fields.read_text(node, "title") or ""
    return contents.Choice(choice, title, fields.read_text(node, "description"))


def _form_answer(node: Json) -> Content:
    return contents.FormAnswer(
        name=fields.read_text(node, "name") or "flow",
        body=fields.read_text(node, "body") or "",
        answer=_object_in(fields.read_text(node, "response_json") or ""),
    )


def _object_in(text: str) -> Json:
    """The JSON object that a string holds; {} when it is broken or something else."""
    try:
        value = sanitise_json(json.loads(text))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _template_button(message: Json) -> Content | None:
    button = fields.read_mapping(message, "button")
    text = fields.read_text(button, "text") or ""
    payload = fields.read_text(button, "payload") or text
    return contents.TemplateButton(payload, text) if payload else None


def _media(message: Json) -> Content | None:
    kind = fields.read_text(message, "type") or ""
    node = fields.read_mapping(message, kind)
    if not node:
        return None
    return contents.Media(
        kind="audio" if kind == "voice" else kind,
        id=fields.read_text(node, "id"),
        mime_type=fields.read_text(node, "mime_type"),
        url=fields.read_text(node, "url") or fields.read_text(node, "link"),
        caption=fields.read_text(node, "caption"),
        filename=fields.read_text(node, "filename"),
        size=_size(node),
        sha256=fields.read_text(node, "sha256"),
        is_voice=kind == "voice" or fields.read_flag(node, "voice"),
        is_animated=fields.read_flag(node, "animated"),
    )


def _size(node: Json) -> int | None:
    size = fields.read_integer(node, "file_size")
    return size if size is not None and size >= 0 else None


def _location(message: Json) -> Content | None:
    node = fields.read_mapping(message, "location")
    latitude, longitude = (
        fields.read_number(node, "latitude"),
        fields.read_number(node, "longitude"),
    )
    if latitude is None or longitude is None:
        return None
    return contents.Location(
        latitude=latitude,
        longitude=longitude,
        name=fields.read_text(node, "name"),
        address=fields.read_text(node, "address"),
        url=fields.read_text(node, "url"),
    )


def _contact_cards(message: Json) -> Content | None:
    people = fields.read_mappings(message, "contacts")
    if not people:
        return None
    return contents.ContactCards(
        cards=tuple(_contact_card(person) for person in people),
        requested=any(fields.read_text(person, "origin") == "contact_request" for person in people),
    )


def _contact_card(person: Json) -> contents.ContactCard:
    phones = (fields.read_text(entry, "phone") for entry in fields.read_mappings(person, "phones"))
    return contents.ContactCard(
        name=fields.read_text(person, "name", "formatted_name") or "",
        phones=tuple(phone for phone in phones if phone),
    )


def _reaction(message: Json) -> Content:
    """A reaction; a malformed one is accepted too, since reactions need no answer."""
    target = fields.read_text(message, "reaction", "message_id")
    # Removed: no emoji at all; an older form sends "".
    emoji = fields.read_text(message, "reaction", "emoji") or None
    return contents.Reaction(target, emoji)


def _catalogue_order(message: Json) -> Content | None:
    order = fields.read_mapping(message, "order")
    if not order:
        return None
    return contents.CatalogueOrder(
        catalogue_id=fields.read_text(order, "catalog_id"),
        text=fields.read_text(order, "text") or None,
        items=tuple(
            contents.OrderedItem(
                product=fields.read_text(item, "product_retailer_id") or "",
                quantity=fields.read_integer(item, "quantity") or 0,
                price=fields.read_number(item, "item_price"),
                currency=fields.read_text(item, "currency"),
            )
            for item in fields.read_mappings(order, "product_items")
        ),
    )


def _system(message: Json) -> Content:
    node = fields.read_mapping(message, "system")
    return contents.SystemNote(
        kind=fields.read_text(node, "type") or "unknown",
        body=fields.read_text(node, "body") or "",
        # Older payloads spell it new_wa_id.
        phone=fields.read_phone(node, "wa_id") or fields.read_phone(node, "new_wa_id"),
        user_id=fields.read_user_id(node, "user_id"),
    )


def _edit(message: Json) -> Content | None:
    node = fields.read_mapping(message, "edit")
    original = fields.read_text(node, "original_message_id")
    changed = fields.read_mapping(node, "message")
    # An edit of an edit could nest without end; WhatsApp sends none.
    if not original or not changed or changed.get("type") == "edit":
        return None
    return contents.Edit(original, parse_content(changed))


def _revoke(message: Json) -> Content:
    return contents.Revoke(fields.read_text(message, "revoke", "original_message_id"))


def _welcome(_message: Json) -> Content:
    return contents.Welcome()


def _unsupported(message: Json, kind: str) -> Content:
    real_kind = fields.read_text(message, "unsupported", "type") or kind
    codes = (
        fields.read_integer(error, "code") for error in fields.read_mappings(message, "errors")
    )
    return contents.Unsupported(real_kind, tuple(code for code in codes if code is not None))


_READERS: dict[str, Callable[[Json], Content | None]] = {
    "text": _text,
    "interactive": _interactive,
    "button": _template_button,
    **dict.fromkeys(MEDIA_KINDS, _media),
    "location": _location,
    "contacts": _contact_cards,
    "reaction": _reaction,
    "order": _catalogue_order,
    "system": _system,
    "request_welcome": _welcome,
    "edit": _edit,
    "revoke": _revoke,
}
