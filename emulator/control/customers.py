"""Handles requests about customers: adding them, their messages, their chat."""

import time
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from emulator.chat import Json, Message
from emulator.control.reading import (
    ControlError,
    customer_of,
    emulator_of,
    json_of,
    number,
    refuse_unknown_keys,
    seconds_to_wait,
)
from emulator.control.said import Saying
from emulator.customers import Customer, phone_digits
from emulator.encoding import MetaResponse
from emulator.identifiers import new_message_id, new_user_id
from emulator.state import Emulator
from emulator.statuses import catch_up

SECONDS = {"hours": 3600.0, "minutes": 60.0, "seconds": 1.0}
FIRST_PHONE = 919800000003


async def list_customers(request: Request) -> Response:
    return MetaResponse({"customers": [c.as_json() for c in emulator_of(request).customers]})


async def add_customer(request: Request) -> Response:
    emulator, given = emulator_of(request), await json_of(request)
    refuse_unknown_keys(given, "phone", "name", "user_id")
    phone = phone_digits(str(given["phone"])) if given.get("phone") else None
    if "phone" not in given and "user_id" not in given:
        phone = free_phone(emulator)
    for key in filter(None, (phone, given.get("user_id"))):
        if emulator.customers.find_customer(str(key)):
            raise ControlError(f"there is a customer {key} already", 409)
    customer = make_customer(emulator, phone, given.get("name"), given.get("user_id"))
    return MetaResponse(customer.as_json(), 201)


def make_customer(
    emulator: Emulator, phone: str | None, name: Any, user_id: Any = None
) -> Customer:
    """Creates a customer; the default name is made of the last digits of the phone."""
    user_id = str(user_id) if user_id else new_user_id()
    called = str(name) if name else f"Customer {(phone or user_id)[-4:]}"
    customer = emulator.customers.add_customer(Customer(name=called, phone=phone, user_id=user_id))
    emulator.tell(customer)
    return customer


def free_phone(emulator: Emulator) -> str:
    phone = FIRST_PHONE
    while emulator.customers.find_customer(str(phone)):
        phone += 1
    return str(phone)


async def show_customer(request: Request) -> Response:
    return MetaResponse(customer_of(request).as_json())


async def change_customer(request: Request) -> Response:
    emulator, customer, given = emulator_of(request), customer_of(request), await json_of(request)
    refuse_unknown_keys(given, "name", "online", "reads", "watching")
    customer.name = str(given.get("name", customer.name))
    for switch in ("online", "reads", "watching"):
        if switch in given:
            setattr(customer, switch, bool(given[switch]))
    catch_up(emulator, customer)
    emulator.tell(customer)
    return MetaResponse(customer.as_json())


async def pass_time(request: Request) -> Response:
    """Moves the customer's earlier events into the past, so that no webhook has a future time."""
    emulator, customer, given = emulator_of(request), customer_of(request), await json_of(request)
    refuse_unknown_keys(given, *SECONDS)
    seconds = sum(number(given[unit], unit) * SECONDS[unit] for unit in given)
    if customer.last_wrote is not None:
        customer.last_wrote -= seconds
    emulator.pair_rate.pass_time(customer.key, seconds)
    emulator.tell(customer)
    return MetaResponse(customer.as_json())


async def change_number(request: Request) -> Response:
    """Changes, shows or hides the customer's number."""
    emulator, customer, given = emulator_of(request), customer_of(request), await json_of(request)
    refuse_unknown_keys(given, "phone")
    if given.get("phone") is None:
        emulator.customers.hide_phone(customer)
    else:
        change_own_number(emulator, customer, phone_digits(str(given["phone"])))
    emulator.feed.publish("snapshot", emulator.snapshot())
    return MetaResponse(customer.as_json())


def change_own_number(emulator: Emulator, customer: Customer, phone: str) -> None:
    """Changes the number. A system message tells the shop, unless it is the first number."""
    if not phone or emulator.customers.find_customer(phone):
        raise ControlError("phone is a number that nobody has, or null")
    if customer.phone:
        words = f"User {customer.name} changed from {customer.phone} to {phone}"
        system = {"body": words, "wa_id": phone, "type": "user_changed_number"}
        deliver_said(emulator, customer, {"type": "system", "system": system})
    emulator.customers.change_phone(customer, phone)


async def act_as_customer(request: Request) -> Response:
    """Sends one message of the customer; an unknown phone becomes a customer."""
    emulator, given = emulator_of(request), await json_of(request)
    key = request.path_params["key"]
    customer = emulator.customers.find_customer(key)
    if customer is None:
        if not phone_digits(key):
            raise ControlError(f"no customer {key}", 404)
        customer = make_customer(emulator, phone_digits(key), given.get("name"))
    message = deliver_said(emulator, customer, Saying(emulator, customer, given).message())
    return MetaResponse({"id": message.id, "number": message.number}, 201)


def deliver_said(emulator: Emulator, customer: Customer, made: Json) -> Message:
    """Adds the fields that every message has, and delivers it.

    Reactions and system messages get no bubble."""
    raw: Json = {"from": customer.phone} if customer.phone else {}
    raw |= {
        "from_user_id": customer.user_id,
        "id": new_message_id(customer.key),
        "timestamp": str(int(time.time())),
    }
    visible = made["type"] not in ("reaction", "system")
    return emulator.receive(customer, raw | made, visible=visible)


async def chat(request: Request) -> Response:
    """Answers with the bubbles after a number; waits until there is one."""
    customer = customer_of(request)
    query = request.query_params
    after, sender = number(query.get("after", 0), "after"), query.get("from")

    def found() -> list[Message]:
        return [m for m in customer.messages if m.number > after and sender in (None, m.sender)]

    await wait_until(request, customer, found)
    return MetaResponse(
        {
            "customer": customer.as_json(),
            "messages": [message.as_json() for message in found()],
            "last": customer.count,
            "typing": customer.typing,
        }
    )


async def show_message(request: Request) -> Response:
    """Answers with one message; waits until it has the requested status."""
    emulator, customer = emulator_of(request), customer_of(request)
    kept = emulator.find_message(request.path_params["wamid"])
    if kept is None or kept[0].key != customer.key:
        raise ControlError("no such message", 404)
    status = request.query_params.get("status")
    await wait_until(request, kept[0], lambda: status is None or status in kept[1].statuses)
    return MetaResponse(kept[1].as_json())


async def wait_until(request: Request, customer: Customer, found: Any) -> None:
    """Waits until `found` is true, for as long as the request asks and the emulator runs."""
    ends = time.monotonic() + seconds_to_wait(request)
    feed = emulator_of(request).feed
    while not found() and not feed.closed and (left := ends - time.monotonic()) > 0:
        # At most a second at a time, so that a stop of the server is noticed.
        await customer.signal.wait(min(left, 1.0))
