"""Claims messages from the tray and runs their turns, one at a time per customer."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from connectors.whatsapp import metrics
from connectors.whatsapp.turn.threads import Handle, TurnThread
from connectors.whatsapp.turn.turn import TurnFailed
from trays.messages import Claim
from trays.retry import MOST_TURNS
from trays.wake import Waker
from trays.worker import Worker

logger = logging.getLogger(__name__)

GiveUp = Callable[[Claim, str], Awaitable[None]]

# Parallel turns. Python computes one at a time, so more would only wait.
AT_ONCE = 3


class Pump:
    """Runs turns until its worker is stopped, then finishes the claimed ones.

    `handle` handles a turn to its commit, or raises; `give_up` makes a message a dead letter after
    too many tries.
    """

    def __init__(self, worker: Worker, waker: Waker, handle: Handle, give_up: GiveUp) -> None:
        self._worker = worker
        self._waker = waker
        self._handle = handle
        self._give_up = give_up

    async def run(self) -> None:
        """Returns once the worker is stopped and all claimed turns are done."""
        await asyncio.gather(*(self._runner() for _ in range(AT_ONCE)))

    async def _runner(self) -> None:
        thread = TurnThread(self._handle)
        while claim := await self._worker.next():
            try:
                await self._turn(thread, claim)
            except Exception as error:
                # Even giving up or giving back failed: go on with the next message.
                logger.error("message %s: %s", claim.row, type(error).__name__)
                await self._worker.give_back(claim, type(error).__name__, outage=True)
        thread.close()

    async def _turn(self, thread: TurnThread, claim: Claim) -> None:
        """One turn: committed by the tracker store, or given back to be tried again."""
        try:
            if claim.attempts >= MOST_TURNS:
                # Each earlier try ended with the process and so could not give it up.
                raise TurnFailed("the process died with it")
            began = time.monotonic()
            await thread.run(claim)
            metrics.TURN_SECONDS.observe(time.monotonic() - began)
            metrics.TURNS.labels("answered").inc()
        except TurnFailed as failure:
            await self._failed(claim, str(failure), failure.outage)
        except Exception as error:
            await self._failed(claim, type(error).__name__, outage=False)
        finally:
            # The replies are in the out tray now.
            self._waker.wake("outgoing")

    async def _failed(self, claim: Claim, reason: str, outage: bool) -> None:
        logger.warning("turn of message %s failed: %s", claim.row, reason)
        dead = not outage and claim.attempts + 1 >= MOST_TURNS
        metrics.TURNS.labels("dead" if dead else "given back").inc()
        if dead:
            await self._give_up(claim, reason)
        else:
            await self._worker.give_back(claim, reason, outage=outage)
