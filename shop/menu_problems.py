"""Whether WhatsApp would take a menu, said by the field of the form that is to be changed."""

from collections.abc import Iterator

from shop import menu_limits as limits
from shop.menu_fields import (
    Json,
    Problem,
    is_address,
    known,
    mapping,
    reply_id,
    sequence,
    text,
    twice,
)
from shop.menu_flows import flow

MEDIA = ("image", "video", "document")


def problems(interactive: object) -> list[Problem]:
    """Everything that is wrong with an `interactive` object, whatever JSON it is; see `surplus`."""
    message = mapping(interactive)
    checks = {"button": _buttons, "list": _list, "flow": flow}
    kind = message.get("type")
    if not isinstance(kind, str) or kind not in checks:
        return [Problem("menu", "A menu is of type button, list or flow.")]
    return [
        *known(message, "menu", "type", "header", "body", "footer", "action"),
        *_header(message, kind),
        *text(mapping(message.get("body")), "text", "body", "The text", most=limits.BODY),
        *known(mapping(message.get("body")), "body", "text"),
        *_footer(message),
        *checks[kind](mapping(message.get("action"))),
    ]


def surplus(interactive: object) -> list[Problem]:
    """More options than one message takes: the bot deals them out, which customers notice."""
    action = mapping(mapping(interactive).get("action"))
    sections = sequence(action.get("sections"))
    rows = sum(len(sequence(mapping(section).get("rows"))) for section in sections)
    found = []
    if len(sequence(action.get("buttons"))) > limits.BUTTONS:
        found.append(Problem("buttons", f"More than {limits.BUTTONS} buttons are sent as a list."))
    if rows > limits.ROWS or len(sections) > limits.SECTIONS:
        message = f"WhatsApp shows {limits.ROWS} rows at once: the others come after a row “More”."
        found.append(Problem("sections", message))
    return found


def _header(message: Json, kind: str) -> Iterator[Problem]:
    if "header" not in message:
        return
    header = mapping(message["header"])
    header_kind = header.get("type")
    if header_kind == "text":
        yield from known(header, "header", "type", "text")
        yield from text(header, "text", "header", "The headline", most=limits.HEADER)
    elif header_kind not in MEDIA or kind == "list":
        yield Problem("header_kind", f"A {kind} menu cannot begin with {header_kind or 'this'}.")
    else:
        yield from _media(header, str(header_kind))


def _media(header: Json, kind: str) -> Iterator[Problem]:
    media = mapping(header.get(kind))
    yield from known(header, "header", "type", kind)
    names = ("id", "link", "filename") if kind == "document" else ("id", "link")
    yield from known(media, "header", *names)
    source = media.get("link", media.get("id"))
    if ("link" in media) == ("id" in media) or not isinstance(source, str) or not source.strip():
        yield Problem("header_link", "Needs the address of a picture.")
    elif "link" in media and not is_address(source):
        yield Problem("header_link", "An address begins with https:// and has no blanks.")
    if "filename" in media and not isinstance(media["filename"], str):
        yield Problem("header_link", "The file's name must be text.")


def _footer(message: Json) -> Iterator[Problem]:
    if "footer" in message:
        footer = mapping(message["footer"])
        yield from known(footer, "footer", "text")
        yield from text(footer, "text", "footer", "The small line", most=limits.FOOTER)


def _buttons(action: Json) -> Iterator[Problem]:
    yield from known(action, "buttons", "buttons")
    buttons = sequence(action.get("buttons"))
    if not buttons:
        yield Problem("buttons", "At least one button.")
    replies = []
    for number, button in enumerate(buttons):
        path, node = f"button.{number}", mapping(button)
        reply = mapping(node.get("reply"))
        replies.append((path, reply))
        yield from known(node, f"{path}.title", "type", "reply")
        yield from known(reply, f"{path}.title", "id", "title")
        if node.get("type") != "reply":
            yield Problem(f"{path}.title", "A button is of type reply.")
        yield from text(reply, "title", f"{path}.title", "The button", most=limits.BUTTON_TITLE)
        yield from reply_id(reply, path, most=limits.BUTTON_ID)
    yield from twice(replies, "id", "Another button leads to the same place.")
    yield from twice(replies, "title", "Another button has the same words.")


def _list(action: Json) -> Iterator[Problem]:
    yield from known(action, "list_button", "button", "sections")
    yield from text(action, "button", "list_button", "The button", most=limits.LIST_BUTTON)
    sections = [mapping(section) for section in sequence(action.get("sections"))]
    if not sections:
        yield Problem("sections", "At least one section.")
    rows = []
    for number, section in enumerate(sections):
        path = f"section.{number}"
        yield from known(section, f"{path}.title", "title", "rows")
        if "title" in section or len(sections) > 1:
            yield from text(
                section, "title", f"{path}.title", "The section", most=limits.SECTION_TITLE
            )
        own = [mapping(row) for row in sequence(section.get("rows"))]
        if not own:
            yield Problem(f"{path}.title", "A section needs a row.")
        rows += [(f"{path}.row.{place}", row) for place, row in enumerate(own)]
    for path, row in rows:
        yield from _row(row, path)
    yield from twice(rows, "id", "Another row leads to the same place.")


def _row(row: Json, path: str) -> Iterator[Problem]:
    yield from known(row, f"{path}.title", "id", "title", "description")
    yield from text(row, "title", f"{path}.title", "The row", most=limits.ROW_TITLE)
    if "description" in row:
        at = f"{path}.description"
        yield from text(row, "description", at, "The description", most=limits.ROW_DESCRIPTION)
    yield from reply_id(row, path, most=limits.ROW_ID)
