"""Checks text, locations, contact cards and reactions."""

import re

from emulator.checks import limits
from emulator.errors import bad_parameter, bad_value
from emulator.fields import Node

BIRTHDAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NAME_KEYS = ("formatted_name", "first_name", "last_name", "middle_name", "suffix", "prefix")
CARD_KEYS = ("name", "phones", "emails", "urls", "addresses", "org", "birthday")


def check_text(node: Node) -> None:
    """Checks a text; its length is the only limit that Meta answers with 100, not with 131009."""
    node.allow("body", "preview_url")
    node.boolean("preview_url")
    if len(node.word("body")) > limits.TEXT:
        raise bad_parameter(
            f"Param {node.at('body')} must be at most {limits.TEXT} characters long."
        )


def check_location(node: Node) -> None:
    node.allow("latitude", "longitude", "name", "address")
    check_degrees(node, "latitude", 90)
    check_degrees(node, "longitude", 180)
    node.optional_string("name")
    node.optional_string("address")


def check_degrees(node: Node, key: str, most: int) -> None:
    """Checks a coordinate: a number, or a string with one, since Meta's samples have both."""
    value = node.need(key)
    try:
        degrees = float("" if isinstance(value, bool) else value)
    except (TypeError, ValueError, OverflowError):
        raise bad_parameter(f"Param {node.at(key)} must be a number.") from None
    if not -most <= degrees <= most:
        raise bad_value(f"{node.at(key)} must be between -{most} and {most}")


def check_contacts(cards: list[Node]) -> None:
    if not 1 <= len(cards) <= limits.CONTACTS:
        raise bad_value("Invalid contacts count. Min allowed contacts: 1, Max allowed contacts: 5")
    for card in cards:
        check_card(card)


def check_card(card: Node) -> None:
    card.allow(*CARD_KEYS)
    name = card.object("name")
    name.allow(*NAME_KEYS)
    name.word("formatted_name")
    birthday = card.optional_string("birthday")
    if birthday is not None and not BIRTHDAY.fullmatch(birthday):
        raise bad_value(f"{card.at('birthday')} must be YYYY-MM-DD")
    for key in ("phones", "emails", "urls", "addresses"):
        if card.has(key):
            card.objects(key)
    card.optional_object("org")


def check_reaction(node: Node) -> None:
    """Checks a reaction; an empty `emoji` removes it."""
    node.allow("message_id", "emoji")
    node.word("message_id")
    node.string("emoji")
