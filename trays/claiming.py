"""Stores results and claims messages in one round trip."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from trays import lanes
from trays.messages import Claim, Direction
from trays.pools import Connection, Pool, one_trip
from trays.queries import query
from trays.retry import Pace


@dataclass(frozen=True)
class Sent:
    """A message that WhatsApp took, and the id that it gave it."""

    claim: Claim
    message_id: str


@dataclass
class Taken:
    """The result of one round trip.

    due: in how many seconds the next lane is ready; None if no message waits or none was asked for.
    kept: the rows of the sent messages that were stored; the others are stored one by one.
    """

    claims: list[Claim] = field(default_factory=list)
    due: float | None = None
    kept: set[int] = field(default_factory=set)


class Claiming:
    """The round trips of one direction's worker, on connections of its pool.

    Args:
        number: our number (phone_number_id), whose pauses are respected.
        lose: called with the epochs of claims whose answer was lost; their lanes must be released.
    """

    def __init__(
        self,
        pool: Pool,
        direction: Direction,
        number: str | None,
        pace: Pace,
        lose: Callable[[Sequence[int]], None],
    ) -> None:
        self._pool = pool
        self._scope = {"direction": direction, "number": number}
        self._pace = pace
        self._lose = lose
        self._claims = 0

    async def trip(self, worker: int, most: int, sent: Sequence[Sent] = ()) -> Taken:
        """Stores what was sent, then claims the first messages of at most so many customers.

        All of this is one transaction.
        """
        epochs = self._epochs(worker, most)
        known = False
        try:
            async with self._pool.connection() as conn:
                taken = await self._ask_for_message(conn, worker, epochs, sent)
            known = True
            return taken
        finally:
            # The answer was lost, or the task no longer waits for it.
            if not known:
                self._lose(epochs)

    def _epochs(self, worker: int, most: int) -> range:
        """Worker numbers are never used twice, so no two claims ever have the same epoch."""
        first = (worker << 32) + self._claims + 1
        self._claims += most
        return range(first, first + most)

    async def _ask_for_message(
        self, conn: Connection, worker: int, epochs: range, sent: Sequence[Sent]
    ) -> Taken:
        taken = Taken()
        kept = lanes_taken = in_hand = None
        hold = {"worker": worker, "first": epochs.start, "last": epochs.stop - 1}
        async with one_trip(conn):
            if sent:
                kept = await conn.execute(query("sent_all"), self._results(worker, sent))
            if epochs:
                values = self._scope | hold
                lanes_taken = await conn.execute(
                    query("take_lanes"), values | {"most": len(epochs)}
                )
                in_hand = await conn.execute(query("in_hand"), values)
        if kept:
            taken.kept = {row for (row,) in await kept.fetchall()}
        if lanes_taken and in_hand:
            rows = await in_hand.fetchall()
            taken.due = rows[0][0]
            taken.claims = [Claim(*row[1:]) for row in rows if row[1] is not None]
            if lanes_taken.rowcount > len(taken.claims):
                held = {epoch for epoch, _ in await lanes_taken.fetchall()}
                empty = held - {claim.epoch for claim in taken.claims}
                await lanes.put_down(conn, worker, list(empty))
        return taken

    def _results(self, worker: int, results: Sequence[Sent]) -> dict[str, Any]:
        """The results to store; an id that WhatsApp gave twice is stored for the first message
        only."""
        sent = list({each.message_id: each for each in reversed(results)}.values())
        return {
            "worker": worker,
            "customers": [each.claim.customer_id for each in sent],
            "epochs": [each.claim.epoch for each in sent],
            "rows": [each.claim.row for each in sent],
            "message_ids": [each.message_id for each in sent],
            "pace": self._pace.seconds,
            "burst": self._pace.credit,
        }
