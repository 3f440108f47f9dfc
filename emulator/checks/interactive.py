"""Checks interactive messages: buttons, links, flows, requests; lists are in `checks.lists`."""

from collections.abc import Callable

from emulator.checks import limits
from emulator.checks.lists import check_list
from emulator.checks.parts import ANY_HEADER, check_body, check_frame, named_action
from emulator.errors import bad_parameter, bad_value
from emulator.fields import Node


def check_interactive(node: Node) -> None:
    """Raises Meta's error if an `interactive` object is invalid."""
    CHECKS[node.choice("type", *CHECKS)](node)


def check_buttons(node: Node) -> None:
    check_frame(node, *ANY_HEADER)
    found = node.object("action")
    found.allow("buttons")
    buttons = found.objects("buttons")
    if not 1 <= len(buttons) <= limits.BUTTONS:
        raise bad_value("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
    replies = [check_button(button) for button in buttons]
    limits.all_different([reply.string("title") for reply in replies], "button title")
    limits.all_different([reply.string("id") for reply in replies], "button reply id")


def check_button(button: Node) -> Node:
    """Checks a button and returns its `reply`."""
    button.allow("type", "reply")
    button.choice("type", "reply")
    reply = button.object("reply")
    reply.allow("id", "title")
    limits.check_limit(reply.string("title"), limits.BUTTON_TITLE, "Button title")
    identifier = reply.string("id")
    limits.check_limit(identifier, limits.BUTTON_ID, "Button reply id")
    if identifier != identifier.strip():
        raise bad_value("Button reply id cannot have leading or trailing spaces")
    return reply


def check_link(node: Node) -> None:
    check_frame(node, *ANY_HEADER)
    found = named_action(node, "cta_url")
    found.allow("name", "parameters")
    parameters = found.object("parameters")
    parameters.allow("display_text", "url")
    limits.check_limit(parameters.string("display_text"), limits.LINK_LABEL, "Button display text")
    if not parameters.word("url").startswith(("http://", "https://")):
        raise bad_value("Button url must start with http:// or https://")


def check_request(name: str) -> Callable[[Node], None]:
    """A check of requests for a location or a phone number: a body, and an action of this name."""

    def check(node: Node) -> None:
        node.allow("type", "body", "action")
        check_body(node)
        named_action(node, name).allow("name")

    return check


def check_flow(node: Node) -> None:
    check_frame(node, *ANY_HEADER)
    found = named_action(node, "flow")
    found.allow("name", "parameters")
    check_flow_parameters(found.object("parameters"))


def check_flow_parameters(node: Node) -> None:
    node.allow(
        "flow_message_version",
        "flow_id",
        "flow_name",
        "flow_cta",
        "flow_token",
        "mode",
        "flow_action",
        "flow_action_payload",
    )
    node.choice("flow_message_version", "3")
    if node.has("flow_id") == node.has("flow_name"):
        raise bad_parameter(f"Exactly one of {node.at('flow_id')} and flow_name is required.")
    node.word("flow_id" if node.has("flow_id") else "flow_name")
    limits.check_limit(node.string("flow_cta"), limits.FLOW_LABEL, "Flow CTA")
    node.optional_string("flow_token")
    if node.has("mode"):
        node.choice("mode", "draft", "published")
    if node.has("flow_action"):
        node.choice("flow_action", "navigate", "data_exchange")
    payload = node.optional_object("flow_action_payload")
    if payload:
        check_flow_payload(payload)


def check_flow_payload(payload: Node) -> None:
    payload.allow("screen", "data")
    payload.word("screen")
    data = payload.optional_object("data")
    if data is not None and not data.value:
        raise bad_value("flow_action_payload data must be a non-empty object")


CHECKS: dict[str, Callable[[Node], None]] = {
    "button": check_buttons,
    "list": check_list,
    "cta_url": check_link,
    "flow": check_flow,
    "location_request_message": check_request("send_location"),
    "request_contact_info": check_request("request_contact_info"),
}
