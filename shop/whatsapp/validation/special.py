"""Checks the actions of messages that are sent as written: Flows, links, requests."""

from collections.abc import Callable, Iterator, Mapping

from shop.whatsapp import limits
from shop.whatsapp.json_parts import Json, as_mapping
from shop.whatsapp.validation.problems import Problem
from shop.whatsapp.validation.rules import (
    check_known_keys,
    check_menu_text,
    check_one_of,
    is_address,
)

_FLOW_VERSION = "3"
_FLOW_KEYS = (
    "flow_message_version",
    "flow_id",
    "flow_name",
    "flow_cta",
    "flow_token",
    "mode",
    "flow_action",
    "flow_action_payload",
)


def check_menu_link(action: Json) -> Iterator[Problem]:
    """Checks a button that opens a web page."""
    yield from _check_name(action, "cta_url", "name", "parameters")
    given = as_mapping(action.get("parameters"))
    yield from check_known_keys(given, "link_url", "display_text", "url")
    yield from check_menu_text(given, "display_text", "link_text", "The button", limits.LINK_TEXT)
    if not is_address(given.get("url")):
        message = "An address begins with https:// and has no blanks."
        yield Problem("link_url", "wrong", message)


def check_menu_flow(action: Json) -> Iterator[Problem]:
    """Checks a button that opens a Flow, a form made at Meta and named here."""
    yield from check_known_keys(action, "flow_id", "name", "parameters")
    given = as_mapping(action.get("parameters"))
    yield from check_known_keys(given, "flow_id", *_FLOW_KEYS)
    yield from check_menu_text(given, "flow_cta", "flow_cta", "The button", limits.FLOW_BUTTON)
    which = given.get("flow_id", given.get("flow_name"))
    if ("flow_id" in given) == ("flow_name" in given) or not isinstance(which, str) or not which:
        message = "Needs the Flow's number at Meta, or its name there."
        yield Problem("flow_id", "missing", message)
    elif which != which.strip():
        yield Problem("flow_id", "wrong", "No blanks around it.")
    if action.get("name") != "flow" or given.get("flow_message_version") != _FLOW_VERSION:
        message = f"A Flow is sent by the name flow, in version {_FLOW_VERSION}."
        yield Problem("flow_id", "wrong", message)
    yield from check_one_of(given, "mode", "flow_id", "draft", "published")
    yield from check_one_of(given, "flow_action", "flow_id", "navigate", "data_exchange")
    if "flow_token" in given and not isinstance(given["flow_token"], str):
        yield Problem("flow_id", "wrong", "flow_token must be text.")
    if "flow_action_payload" in given:
        yield from _check_first_screen(as_mapping(given["flow_action_payload"]))


def check_menu_request(name: str) -> Callable[[Json], Iterator[Problem]]:
    """Checks a request that WhatsApp's own button answers: for a location, for a phone number."""

    def check_named(action: Json) -> Iterator[Problem]:
        yield from _check_name(action, name, "name")

    return check_named


def _check_name(action: Json, name: str, *keys: str) -> Iterator[Problem]:
    yield from check_known_keys(action, "menu", *keys)
    if action.get("name") != name:
        yield Problem("menu", "wrong", f"The action's name must be {name}.")


def _check_first_screen(payload: Json) -> Iterator[Problem]:
    yield from check_known_keys(payload, "flow_screen", "screen", "data")
    screen = payload.get("screen")
    if not isinstance(screen, str) or not screen.strip() or screen != screen.strip():
        yield Problem("flow_screen", "missing", "The name of the Flow's first screen.")
    if "data" in payload and not (isinstance(payload["data"], Mapping) and payload["data"]):
        yield Problem("flow_screen", "missing", "What the screen is given must not be empty.")
