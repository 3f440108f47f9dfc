"""Sends webhooks to the shop: in order by default, or doubled, shuffled, gathered or held back."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass

from emulator.chat import Json
from emulator.encoding import encode_json
from emulator.lanes import MOST_WAITING, Lanes, Parcel
from emulator.payloads import webhook_payload
from emulator.wire import Wire

GATHER_SECONDS = 0.2


@dataclass
class Item:
    """One change, its customer's lane, and what to call when the shop has accepted it."""

    lane: str
    change: Json
    accepted: Callable[[], None] | None = None


@dataclass
class Manner:
    """How webhooks are sent; by default, as Meta does without any trouble."""

    duplicates: int = 0
    shuffle: bool = False
    batch: int = 1
    held: bool = False


class Courier:
    """Sends changes one by one, or gathers, shuffles, doubles or holds them back."""

    def __init__(self, wire: Wire, changed: Callable[[], None]) -> None:
        self.manner = Manner()
        self.wire = wire
        self.lanes = Lanes(wire, changed)
        self._held: list[Item] = []
        self._gathered: list[Item] = []

    @property
    def waiting(self) -> int:
        """The number of changes that the shop has not accepted yet."""
        return self.lanes.waiting + len(self._held) + len(self._gathered)

    def post(self, item: Item) -> None:
        """Sends one change; returns at once."""
        if self.manner.held:
            self._held.append(item)
            del self._held[:-MOST_WAITING]
        elif self.manner.shuffle or self.manner.batch > 1:
            self._gathered.append(item)
            if len(self._gathered) == 1:
                self.lanes.start(self._send_gathered())
        else:
            self._dispatch([item], item.lane)

    def release(self) -> int:
        """Sends the changes that were held back; returns their number."""
        self.manner.held = False
        held, self._held = self._held, []
        for item in held:
            self.post(item)
        return len(held)

    def forget(self) -> None:
        """Drops all waiting changes, and resets the manner to the defaults."""
        self.manner = Manner()
        self._held.clear()
        self._gathered.clear()
        self.lanes.forget()

    async def close(self) -> None:
        await self.lanes.close()
        await self.wire.close()

    async def _send_gathered(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        items, self._gathered = self._gathered, []
        if self.manner.shuffle:
            random.shuffle(items)
        size = max(1, self.manner.batch)
        for start in range(0, len(items), size):
            # Each shuffled batch has a lane of its own, so that they are delivered in any order.
            lane = f"gathered {start}" if self.manner.shuffle else "gathered"
            self._dispatch(items[start : start + size], lane)

    def _dispatch(self, items: list[Item], lane: str) -> None:
        raw = encode_json(webhook_payload([item.change for item in items]))
        accepted = [item.accepted for item in items if item.accepted]
        for copy in range(1 + self.manner.duplicates):
            self.lanes.put(f"{lane} again {copy}" if copy else lane, Parcel(raw, accepted))
