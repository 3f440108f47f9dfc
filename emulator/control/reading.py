"""Reads control requests, and answers invalid ones."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from emulator.chat import Json
from emulator.customers import Customer
from emulator.encoding import MetaResponse
from emulator.state import Emulator


class ControlError(Exception):
    """The request cannot be carried out; the text says why."""

    def __init__(self, text: str, http: int = 400, **more: Any) -> None:
        super().__init__(text)
        self.http = http
        self.more = more


async def explain_errors(_request: Request, error: Exception) -> Response:
    """The response for a ControlError."""
    if not isinstance(error, ControlError):
        raise error
    return MetaResponse({"error": str(error)} | error.more, error.http)


def emulator_of(request: Request) -> Emulator:
    found: Emulator = request.app.state.emulator
    return found


async def json_of(request: Request) -> Json:
    """The JSON object of the body; an empty body is an empty object."""
    raw = await request.body()
    try:
        found = json.loads(raw) if raw else {}
    except ValueError as error:
        raise ControlError(f"not JSON: {error}") from None
    if not isinstance(found, dict):
        raise ControlError("a JSON object is expected")
    return found


def refuse_unknown_keys(given: Json, *keys: str) -> None:
    """Raises ControlError for keys other than these, so that a misspelled one is noticed."""
    unknown = sorted(set(given) - set(keys))
    if unknown:
        raise ControlError(f"unknown: {', '.join(unknown)}; known: {', '.join(keys)}")


def customer_of(request: Request) -> Customer:
    key = request.path_params["key"]
    customer = emulator_of(request).customers.find_customer(key)
    if customer is None:
        raise ControlError(f"no customer {key}", 404)
    return customer


def number(value: Any, name: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ControlError(f"{name} is a number") from None


def seconds_to_wait(request: Request, most: float = 60.0) -> float:
    return min(number(request.query_params.get("wait", 0), "wait"), most)
