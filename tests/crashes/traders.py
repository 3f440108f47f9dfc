"""Customers of a shop that opens and closes, has little left and few times: what they get varies.

What they are told must be what happened; the shop's own promises are judged by what it holds
(trade_verdict.py).
"""

import random
import re
from dataclasses import dataclass, field

from tests.crashes.customers import Bubble, Customer, Phones

PRODUCT = "Rasmalai"
WORDS = (
    "1 rasmalai",
    "2 rasmalai",
    "1 rasmalai tomorrow at 11 am",
    "2 rasmalai tomorrow at 12 noon",
    "1 rasmalai tomorrow at 1 pm",
)
# What leads on, the most wanted first. Whoever is offered none of it gives up.
LEADS_ON = ("confirm_order", "time:", "day:")
MOST_TAPS = 6
CONFIRMED = "Order Confirmed!"


@dataclass
class Trader(Customer):
    """Wants the one thing of which there is little, now or tomorrow, and takes what is free.

    News of an order that the owner cancelled may come instead of an answer, so what was placed is
    read from the whole chat (`everything`).
    """

    coffees: int = 0
    refused: int = 0
    chance: random.Random = field(default_factory=random.Random)

    async def orders_once(self) -> None:
        """Says what is wanted and taps on as far as it goes; asks for the menu where it ends."""
        [shown] = await self.does({"text": self.chance.choice(WORDS)}, sees=[""])
        for _ in range(MOST_TAPS):
            option = self._way_on(shown)
            if option is None:
                break
            [shown] = await self.does({"tap": option, "on": shown["id"]}, sees=[""])
            if CONFIRMED in shown["text"]:
                return
        self.refused += 1
        await self.does({"text": "menu"}, sees=[""])

    async def everything(self) -> list[Bubble]:
        """All that the shop has said; whose orders it told of as placed is kept."""
        said = await super().everything()
        placed = (one["text"] for one in said if CONFIRMED in one["text"])
        self.orders = [number for text in placed for number in re.findall(r"ORD-\d+", text)[:1]]
        return said

    def _way_on(self, shown: Bubble) -> str | None:
        offered = [option["id"] for option in shown.get("options") or []]
        for wanted in LEADS_ON:
            if fitting := [each for each in offered if each.startswith(wanted)]:
                return str(self.chance.choice(fitting))
        return None


def many_traders(phones: Phones, count: int) -> list[Trader]:
    return [Trader(phones, f"9196{n:08}", chance=random.Random(n)) for n in range(1, count + 1)]
