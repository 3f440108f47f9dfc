"""Checks images, videos, audio, documents and stickers: by link or by id, never both."""

from emulator.checks import limits
from emulator.errors import bad_parameter, bad_value
from emulator.fields import Node

# The keys that each type allows beside `id` and `link`.
EXTRAS: dict[str, tuple[str, ...]] = {
    "image": ("caption",),
    "video": ("caption",),
    "document": ("caption", "filename"),
    "audio": ("voice",),
    "sticker": (),
}


def check_source(node: Node) -> None:
    """Checks that there is exactly one of id and link, and that the link is http or https."""
    if node.has("id") == node.has("link"):
        raise bad_parameter(f"Exactly one of {node.at('id')} and {node.at('link')} is required.")
    if node.has("id"):
        node.word("id")
    elif not node.word("link").startswith(("http://", "https://")):
        raise bad_value(f"{node.at('link')} must start with http:// or https://")


def check_media(kind: str, node: Node) -> None:
    node.allow("id", "link", *EXTRAS[kind])
    check_source(node)
    caption = node.optional_string("caption")
    if caption:
        limits.check_limit(caption, limits.CAPTION, "Caption")
    node.optional_string("filename")
    node.boolean("voice")
