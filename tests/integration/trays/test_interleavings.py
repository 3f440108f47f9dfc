"""Whatever happens in whatever order: each message is done once, each customer's in order."""

import asyncio

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.trays.world import message
from trays import lanes
from trays.accept import accept_messages
from trays.messages import Fenced
from trays.pools import pool as new_pool
from trays.turn_end import finish_message
from trays.worker import Worker
from trays.worker_lock import WORKERS

PHONES = ("91", "92")
EVENTS = st.one_of(
    st.tuples(st.just("accept"), st.sampled_from(PHONES)),
    st.tuples(st.sampled_from(["take", "finish", "give back", "reap"]), st.integers(0, 3)),
)
EMPTY = "TRUNCATE user_profiles CASCADE"  # everything is somebody's


class Play:
    """One worker, the messages that it has in hand, and what was said and done."""

    def __init__(self, conn, sync, worker):
        self.conn, self.sync, self.worker = conn, sync, worker
        self.in_hand = []
        self.fenced = []
        self.accepted = {phone: [] for phone in PHONES}
        self.done = {phone: [] for phone in PHONES}

    async def happens(self, event, which):
        if event == "accept":
            content = str(len(self.accepted[which]))
            await accept_messages(self.conn, [message(content, phone=which)])
            self.accepted[which].append(content)
        elif event == "take":
            if claim := await self.worker.claim():
                assert claim.phone not in {held.phone for held in self.in_hand}
                self.in_hand.append(claim)
        elif event == "reap" and self.in_hand:
            # As if all that is in hand were a dead worker's.
            await self.conn.execute("UPDATE lanes SET held_by = 0 WHERE held_by IS NOT NULL")
            await lanes.reap_lanes(self.conn, WORKERS, unknown_for=0, longest=60)
            self.fenced += self.in_hand
            self.in_hand = []
        elif which < len(self.in_hand):
            await self.ends(self.in_hand.pop(which), event)
        elif self.fenced:
            await self.comes_late(self.fenced.pop(), event)

    async def ends(self, claim, event):
        if event == "give back":
            assert await self.worker.give_back(claim, "chance", delay=0)
        else:
            finish_message(self.sync, claim, [{"type": "text"}])
            self.sync.commit()
            self.done[claim.phone].append(claim.content)

    async def comes_late(self, claim, event):
        if event == "give back":
            assert not await self.worker.give_back(claim, "late")
            return
        try:
            finish_message(self.sync, claim, [{"type": "text"}])
        except Fenced:
            self.sync.rollback()
        else:
            raise AssertionError("a fenced worker finished")

    async def is_played_to_the_end(self):
        while self.in_hand:
            await self.ends(self.in_hand.pop(), "finish")
        while claim := await self.worker.claim():
            await self.ends(claim, "finish")
        assert self.done == self.accepted


@given(plays=st.lists(st.lists(EVENTS, max_size=25), min_size=5, max_size=5))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_each_message_is_done_once_and_in_order(database_url, plays):
    async def run():
        async with (
            new_pool(database_url) as pool,
            pool.connection() as conn,
            Worker(pool, "incoming", poll=60) as worker,
        ):
            await accept_messages(conn, [message()])
            assert await worker.next()
            for events in plays:
                with psycopg.connect(database_url) as sync:
                    sync.execute(EMPTY)
                    sync.commit()
                    play = Play(conn, sync, worker)
                    for event in events:
                        await play.happens(*event)
                    await play.is_played_to_the_end()

    asyncio.run(run())
