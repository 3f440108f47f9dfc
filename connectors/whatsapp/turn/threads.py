"""Threads that run turns: each has an event loop and a database connection of its own.

A whole turn runs on one thread, so that Rasa's work and ours keep the server's event loop free and
nothing hops between threads. A turn that takes too long is given up: its database connection is
ended by the server, so that nothing it writes later can be committed, and its thread is replaced.
"""

import asyncio
import logging
import os
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from functools import partial
from queue import Empty, SimpleQueue

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from connectors.whatsapp.turn.session import TurnSession
from connectors.whatsapp.turn.start import CustomerGone, read_turn_start
from connectors.whatsapp.turn.turn import Turn, TurnFailed, current, is_outage
from storage import engine, unit_of_work
from storage.unit_of_work import UnitOfWork
from trays.messages import Claim

logger = logging.getLogger(__name__)

Handle = Callable[[Turn], Awaitable[None]]

TURN_SECONDS = 15.0
# Then a thread without a turn closes its connection.
IDLE_SECONDS = 15.0
# If so many threads hang, the process ends itself and its supervisor restarts it.
MOST_HANGING = 4
_EXIT_STATUS = 70  # EX_SOFTWARE of sysexits.h

# A turn's statements are the same every time. A process that stands still (SIGSTOP) in the middle
# of a turn must not hold its customer's rows for ever.
_SET_UP = b"""
SET plan_cache_mode = force_generic_plan; SET idle_in_transaction_session_timeout = '60s'
"""
_END_BACKEND = "SELECT pg_terminate_backend(%s)"


class TurnThread:
    """One thread. `run` gives it a message and waits until the turn is committed or has failed."""

    hanging = 0

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._start()

    def _start(self) -> None:
        self._work: SimpleQueue[tuple[Claim, Future[None]] | None] = SimpleQueue()
        self._runner = _TurnRunner(self._handle)
        arguments = (self._work, self._runner)
        threading.Thread(target=_serve, args=arguments, name="turn", daemon=True).start()

    async def run(self, claim: Claim) -> None:
        """Runs one turn.

        Raises:
            TurnFailed: nothing was saved; it failed or took longer than TURN_SECONDS.
        """
        done: Future[None] = Future()
        self._work.put((claim, done))
        running = asyncio.wrap_future(done)
        await asyncio.wait({running}, timeout=TURN_SECONDS)
        if not running.done():
            # Whatever comes of it later is nobody's.
            running.add_done_callback(lambda late: late.exception())
            await self._give_up(claim)
            raise TurnFailed(f"it took longer than {TURN_SECONDS:.0f} s")
        running.result()

    def close(self) -> None:
        """Ends the thread after its current turn."""
        self._work.put(None)

    async def _give_up(self, claim: Claim) -> None:
        TurnThread.hanging += 1
        logger.error("the turn of message %s hangs and is given up", claim.row)
        runner = self._runner
        self._work.put(None)
        self._start()
        await asyncio.to_thread(runner.abandon)
        if TurnThread.hanging >= MOST_HANGING:
            logger.critical("%d turns hang: this process ends itself", TurnThread.hanging)
            os._exit(_EXIT_STATUS)


class _TurnRunner:
    """The event loop and the database connection of one thread."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._connection: Connection | None = None
        self._unit: UnitOfWork | None = None
        self.is_abandoned = False

    async def turn(self, claim: Claim) -> None:
        """Reads what the turn needs, and handles it.

        Raises:
            TurnFailed: nothing was saved.
        """
        try:
            turn = self._begin(claim)
        except CustomerGone as gone:
            raise TurnFailed(type(gone).__name__) from gone
        except Exception as error:
            self.disconnect()
            raise TurnFailed(type(error).__name__, is_outage(error)) from error
        current.set(turn)
        unit_of_work.current.set(turn.unit)
        try:
            await self._handle(turn)
        finally:
            self._end(turn.unit)

    def _end(self, unit: UnitOfWork) -> None:
        try:
            unit.close()
            broken = self._connection is None or self._connection.invalidated
            if broken or self._driver().closed:
                self.disconnect()
        except (SQLAlchemyError, psycopg.Error):
            self.disconnect()

    def _begin(self, claim: Claim) -> Turn:
        try:
            start = read_turn_start(self._in_autocommit(), claim)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            # The connection has died since the last turn; a new one may do.
            self.disconnect()
            start = read_turn_start(self._in_autocommit(), claim)
        driver = self._driver()
        driver.autocommit = False
        assert self._connection  # noqa: S101 (for the type alone)
        self._unit = UnitOfWork(partial(TurnSession, self._connection, claim, start))
        return Turn(claim, self._unit, start, language=start.profile["language"])

    def _in_autocommit(self) -> "psycopg.Connection[tuple[object, ...]]":
        is_new = self._connection is None
        self._connection = self._connection or engine.engine().connect()
        driver = self._driver()
        driver.autocommit = True
        if is_new:
            driver.execute(_SET_UP)
        return driver

    def _driver(self) -> "psycopg.Connection[tuple[object, ...]]":
        assert self._connection  # noqa: S101 (for the type alone)
        driver = self._connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)  # noqa: S101 (for the type alone)
        return driver

    def disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.invalidate()
                connection.close()
            except (SQLAlchemyError, psycopg.Error):
                logger.info("a broken connection could not be closed")

    def abandon(self) -> None:
        """Prevents any later commit of the turn; called from another thread."""
        self.is_abandoned = True
        if self._unit:
            self._unit.end()
        if self._connection is None:
            return
        backend = self._driver().info.backend_pid
        try:
            with psycopg.connect(engine.database_url(), autocommit=True) as other:
                other.execute(_END_BACKEND, [backend])
        except psycopg.Error as error:
            # The fence of the lane still keeps it from being committed.
            logger.warning("a hanging turn's connection was not ended: %s", type(error).__name__)


def _next(
    work: "SimpleQueue[tuple[Claim, Future[None]] | None]", runner: _TurnRunner
) -> tuple[Claim, Future[None]] | None:
    """The next message; while none comes, the thread's connection is closed."""
    try:
        return work.get(timeout=IDLE_SECONDS)
    except Empty:
        runner.disconnect()
        return work.get()


def _serve(work: "SimpleQueue[tuple[Claim, Future[None]] | None]", runner: _TurnRunner) -> None:
    with asyncio.Runner() as loop:
        while item := _next(work, runner):
            claim, done = item
            if not done.set_running_or_notify_cancel():
                continue
            try:
                loop.run(runner.turn(claim))
            except BaseException as error:
                done.set_exception(error)
            else:
                done.set_result(None)
    runner.disconnect()
    if runner.is_abandoned:
        TurnThread.hanging -= 1
