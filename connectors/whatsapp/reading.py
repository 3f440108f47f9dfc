"""Reads what one message of a webhook holds. A shape that nobody knows is `Unsupported`."""

import json
from collections.abc import Callable

from connectors.whatsapp import contents, fields
from connectors.whatsapp.contents import Content
from connectors.whatsapp.fields import Json
from connectors.whatsapp.storable import storable

MEDIA_KINDS = ("image", "video", "document", "audio", "voice", "sticker")


def content(message: Json) -> Content:
    """The content of a message as Meta sent it, or as it lies in the tray."""
    kind = fields.text(message, "type") or "unknown"
    reader = _READERS.get(kind)
    return (reader(message) if reader else None) or _unsupported(message, kind)


def _text(message: Json) -> Content | None:
    body = fields.text(message, "text", "body")
    return None if body is None else contents.Text(body)


def _interactive(message: Json) -> Content | None:
    interactive = fields.mapping(message, "interactive")
    kind = fields.text(interactive, "type") or ""
    node = fields.mapping(interactive, kind)
    if kind in ("button_reply", "list_reply"):
        return _choice(node)
    if kind == "nfm_reply":
        return _form_answer(node)
    if kind == "call_permission_reply":
        return contents.CallPermission(fields.text(node, "response") or "unknown")
    return None


def _choice(node: Json) -> Content | None:
    choice = fields.text(node, "id")
    if not choice:
        return None
    title = fields.text(node, "title") or ""
    return contents.Choice(choice, title, fields.text(node, "description"))


def _form_answer(node: Json) -> Content:
    return contents.FormAnswer(
        name=fields.text(node, "name") or "flow",
        body=fields.text(node, "body") or "",
        answer=_object_in(fields.text(node, "response_json") or ""),
    )


def _object_in(text: str) -> Json:
    """The JSON object that a string holds; {} when it is broken or something else."""
    try:
        value = storable(json.loads(text))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _template_button(message: Json) -> Content | None:
    button = fields.mapping(message, "button")
    text = fields.text(button, "text") or ""
    payload = fields.text(button, "payload") or text
    return contents.TemplateButton(payload, text) if payload else None


def _media(message: Json) -> Content | None:
    kind = fields.text(message, "type") or ""
    node = fields.mapping(message, kind)
    if not node:
        return None
    return contents.Media(
        kind="audio" if kind == "voice" else kind,
        id=fields.text(node, "id"),
        mime_type=fields.text(node, "mime_type"),
        url=fields.text(node, "url") or fields.text(node, "link"),
        caption=fields.text(node, "caption"),
        filename=fields.text(node, "filename"),
        size=_size(node),
        sha256=fields.text(node, "sha256"),
        is_voice=kind == "voice" or fields.flag(node, "voice"),
        is_animated=fields.flag(node, "animated"),
    )


def _size(node: Json) -> int | None:
    size = fields.whole(node, "file_size")
    return size if size is not None and size >= 0 else None


def _location(message: Json) -> Content | None:
    node = fields.mapping(message, "location")
    latitude, longitude = fields.number(node, "latitude"), fields.number(node, "longitude")
    if latitude is None or longitude is None:
        return None
    return contents.Location(
        latitude=latitude,
        longitude=longitude,
        name=fields.text(node, "name"),
        address=fields.text(node, "address"),
        url=fields.text(node, "url"),
    )


def _contact_cards(message: Json) -> Content | None:
    people = fields.mappings(message, "contacts")
    if not people:
        return None
    return contents.ContactCards(
        cards=tuple(_contact_card(person) for person in people),
        requested=any(fields.text(person, "origin") == "contact_request" for person in people),
    )


def _contact_card(person: Json) -> contents.ContactCard:
    phones = (fields.text(entry, "phone") for entry in fields.mappings(person, "phones"))
    return contents.ContactCard(
        name=fields.text(person, "name", "formatted_name") or "",
        phones=tuple(phone for phone in phones if phone),
    )


def _reaction(message: Json) -> Content:
    """A reaction to whatever it was: nobody wants an answer to one, broken or not."""
    target = fields.text(message, "reaction", "message_id")
    # Removed: no emoji at all; an older form sends "".
    emoji = fields.text(message, "reaction", "emoji") or None
    return contents.Reaction(target, emoji)


def _catalogue_order(message: Json) -> Content | None:
    order = fields.mapping(message, "order")
    if not order:
        return None
    return contents.CatalogueOrder(
        catalogue_id=fields.text(order, "catalog_id"),
        text=fields.text(order, "text") or None,
        items=tuple(
            contents.OrderedItem(
                product=fields.text(item, "product_retailer_id") or "",
                quantity=fields.whole(item, "quantity") or 0,
                price=fields.number(item, "item_price"),
                currency=fields.text(item, "currency"),
            )
            for item in fields.mappings(order, "product_items")
        ),
    )


def _system(message: Json) -> Content:
    node = fields.mapping(message, "system")
    return contents.SystemNote(
        kind=fields.text(node, "type") or "unknown",
        body=fields.text(node, "body") or "",
        # Older payloads spell it new_wa_id.
        phone=fields.phone(node, "wa_id") or fields.phone(node, "new_wa_id"),
        user_id=fields.user_id(node, "user_id"),
    )


def _edit(message: Json) -> Content | None:
    node = fields.mapping(message, "edit")
    original = fields.text(node, "original_message_id")
    changed = fields.mapping(node, "message")
    # An edit of an edit would let a body nest for ever; WhatsApp sends none.
    if not original or not changed or changed.get("type") == "edit":
        return None
    return contents.Edit(original, content(changed))


def _revoke(message: Json) -> Content:
    return contents.Revoke(fields.text(message, "revoke", "original_message_id"))


def _welcome(_message: Json) -> Content:
    return contents.Welcome()


def _unsupported(message: Json, kind: str) -> Content:
    real_kind = fields.text(message, "unsupported", "type") or kind
    codes = (fields.whole(error, "code") for error in fields.mappings(message, "errors"))
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
