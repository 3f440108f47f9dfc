"""Checks the parts that several interactive messages share: body, footer, header, action."""

from emulator.checks import limits
from emulator.checks.media import check_source
from emulator.fields import Node

ANY_HEADER = ("text", "image", "video", "document")


def check_body(node: Node) -> None:
    # Meta reports that the text is missing even if the whole body is.
    body = node.object("body") if node.has("body") else Node({}, node.at("body"))
    body.allow("text")
    limits.check_limit(body.string("text"), limits.BODY, "Body text")


def check_footer(node: Node) -> None:
    footer = node.optional_object("footer")
    if footer:
        footer.allow("text")
        limits.check_limit(footer.string("text"), limits.FOOTER, "Footer text", least=0)


def check_header(node: Node, *kinds: str) -> None:
    """Checks a header: text or media of one of these kinds."""
    header = node.optional_object("header")
    if header is None:
        return
    kind = header.choice("type", *kinds)
    header.allow("type", kind)
    if kind == "text":
        limits.check_limit(header.string("text"), limits.HEADER, "Header text")
    else:
        source = header.object(kind)
        source.allow("id", "link", *(["filename"] if kind == "document" else []))
        check_source(source)


def check_frame(node: Node, *headers: str) -> None:
    """Checks everything around the action: header, body, footer."""
    node.allow("type", "header", "body", "footer", "action")
    check_header(node, *headers)
    check_body(node)
    check_footer(node)


def named_action(node: Node, name: str) -> Node:
    """Checks that the action has this name, and returns it."""
    found = node.object("action")
    found.choice("name", name)
    return found
