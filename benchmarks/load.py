"""A bot under load, a slice at a time: turns a second, and CPU milliseconds a turn by process."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.rig.processes import Costs, spent
from benchmarks.running import size

# The customers, WhatsApp's webhooks and the Graph: this process. It shares the cores.
DRIVER = "driver and Graph"
WARM_UP = 24  # turns; everything is loaded, and the rate is known well enough to size a slice
SLICES = size(6, 3)
SECONDS = size(3, 2)  # that a slice takes about
TURNS_OF_AN_ORDER = 4  # a slice holds whole ones
SETTLING = 0.3  # seconds for what follows the last reply: kept as sent, read receipts

Run = Callable[[], Awaitable[None]]


@dataclass
class Load:
    """One of the bots that are compared.

    `prepare` makes the messages of some turns, and returns a function that sends them and waits for
    the last reply; only that function is measured. `cpu` returns CPU seconds so far by part.
    """

    prepare: Callable[[int], Run]
    cpu: Callable[[], Costs]
    turns: int = 0
    seconds: float = 0.0
    costs: Costs = field(default_factory=lambda: defaultdict(float))

    @property
    def rate(self) -> float:
        """Turns a second."""
        return self.turns / self.seconds

    @property
    def milliseconds(self) -> Costs:
        """CPU milliseconds a turn by part, the driver among them."""
        return {part: 1000 * cost / self.turns for part, cost in self.costs.items()}

    @property
    def of_bot(self) -> float:
        """CPU milliseconds a turn of all processes but the driver."""
        return sum(cost for part, cost in self.milliseconds.items() if part != DRIVER)

    async def go_on(self, turns: int) -> None:
        """Measures one more slice."""
        run = self.prepare(turns)
        before, began = self._cpu(), time.perf_counter()
        async with asyncio.timeout(300):
            await run()
        self.seconds += time.perf_counter() - began
        self.turns += turns
        await asyncio.sleep(SETTLING)
        for part, cost in spent(before, self._cpu()).items():
            self.costs[part] += cost

    def forget(self) -> None:
        """Drops what was measured."""
        self.turns, self.seconds = 0, 0.0
        self.costs.clear()

    def _cpu(self) -> Costs:
        return {**self.cpu(), DRIVER: time.process_time()}


async def interleave(loads: Sequence[Load]) -> None:
    """Measures the bots in turn, so that other load on the machine affects all of them."""
    slices = []
    for load in loads:
        await load.go_on(WARM_UP)
        orders = int(load.rate * SECONDS) // TURNS_OF_AN_ORDER
        slices.append(max(WARM_UP, orders * TURNS_OF_AN_ORDER))
        load.forget()
    for _ in range(SLICES):
        for load, turns in zip(loads, slices, strict=True):
            await load.go_on(turns)
