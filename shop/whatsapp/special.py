"""Interactive messages that are sent as they are written: links, Flows, and what we ask for.

Since nobody rewrites them, they may hold nothing that Meta does not know.
"""

from collections.abc import Callable

from shop.whatsapp import limits, shape
from shop.whatsapp.limits import Incomplete
from shop.whatsapp.shape import Json

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


def check_link(message: Json) -> None:
    """A button that opens a web page."""
    parameters = _parameters(message, "cta_url")
    shape.require_only(parameters, "display_text", "url")
    shape.require_limited(limits.LINK_TEXT, parameters, "display_text")
    if not shape.require_string(parameters, "url", "action").startswith(("http://", "https://")):
        raise Incomplete("action.parameters.url must begin with http:// or https://")


def check_flow(message: Json) -> None:
    """A button that opens a Flow."""
    parameters = _parameters(message, "flow")
    shape.require_only(parameters, *_FLOW_KEYS)
    shape.require_limited(limits.FLOW_BUTTON, parameters, "flow_cta")
    shape.require_one_of(parameters, "flow_message_version", "3")
    named = [key for key in ("flow_id", "flow_name") if key in parameters]
    if len(named) != 1 or not shape.require_string(parameters, named[0], "flow").strip():
        raise Incomplete("a Flow needs either flow_id or flow_name")
    if "flow_token" in parameters:
        shape.require_string(parameters, "flow_token", "flow")
    if "mode" in parameters:
        shape.require_one_of(parameters, "mode", "draft", "published")
    if "flow_action" in parameters:
        shape.require_one_of(parameters, "flow_action", "navigate", "data_exchange")
    if "flow_action_payload" in parameters:
        _check_flow_payload(
            shape.require_mapping(parameters["flow_action_payload"], "flow_action_payload")
        )


def _check_flow_payload(payload: Json) -> None:
    shape.require_only(payload, "screen", "data")
    if not shape.require_string(payload, "screen", "flow_action_payload").strip():
        raise Incomplete("flow_action_payload needs a screen")
    if "data" in payload and not shape.require_mapping(payload["data"], "data"):
        raise Incomplete("data of flow_action_payload must not be empty")


def check_request(name: str) -> Callable[[Json], None]:
    """A question that WhatsApp's own button answers: for a place, for a phone number."""

    def check(message: Json) -> None:
        shape.require_only(message, "type", "body", "action")
        action = shape.require_mapping(message.get("action"), "action")
        shape.require_only(action, "name")
        shape.require_one_of(action, "name", name)

    return check


def _parameters(message: Json, name: str) -> Json:
    _check_frame(message)
    action = shape.require_mapping(message.get("action"), "action")
    shape.require_only(action, "name", "parameters")
    shape.require_one_of(action, "name", name)
    return shape.require_mapping(action.get("parameters"), "action.parameters")


def _check_frame(message: Json) -> None:
    shape.require_only(message, "type", "header", "body", "footer", "action")
    for part in ("body", "footer"):
        if part in message:
            shape.require_only(shape.require_mapping(message[part], part), "text")
    if "header" in message:
        _check_header_keys(shape.require_mapping(message["header"], "header"))


def _check_header_keys(header: Json) -> None:
    kind = shape.require_string(header, "type", "header")
    shape.require_only(header, "type", kind)
    if kind != "text":
        extra = ("filename",) if kind == "document" else ()
        shape.require_only(
            shape.require_mapping(header.get(kind), f"header.{kind}"), "id", "link", *extra
        )
