"""The out tray's worker: claims messages to send and stores the results."""

import random
from collections.abc import Awaitable, Callable

from trays import lanes, outbox
from trays.claiming import Sent
from trays.messages import Claim
from trays.pools import Connection, Pool
from trays.rate import Rate
from trays.retry import CROWDED, SENDS, Pace
from trays.worker import Worker

# How often a message of a stopped number checks whether it may be sent.
STOPPED_FOR = 30.0


class Sender(Worker):
    """Sends from one number, at its rate, to each customer in order and at the customer's pace.

    The methods that record a result wait while the database is away. They return False if another
    sender has claimed the message meanwhile.
    """

    def __init__(
        self,
        pool: Pool,
        number: str,
        *,
        per_second: float = 80,
        pace: Pace | None = None,
        poll: float = 1.0,
        longest: float = 120.0,
        unknown_for: float = 30.0,
        calls: dict[str, Callable[[], None]] | None = None,
    ) -> None:
        super().__init__(
            pool,
            "outgoing",
            number=number,
            rate=Rate(per_second),
            retry=SENDS,
            pace=pace,
            calls=calls,
            poll=poll,
            longest=longest,
            unknown_for=unknown_for,
        )
        self._number = number
        self._unknown_for = unknown_for

    async def sent(self, claim: Claim, message_id: str) -> bool:
        """Records that WhatsApp accepted the message under this id."""
        return await self._batcher.keep(Sent(claim, message_id))

    async def failed(self, claim: Claim, reason: str) -> bool:
        """Records that WhatsApp refuses the message for good; staff read the reason."""
        return await self._surely(lambda conn: outbox.mark_failed(conn, claim, reason))

    async def unknown(self, claim: Claim, reason: str) -> bool:
        """Records that no answer came: the message waits for a receipt before it is sent again."""
        return await self._surely(
            lambda conn: lanes.give_back(
                conn, claim, reason, self._unknown_for, excused=True, unknown=True
            )
        )

    async def crowded(self, claim: Claim, reason: str) -> bool:
        """Holds this customer's messages for 1, 4, 16, ... seconds: too many were sent (131056)."""
        return await self.give_back(claim, reason, outage=True, delay=CROWDED.delay(claim.tries))

    async def throttled(self, claim: Claim, reason: str, least: float | None = None) -> bool:
        """Holds all messages for 1, 2, 4, ... seconds: our number sends too fast (130429, 4,
        80007).

        `least` is how many seconds WhatsApp asked us to wait.
        """
        jitter = random.uniform(1.0, 1.5)  # noqa: S311 - no secret

        async def act(conn: Connection) -> bool:
            await outbox.throttle_number(
                conn, self._number, reason, jitter=jitter, least=least or 0
            )
            return await lanes.give_back(conn, claim, reason, 0, excused=True)

        return await self._surely(act)

    async def stopped(self, claim: Claim, reason: str, seconds: float = STOPPED_FOR) -> bool:
        """Holds all messages: our number may not send (token, permission, policy)."""

        async def act(conn: Connection) -> bool:
            await outbox.pause_number(conn, self._number, seconds, reason)
            return await lanes.give_back(conn, claim, reason, 0, excused=True)

        return await self._surely(act)

    async def resume(self) -> None:
        """Resumes sending at once, whatever the number was paused for."""
        await self.retry_until_stored(lambda conn: outbox.resume_number(conn, self._number))
        self.wake()

    async def _surely(self, act: Callable[[Connection], Awaitable[bool]]) -> bool:
        """Runs `retry_until_stored`, then checks for lanes that became ready."""
        is_ours = await self.retry_until_stored(act)
        self.wake()
        return is_ours
