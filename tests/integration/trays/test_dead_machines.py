"""A machine that is gone without a word, or a process with many messages in hand."""

import asyncio
import sys

import pytest

from tests.integration.trays.link import relayed
from tests.integration.trays.world import message
from trays.pools import pool as new_pool
from trays.worker import Worker

pytestmark = pytest.mark.anyio

# A worker that takes what there is, at most twenty messages, says so, and hangs.
GRASPING = """
import asyncio, sys
from trays.pools import pool
from trays.worker import Worker

async def main():
    async with pool(sys.argv[1]) as connections, Worker(connections, "incoming") as worker:
        taken = []
        while len(taken) < 20:
            taken += await worker.take(20 - len(taken))
        print(len(taken), len({claim.epoch for claim in taken}), flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


async def test_the_server_is_told_to_notice(pool):
    async with pool.connection() as conn:
        shown = [
            (await (await conn.execute(f"SHOW {name}")).fetchone())[0]
            for name in ("tcp_keepalives_idle", "tcp_keepalives_count", "tcp_user_timeout")
        ]
    assert shown == ["2", "3", "5000"]


async def test_a_machine_that_is_cut_off_gives_its_messages_to_others(pool, receive, database_url):
    """Without keepalive on the server's side its lock would be held for two hours."""
    await receive(message("precious"))
    with relayed(database_url) as link:
        async with new_pool(link.url) as far, Worker(far, "incoming") as cut_off:
            assert (await asyncio.wait_for(cut_off.next(), 60)).content == "precious"
            link.cut()
            async with Worker(pool, "incoming") as worker:
                claim = await asyncio.wait_for(worker.next(), 60)
            assert (claim.content, claim.attempts) == ("precious", 1)


async def test_a_killed_process_gives_all_that_it_took_at_once_to_others(
    pool, receive, database_url
):
    await receive(*(message(f"{n}", phone=f"91{n:02}") for n in range(20)))
    await receive(*(message(f"{n} again", phone=f"91{n:02}") for n in range(20)))
    dying = await asyncio.create_subprocess_exec(
        sys.executable, "-c", GRASPING, database_url, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert await dying.stdout.readline() == b"20 20\n"
        async with Worker(pool, "incoming") as worker:
            assert await worker.claim() is None
            dying.kill()
            taken = []
            async with asyncio.timeout(60):
                while len(taken) < 20:
                    taken += await worker.take(20)
    finally:
        if dying.returncode is None:
            dying.kill()
        await dying.wait()
    assert {claim.content for claim in taken} == {f"{n}" for n in range(20)}
    assert {claim.attempts for claim in taken} == {1}


async def test_who_wants_many_takes_one_of_each_customer_and_leaves_some_to_others(pool, receive):
    await receive(*(message(f"{n}", phone=f"91{n % 5}") for n in range(20)))
    async with Worker(pool, "incoming", poll=60) as worker:
        first, second = await asyncio.gather(worker.take(3), worker.take(10))
        assert len(first) + len(second) == 5
        assert first
        assert second
        assert {claim.content for claim in first + second} == {"0", "1", "2", "3", "4"}


async def test_what_was_taken_for_somebody_who_left_comes_back(pool, receive):
    await receive(*(message(phone=f"91{n}") for n in range(10)))
    async with Worker(pool, "incoming", poll=0.05) as worker:
        for n in range(20):
            leaving = asyncio.create_task(worker.take(3))
            await asyncio.sleep(0.0005 * n)
            leaving.cancel()
            [result] = await asyncio.gather(leaving, return_exceptions=True)
            if not isinstance(result, asyncio.CancelledError):
                for claim in result:
                    await worker.give_back(claim, "never mind", delay=0)
        taken = set()
        async with asyncio.timeout(60):
            while len(taken) < 10:
                taken |= {claim.phone for claim in await worker.take(10)}
