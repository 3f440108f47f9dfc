"""Who takes too long is ended by a TimeoutError; nobody else is."""

import asyncio

import pytest

from connectors.whatsapp.receive.patience import Patience

SHORT, LONG = 0.2, 120.0


async def hang(patience):
    with patience:
        await asyncio.sleep(LONG)


def test_who_takes_too_long_is_ended_and_the_others_are_not():
    async def run():
        patience = Patience(SHORT)
        with patience:
            await asyncio.sleep(0)
        for _ in range(3):  # also after a time in which nobody was inside
            results = await asyncio.gather(
                hang(patience), hang(patience), asyncio.sleep(3 * SHORT, "well"),
                return_exceptions=True,
            )  # fmt: skip
            assert [type(each) for each in results] == [TimeoutError, TimeoutError, str]

    asyncio.run(asyncio.wait_for(run(), LONG / 2))


def test_who_began_later_has_the_same_time():
    async def run():
        patience = Patience(10 * SHORT)
        first = asyncio.create_task(hang(patience))
        await asyncio.sleep(5 * SHORT)
        second = asyncio.create_task(hang(patience))
        with pytest.raises(TimeoutError):
            await first
        assert not second.done()
        with pytest.raises(TimeoutError):
            await second

    asyncio.run(asyncio.wait_for(run(), LONG / 2))


def test_who_is_cancelled_by_others_stays_cancelled():
    async def run():
        task = asyncio.create_task(hang(Patience(SHORT)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert task.cancelled()

    asyncio.run(asyncio.wait_for(run(), LONG / 2))
