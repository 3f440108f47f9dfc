"""Calculates the hardware for shops from CPU a turn and memory; docs/benchmarks.md explains it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.figures import Figure
from benchmarks.load import DRIVER
from benchmarks.rig.processes import DATABASE, Costs

BUSY = 0.6  # how much of a core may be used on average, so that turns do not queue
SECONDS = 60  # what is measured at rest is per minute
# Of these there are as many processes as the turns need; of all others there is one.
SCALED = ("Rasa workers", "receiver", "sender")


@dataclass(frozen=True)
class Demand:
    """A number of shops, each with processes of its own, and the turns a second of each."""

    name: str
    shops: int
    turns: float


DEMANDS = (
    Demand("one shop, 0.2 turns/s", 1, 0.2),
    Demand("ten shops, 0.2 turns/s each", 10, 0.2),
    Demand("200 shops, 0.02 turns/s each", 200, 0.02),
    Demand("a number at 1,000 messages/s", 1, 1000),
)


@dataclass(frozen=True)
class Measured:
    """CPU milliseconds a turn and MB by part, and CPU seconds a minute at rest."""

    cpu: Costs
    memory: Costs
    at_rest: float

    @property
    def cpu_of_bot(self) -> float:
        return sum(cost for part, cost in self.cpu.items() if part != DRIVER)

    def cores(self, turns: float, cost: float) -> float:
        """The cores for a rate of turns at some milliseconds of CPU each."""
        return turns * cost / 1000 / BUSY

    def processes(self, turns: float, part: str) -> int:
        """How many processes of a part the turns need; each uses one core at most."""
        if part not in SCALED:
            return 1
        return max(1, math.ceil(self.cores(turns, self.cpu.get(part, 0.0))))


def needs(measured: Measured) -> Iterator[Figure]:
    """Cores, Rasa workers, PostgreSQL's cores and memory of each demand."""
    for demand in DEMANDS:
        shops, turns = demand.shops, demand.turns
        idle = measured.at_rest / SECONDS
        cores = shops * (idle + measured.cores(turns, measured.cpu_of_bot))
        of_database = shops * measured.cores(turns, measured.cpu.get(DATABASE, 0.0))
        workers = shops * measured.processes(turns, "Rasa workers")
        memory = shops * sum(
            measured.processes(turns, part) * used for part, used in measured.memory.items()
        )
        yield Figure(f"needs, {demand.name}: cores", cores, "cores")
        yield Figure(f"needs, {demand.name}: PostgreSQL's cores of these", of_database, "cores")
        yield Figure(f"needs, {demand.name}: Rasa workers", workers, "processes")
        yield Figure(f"needs, {demand.name}: memory", memory / 1024, "GB")
