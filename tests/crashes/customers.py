"""Hundreds of customers at once, each of whom knows what must come of what they do."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

# Seconds without the answer, after which it counts as lost. At half the usual speed, where every
# process takes twice as long to come back, the last of 250 customers waited 300.
PATIENCE = 900.0
MESSAGES_A_ROUND = 8
CONFIRM = "✅ Confirm Order"

Bubble = dict[str, Any]


class NoAnswer(AssertionError):
    """A customer waited in vain."""


class Phones:
    """The control API of the emulator, for many customers at once."""

    def __init__(self, emulator: str, session: aiohttp.ClientSession) -> None:
        self._url = f"{emulator}/emulator"
        self._session = session

    async def call(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        async with self._session.request(method, self._url + path, json=given or None) as answer:
            assert answer.ok, await answer.text()
            said: dict[str, Any] = await answer.json()
            return said


@dataclass
class Customer:
    """Orders `rounds` times, always the same number of coffees, which nobody else need have."""

    phones: Phones
    phone: str
    coffees: int
    sent: list[str] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    unasked: list[Bubble] = field(default_factory=list)
    _seen: int = 0

    async def lives(self, rounds: int) -> None:
        await self.phones.call("POST", "/customers", phone=self.phone, name=self.phone[-4:])
        for _ in range(rounds):
            await self.orders_once()

    async def orders_once(self) -> None:
        """Eight messages: an order, confirmed twice, and questions, some of them in one breath."""
        await self.does({"text": f"{self.coffees} coffees"}, sees=[f"Coffee × {self.coffees} ="])
        tap = {"tap": CONFIRM}
        confirmed, _ = await self.does(
            tap, tap, sees=["Order Confirmed!", "already placed that order"]
        )
        number = re.search(r"ORD-\d+", confirmed["text"])
        assert number, confirmed["text"]
        self.orders.append(number[0])
        track = {"text": f"track {number[0]}"}
        status = f"Order {number[0]}: pending"
        await self.does({"text": "menu"}, sees=["Welcome!"])
        await self.does(track, sees=[status])
        menu = {"text": "menu"}
        await self.does(menu, track, menu, sees=["Welcome!", status, "Welcome!"])

    async def does(self, *deeds: dict[str, Any], sees: list[str]) -> list[Bubble]:
        """Does it all at once, and waits until all of the answers have come, in any order."""
        began = time.monotonic()
        for deed in deeds:
            said = await self.phones.call("POST", f"/customers/{self.phone}/messages", **deed)
            self.sent.append(said["id"])
        found: dict[int, Bubble] = {}
        while len(found) < len(sees):
            for bubble in await self._next(began, sees):
                wanted = (n for n, words in enumerate(sees) if words in bubble["text"])
                place = next((n for n in wanted if n not in found), None)
                if place is None:
                    self.unasked.append(bubble)
                else:
                    found[place] = bubble
        self.waits.append(time.monotonic() - began)
        return [found[place] for place in range(len(sees))]

    async def _next(self, began: float, sees: list[str]) -> list[Bubble]:
        if time.monotonic() - began > PATIENCE:
            raise NoAnswer(f"{self.phone} waited {PATIENCE:.0f} s for {sees}")
        path = f"/customers/{self.phone}/chat?after={self._seen}&wait=20&from=shop"
        bubbles: list[Bubble] = (await self.phones.call("GET", path))["messages"]
        self._seen = max([self._seen, *(bubble["number"] for bubble in bubbles)])
        return bubbles

    async def everything(self) -> list[Bubble]:
        """All that the shop has said, in the order in which WhatsApp took it."""
        path = f"/customers/{self.phone}/chat?after=0&from=shop"
        return list((await self.phones.call("GET", path))["messages"])


def many(phones: Phones, count: int) -> list[Customer]:
    return [Customer(phones, f"9197{n:08}", coffees=1 + n % 9) for n in range(1, count + 1)]


async def all_live(customers: Sequence[Customer], rounds: int) -> list[str]:
    """What the unhappy ones complain of, when all have ended."""
    ended = await asyncio.gather(*(one.lives(rounds) for one in customers), return_exceptions=True)
    return [f"{type(trouble).__name__}: {trouble}" for trouble in ended if trouble is not None]
