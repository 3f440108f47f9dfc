"""Reads what the shop has from the database in the background, so that no message waits for it."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import psycopg

import settings
from nlu.database import url_at_hand
from storage.row_marks import mark_of_rows

SECONDS_BETWEEN_READS = 3.0
_SECONDS_TO_CONNECT = 5
_MILLISECONDS_TO_QUERY = 2000
_SECONDS_FOR_THE_FIRST = 1.0

logger = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]


@dataclass(eq=False)
class _Part:
    """Tables to watch: `read` is called when their rows no longer match `fingerprint`."""

    tables: Sequence[str]
    read: Callable[[Connection], None]
    fingerprint: object = None
    tried: threading.Event = field(default_factory=threading.Event)


class BackgroundReader:
    """A thread that polls the database every few seconds and reads again what has changed.

    name: names the thread and, as `application_name`, its connection.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._parts: list[_Part] = []
        self._added = threading.Event()
        self._connection: Connection | None = None

    def follow(self, tables: Sequence[str], read: Callable[[Connection], None]) -> None:
        """Calls `read` now and after each change; returns after the first call or a time limit.

        If `read` raises, it is called again a few seconds later.
        """
        part = _Part(tables, read)
        self._parts.append(part)
        self._added.set()
        if len(self._parts) == 1:
            threading.Thread(target=self._keep_reading, name=self._name, daemon=True).start()
        part.tried.wait(_SECONDS_FOR_THE_FIRST)

    def _keep_reading(self) -> None:
        while True:
            self._added.clear()
            parts = list(self._parts)
            try:
                self._read_surely(parts)
            except (psycopg.Error, OSError, settings.SettingsError) as error:
                logger.debug("The %s could not be read: %s", self._name, type(error).__name__)
                self._close()
            for part in parts:
                part.tried.set()
            self._added.wait(SECONDS_BETWEEN_READS)

    def _read_surely(self, parts: list[_Part]) -> None:
        try:
            self._read_changed(parts)
        except psycopg.OperationalError:  # the server may have been restarted: connect anew
            self._close()
            self._read_changed(parts)

    def _read_changed(self, parts: list[_Part]) -> None:
        """Calls `read` of the parts that have changed; does nothing if no database runs."""
        self._connection = self._connection or self._connect()
        if self._connection is None:
            return
        row = self._connection.execute(_query_of(parts)).fetchone() or ()
        # The fingerprints are older than what is read: a change in between is read next time.
        for part, fingerprint in zip(parts, row, strict=True):
            if fingerprint != part.fingerprint:
                part.read(self._connection)
                part.fingerprint = fingerprint

    def _connect(self) -> Connection | None:
        url = url_at_hand()
        if url is None:
            return None
        return psycopg.connect(
            url,
            autocommit=True,
            connect_timeout=_SECONDS_TO_CONNECT,
            options=f"-c statement_timeout={_MILLISECONDS_TO_QUERY}",
            application_name=self._name,
        )

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _query_of(parts: Sequence[_Part]) -> bytes:
    """A query that returns one row, with one column per part: the fingerprint of its tables."""
    columns = (f"ARRAY[{', '.join(map(mark_of_rows, part.tables))}]" for part in parts)
    return f"SELECT {', '.join(columns)}".encode()


@cache
def shop_reader() -> BackgroundReader:
    """This process's reader, for everything that follows the shop's tables."""
    return BackgroundReader("shop_reader")
