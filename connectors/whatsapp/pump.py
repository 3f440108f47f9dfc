"""Takes messages out of the tray and hands them to Rasa, one at a time for each customer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from connectors.whatsapp import metrics
from connectors.whatsapp.turn import Turn, TurnFailed, current
from trays.bell import Bell
from trays.messages import Claim
from trays.retry import MOST_TURNS
from trays.worker import Worker

logger = logging.getLogger(__name__)

Hear = Callable[[Turn], Awaitable[None]]
Bury = Callable[[Claim, str], Awaitable[None]]

# Turns in hand at once; more would only wait for Rasa's one core.
AT_ONCE = 8


class Pump:
    """Runs turns until its worker is stopped; what is in hand is then finished.

    `hear` handles a turn to its commit, or raises; `bury` gives a message up after too many tries.
    """

    def __init__(self, worker: Worker, bell: Bell, hear: Hear, bury: Bury) -> None:
        self._worker = worker
        self._bell = bell
        self._hear = hear
        self._bury = bury

    async def run(self) -> None:
        """Returns after the worker was stopped and everything in hand is done."""
        await asyncio.gather(*(self._runner() for _ in range(AT_ONCE)))

    async def _runner(self) -> None:
        while claim := await self._worker.next():
            try:
                await self._turn(Turn(claim))
            except Exception as error:
                # Burying failed, or giving back: this runner goes on, and nobody waits for it.
                logger.error("message %s: %s", claim.row, type(error).__name__)
                await self._worker.give_back(claim, type(error).__name__, outage=True)

    async def _turn(self, turn: Turn) -> None:
        """One turn: committed by the tracker store, or given back to be tried again."""
        claim = turn.claim
        current.set(turn)
        try:
            if claim.attempts >= MOST_TURNS:
                # Each try ended with the process, so that none of them could give it up.
                raise TurnFailed("the process died with it")
            await self._hear(turn)
            metrics.TURNS.labels("answered").inc()
        except TurnFailed as failure:
            await self._failed(claim, str(failure), failure.outage)
        except Exception as error:
            await self._failed(claim, type(error).__name__, outage=False)
        finally:
            current.set(None)
            # Whatever was said lies in the out tray now.
            self._bell.ring("outgoing")

    async def _failed(self, claim: Claim, reason: str, outage: bool) -> None:
        logger.warning("turn of message %s failed: %s", claim.row, reason)
        dead = not outage and claim.attempts + 1 >= MOST_TURNS
        metrics.TURNS.labels("dead" if dead else "given back").inc()
        if dead:
            await self._bury(claim, reason)
        else:
            await self._worker.give_back(claim, reason, outage=outage)
