"""The test bench's addresses, under /emulator."""

import asyncio
import time
from collections.abc import Sequence

import psycopg
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.bench.database import Shop
from emulator.bench.examples import webhook_examples
from emulator.bench.stories import write_stories
from emulator.bench.turns import read_turn
from emulator.chat import Json, Message
from emulator.control.reading import (
    ControlError,
    customer_of,
    emulator_of,
    number,
    seconds_to_wait,
)
from emulator.customers import Customer
from emulator.encoding import MetaResponse

PAUSE = 0.1


def bench_routes() -> list[Route]:
    return [
        Route("/customers/{key}/turns/{wamid:path}", show_turn, methods=["GET"]),
        Route("/customers/{key}/story", show_story, methods=["GET"]),
        Route("/traffic", list_traffic, methods=["GET"]),
        Route("/webhook-examples", list_examples, methods=["GET"]),
    ]


async def show_turn(request: Request) -> Response:
    """A turn, as soon as it is over; 404 if it is not over in time, or the shop has none."""
    customer_of(request)
    shop, message_id = shop_of(request), str(request.path_params["wamid"])
    turn = await look(shop, message_id)
    ends = time.monotonic() + seconds_to_wait(request)
    while turn is None and time.monotonic() < ends:
        await asyncio.sleep(PAUSE)
        turn = await look(shop, message_id)
    if turn is None:
        raise ControlError("the shop has not processed this message", 404)
    return MetaResponse(turn)


async def show_story(request: Request) -> Response:
    """The conversation after a bubble, as a file of stories."""
    customer, shop = customer_of(request), shop_of(request)
    after = number(request.query_params.get("after", 0), "after")
    name = request.query_params.get("name") or f"{customer.name} on the phone"
    turns = []
    for message, bubbles in exchanges(customer, after):
        turn = await look(shop, message.id)
        if turn and turn["intent"]:
            turns.append((message, turn, bubbles))
    if not turns:
        raise ControlError("the customer has done nothing yet that became a turn", 404)
    return PlainTextResponse(write_stories(name, turns), media_type="application/yaml")


def exchanges(customer: Customer, after: float) -> list[tuple[Message, list[Message]]]:
    """Each message of the customer after a bubble, with the shop's bubbles up to the next one."""
    found: list[tuple[Message, list[Message]]] = []
    for message in customer.messages:
        if message.sender == "customer" and message.number > after:
            found.append((message, []))
        elif found and message.sender == "shop":
            found[-1][1].append(message)
    return found


async def list_traffic(request: Request) -> Response:
    return MetaResponse({"requests": [each.as_json() for each in emulator_of(request).traffic]})


async def list_examples(request: Request) -> Response:
    emulator = emulator_of(request)
    customer = emulator.customers.find_customer(request.query_params.get("customer", ""))
    if customer is None:
        raise ControlError("?customer= names nobody", 404)
    return MetaResponse({"examples": webhook_examples(customer, latest_id(customer.messages))})


def latest_id(messages: Sequence[Message]) -> str:
    """The id of the shop's latest message."""
    return next((m.id for m in reversed(messages) if m.sender == "shop"), "wamid.none")


def shop_of(request: Request) -> Shop:
    database = emulator_of(request).config.database
    if not database:
        raise ControlError(
            "no X-ray: EMULATOR_DATABASE does not say where the shop's data are", 404
        )
    return Shop(database)


async def look(shop: Shop, message_id: str) -> Json | None:
    """The turn; None until it is over."""
    try:
        return await read_turn(shop, message_id)
    except (psycopg.Error, OSError) as error:
        raise ControlError(
            f"no X-ray: the database does not answer ({type(error).__name__})", 503
        ) from None
