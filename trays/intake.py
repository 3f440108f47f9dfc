"""The webhook's way in: accept, then wake the workers."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any

import psycopg
from psycopg_pool import PoolTimeout

from trays.accept import PATIENCE, Unsettled, follow_up
from trays.bodies import Body
from trays.groups import Outcome, store_group
from trays.messages import Incoming, Receipt
from trays.pools import Pool
from trays.waiting import Waiting, choose_messages
from trays.wake import Waker

log = logging.getLogger(__name__)

# The most transactions at once: for groups, for bodies stored alone, and for the work after a
# commit.
MOST_GROUPS = 2
MOST_ALONE = 2
MOST_FOLLOWING = 2
# How long bodies wait for others, up to half of all that were here at once lately. Without it
# groups of one and of all the others alternate.
GATHER = 0.002
# How long after a connection turned out to be dead the next one is tried.
AFTER_OUTAGE = 0.05


class Intake:
    """Accepts webhook bodies over a pool of connections, some of which may be dead.

    Bodies that arrive during a transaction are stored together by the next one. `accept` returns
    for each body only after that body's commit.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._waker = Waker(pool)
        # In the order of arrival; bodies that are stored or given up are removed.
        self._queue: dict[Waiting, None] = {}
        self._under_way = {True: 0, False: 0}
        self._in_hand = 0
        self._is_looking = False
        # The most bodies that waited or were in hand at once lately.
        self._most = 1
        # The number of groups that are chosen and not sent to PostgreSQL yet.
        self._leaving = 0
        self._gathering: asyncio.TimerHandle | None = None
        self._following = asyncio.Semaphore(MOST_FOLLOWING)
        self._tasks: set[asyncio.Task[None]] = set()

    async def accept(self, messages: Sequence[Incoming], receipts: Sequence[Receipt] = ()) -> int:
        """Stores a body; once this returns it is safe to answer 200.

        Returns:
            How many messages were new.

        Raises:
            psycopg.Error, Unsettled: the body may not be stored; answer 5xx and WhatsApp sends it
                again.
        """
        body = Body(messages, receipts)
        if body.is_stored:
            return 0
        loop = asyncio.get_running_loop()
        waiting = Waiting(body, loop.create_future(), loop.time())
        self._queue[waiting] = None
        is_due = self._most > 1 and self._waiting() >= self._worth()
        if is_due and self._under_way[False] < MOST_GROUPS:
            self._look()
        else:
            self._go_on()
        return await waiting.stored

    async def make_way(self) -> None:
        """Returns when every chosen group has been sent to PostgreSQL.

        Called before a body is parsed, so that PostgreSQL stores the group meanwhile.
        """
        while self._leaving:  # noqa: ASYNC110 (an Event would cost one more round)
            await asyncio.sleep(0)

    def _waiting(self) -> int:
        return len(self._queue) - self._in_hand

    def _worth(self) -> int:
        """How many waiting bodies start a transaction: half of all, so that one half is stored
        while the other is parsed."""
        return max(1, self._most // 2)

    def _go_on(self) -> None:
        """Starts a transaction if one is due, after the other tasks of this moment have run."""
        if not self._is_looking:
            self._is_looking = True
            asyncio.get_running_loop().call_soon(self._look)

    def _look(self) -> None:
        """Starts as many transactions as may run now."""
        self._is_looking = False
        if self._under_way[False] < MOST_GROUPS and not self._gathers():
            self._start_groups(MOST_GROUPS, alone=False)
        if any(each.alone for each in self._queue):
            self._start_groups(MOST_ALONE, alone=True)

    def _gathers(self) -> bool:
        """Whether to wait for more bodies: for a moment, or until the running group is stored."""
        waiting = self._waiting()
        if not waiting or waiting >= self._worth():
            return False
        if self._under_way[False]:
            return True
        loop = asyncio.get_running_loop()
        oldest = next(each for each in self._queue if not each.in_hand)
        rest = oldest.since + GATHER - loop.time()
        if rest > 0 and self._gathering is None:
            self._gathering = loop.call_later(rest, self._gathered)
        return rest > 0

    def _gathered(self) -> None:
        self._gathering = None
        self._look()

    def _start_groups(self, most: int, *, alone: bool) -> None:
        now = asyncio.get_running_loop().time()
        # All that wait: a transaction costs as much as ten messages in it.
        while self._under_way[alone] < most and (
            group := choose_messages(self._queue, now, alone=alone)
        ):
            self._in_hand += len(group)
            for each in group:
                each.in_hand = True
            self._leaving += 1
            self._under_way[alone] += 1
            self._start(self._store(group, alone=alone))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _store(self, group: list[Waiting], *, alone: bool) -> None:
        """Stores a group; afterwards each of its senders gets the result, or the body is tried
        again."""
        # From here to the sending of the statement no other task runs, if a connection is free.
        self._leaving -= 1
        try:
            self._settle(await self._store_surely(group))
        except Exception as error:
            for each in group:
                self._give_up(each, error)
        finally:
            self._in_hand -= len(group)
            for each in group:
                each.in_hand = False
            self._under_way[alone] -= 1
            self._go_on()

    async def _store_surely(self, group: list[Waiting]) -> Outcome:
        """Stores a group, and tries again while connections are dead: storing twice is safe."""
        loop = asyncio.get_running_loop()
        while True:
            patience = max(0.1, group[0].since + PATIENCE - loop.time())
            try:
                async with self._pool.connection(min(patience, self._pool.timeout)) as conn:
                    return await store_group(conn, group)
            except PoolTimeout:
                raise
            except psycopg.OperationalError as error:
                if group[0].is_late(loop.time()):
                    raise
                log.info("accepting once more after %s", type(error).__name__)
            await self._pool.check()
            await asyncio.sleep(AFTER_OUTAGE)

    def _settle(self, outcome: Outcome) -> None:
        """Gives the senders their results; bodies that were not stored are tried again."""
        # It rises at once and falls by half of the difference.
        self._most = max(len(self._queue), (self._most + len(self._queue)) // 2)
        for each in outcome.stored:
            del self._queue[each]
            if each.body.wants_follow_up:
                self._start(self._follow_up(each))
            elif not each.stored.done():
                each.stored.set_result(each.body.new)
        for each, error in outcome.refused:
            self._give_up(each, error)
        for each in outcome.left:
            self._try_again(each)
        if any(each.body.new for each in [*outcome.stored, *outcome.left]):
            self._waker.wake("incoming")

    def _try_again(self, waiting: Waiting) -> None:
        loop = asyncio.get_running_loop()
        if waiting.is_late(loop.time()) or waiting.stored.done():
            self._give_up(waiting, Unsettled())
        else:
            loop.call_later(waiting.put_off(loop.time()), self._is_due, waiting)

    def _is_due(self, waiting: Waiting) -> None:
        """Marks a body as due when its pause has ended.

        The clock is not compared again: uvloop rounds timers to milliseconds, so the clock may
        still be a fraction behind, and no second timer would follow.
        """
        waiting.not_before = 0.0
        self._go_on()

    def _give_up(self, waiting: Waiting, error: Exception) -> None:
        self._queue.pop(waiting, None)
        waiting.fail(error)

    async def _follow_up(self, waiting: Waiting) -> None:
        """Does the work that follows the commit; it may wait for locks, so it blocks no other
        body."""
        try:
            async with self._following, self._pool.connection() as conn:
                await follow_up(conn, waiting.body)
        except Exception as error:
            waiting.fail(error)
        else:
            if not waiting.stored.done():
                waiting.stored.set_result(waiting.body.new)
