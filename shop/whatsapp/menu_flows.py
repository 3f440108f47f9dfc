"""Menus that open a Flow: a form of Meta's, made there and named here."""

from collections.abc import Iterator, Mapping

from shop.whatsapp import menu_limits as limits
from shop.whatsapp.menu_fields import Json, Problem, as_mapping, check_known_keys, check_text_field

_VERSION = "3"


def flow_problems(action: Json) -> Iterator[Problem]:
    """What WhatsApp would refuse of a Flow's action."""
    yield from check_known_keys(action, "flow_id", "name", "parameters")
    given = as_mapping(action.get("parameters"))
    names = ("flow_message_version", "flow_id", "flow_name", "flow_cta", "flow_token", "mode",
             "flow_action", "flow_action_payload")  # fmt: skip
    yield from check_known_keys(given, "flow_id", *names)
    yield from check_text_field(
        given, "flow_cta", "flow_cta", "The button", most=limits.FLOW_BUTTON
    )
    which = given.get("flow_id", given.get("flow_name"))
    if ("flow_id" in given) == ("flow_name" in given) or not isinstance(which, str) or not which:
        yield Problem("flow_id", "Needs the Flow's number at Meta, or its name there.")
    elif which != which.strip():
        yield Problem("flow_id", "No blanks around it.")
    if action.get("name") != "flow" or given.get("flow_message_version") != _VERSION:
        yield Problem("flow_id", "A Flow is sent by the name flow, in version 3.")
    for key, allowed in (
        ("mode", ("draft", "published")),
        ("flow_action", ("navigate", "data_exchange")),
    ):
        if key in given and given[key] not in allowed:
            yield Problem("flow_id", f"{key} is one of {' or '.join(allowed)}.")
    if "flow_token" in given and not isinstance(given["flow_token"], str):
        yield Problem("flow_id", "flow_token must be text.")
    if "flow_action_payload" in given:
        yield from _start(as_mapping(given["flow_action_payload"]))


def _start(payload: Json) -> Iterator[Problem]:
    yield from check_known_keys(payload, "flow_screen", "screen", "data")
    screen = payload.get("screen")
    if not isinstance(screen, str) or not screen.strip() or screen != screen.strip():
        yield Problem("flow_screen", "The name of the Flow's first screen.")
    if "data" in payload and not (isinstance(payload["data"], Mapping) and payload["data"]):
        yield Problem("flow_screen", "What the screen is given must not be empty.")
