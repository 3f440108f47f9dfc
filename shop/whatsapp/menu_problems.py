"""Whether WhatsApp would take a menu, said by the field of the form that is to be changed."""

from collections.abc import Iterator

from shop.whatsapp import menu_limits as limits
from shop.whatsapp.menu_fields import (
    Json,
    Problem,
    as_mapping,
    as_sequence,
    check_known_keys,
    check_text_field,
    find_repeated,
    is_address,
    reply_id,
)
from shop.whatsapp.menu_flows import flow_problems

MEDIA = ("image", "video", "document")


def menu_problems(interactive: object) -> list[Problem]:
    """Everything that is wrong with an `interactive` object, whatever JSON it is; see
    `surplus_options`.
    """
    message = as_mapping(interactive)
    checks = {"button": _buttons, "list": _list, "flow": flow_problems}
    kind = message.get("type")
    if not isinstance(kind, str) or kind not in checks:
        return [Problem("menu", "A menu is of type button, list or flow.")]
    return [
        *check_known_keys(message, "menu", "type", "header", "body", "footer", "action"),
        *_header(message, kind),
        *check_text_field(
            as_mapping(message.get("body")), "text", "body", "The text", most=limits.BODY
        ),
        *check_known_keys(as_mapping(message.get("body")), "body", "text"),
        *_footer(message),
        *checks[kind](as_mapping(message.get("action"))),
    ]


def surplus_options(interactive: object) -> list[Problem]:
    """More options than one message takes: the bot deals them out, which customers notice."""
    action = as_mapping(as_mapping(interactive).get("action"))
    sections = as_sequence(action.get("sections"))
    rows = sum(len(as_sequence(as_mapping(section).get("rows"))) for section in sections)
    found = []
    if len(as_sequence(action.get("buttons"))) > limits.BUTTONS:
        found.append(Problem("buttons", f"More than {limits.BUTTONS} buttons are sent as a list."))
    if rows > limits.ROWS or len(sections) > limits.SECTIONS:
        message = f"WhatsApp shows {limits.ROWS} rows at once: the others come after a row “More”."
        found.append(Problem("sections", message))
    return found


def _header(message: Json, kind: str) -> Iterator[Problem]:
    if "header" not in message:
        return
    header = as_mapping(message["header"])
    header_kind = header.get("type")
    if header_kind == "text":
        yield from check_known_keys(header, "header", "type", "text")
        yield from check_text_field(header, "text", "header", "The headline", most=limits.HEADER)
    elif header_kind not in MEDIA or kind == "list":
        yield Problem("header_kind", f"A {kind} menu cannot begin with {header_kind or 'this'}.")
    else:
        yield from _media(header, str(header_kind))


def _media(header: Json, kind: str) -> Iterator[Problem]:
    media = as_mapping(header.get(kind))
    yield from check_known_keys(header, "header", "type", kind)
    names = ("id", "link", "filename") if kind == "document" else ("id", "link")
    yield from check_known_keys(media, "header", *names)
    source = media.get("link", media.get("id"))
    if ("link" in media) == ("id" in media) or not isinstance(source, str) or not source.strip():
        yield Problem("header_link", "Needs the address of a picture.")
    elif "link" in media and not is_address(source):
        yield Problem("header_link", "An address begins with https:// and has no blanks.")
    if "filename" in media and not isinstance(media["filename"], str):
        yield Problem("header_link", "The file's name must be text.")


def _footer(message: Json) -> Iterator[Problem]:
    if "footer" in message:
        footer = as_mapping(message["footer"])
        yield from check_known_keys(footer, "footer", "text")
        yield from check_text_field(footer, "text", "footer", "The small line", most=limits.FOOTER)


def _buttons(action: Json) -> Iterator[Problem]:
    yield from check_known_keys(action, "buttons", "buttons")
    buttons = as_sequence(action.get("buttons"))
    if not buttons:
        yield Problem("buttons", "At least one button.")
    replies = []
    for number, button in enumerate(buttons):
        path, node = f"button.{number}", as_mapping(button)
        reply = as_mapping(node.get("reply"))
        replies.append((path, reply))
        yield from check_known_keys(node, f"{path}.title", "type", "reply")
        yield from check_known_keys(reply, f"{path}.title", "id", "title")
        if node.get("type") != "reply":
            yield Problem(f"{path}.title", "A button is of type reply.")
        yield from check_text_field(
            reply, "title", f"{path}.title", "The button", most=limits.BUTTON_TITLE
        )
        yield from reply_id(reply, path, most=limits.BUTTON_ID)
    yield from find_repeated(replies, "id", "Another button leads to the same place.")
    yield from find_repeated(replies, "title", "Another button has the same words.")


def _list(action: Json) -> Iterator[Problem]:
    yield from check_known_keys(action, "list_button", "button", "sections")
    yield from check_text_field(
        action, "button", "list_button", "The button", most=limits.LIST_BUTTON
    )
    sections = [as_mapping(section) for section in as_sequence(action.get("sections"))]
    if not sections:
        yield Problem("sections", "At least one section.")
    rows = []
    for number, section in enumerate(sections):
        path = f"section.{number}"
        yield from check_known_keys(section, f"{path}.title", "title", "rows")
        if "title" in section or len(sections) > 1:
            yield from check_text_field(
                section, "title", f"{path}.title", "The section", most=limits.SECTION_TITLE
            )
        own = [as_mapping(row) for row in as_sequence(section.get("rows"))]
        if not own:
            yield Problem(f"{path}.title", "A section needs a row.")
        rows += [(f"{path}.row.{place}", row) for place, row in enumerate(own)]
    for path, row in rows:
        yield from _row(row, path)
    yield from find_repeated(rows, "id", "Another row leads to the same place.")


def _row(row: Json, path: str) -> Iterator[Problem]:
    yield from check_known_keys(row, f"{path}.title", "id", "title", "description")
    yield from check_text_field(row, "title", f"{path}.title", "The row", most=limits.ROW_TITLE)
    if "description" in row:
        at = f"{path}.description"
        yield from check_text_field(
            row, "description", at, "The description", most=limits.ROW_DESCRIPTION
        )
    yield from reply_id(row, path, most=limits.ROW_ID)
