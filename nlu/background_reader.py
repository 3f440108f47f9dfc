"""Reads what the shop has from the database in the background, so that no message waits for it."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import psycopg

import settings
from nlu.database import url_at_hand

SECONDS_BETWEEN_READS = 3.0
_SECONDS_TO_CONNECT = 5
_MILLISECONDS_TO_QUERY = 2000
_SECONDS_FOR_THE_FIRST = 1.0

logger = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]


class BackgroundReader:
    """Calls `read` with a connection every few seconds; what it raises is tried again then.

    name: of the thread, and of the connection where the database lists them.
    """

    def __init__(self, name: str, read: Callable[[Connection], None]) -> None:
        self._name = name
        self._read = read
        self._tried = threading.Event()
        self._connection: Connection | None = None

    def start(self) -> None:
        """Starts reading; returns after the first read or a time limit."""
        threading.Thread(target=self._keep_reading, name=self._name, daemon=True).start()
        self._tried.wait(_SECONDS_FOR_THE_FIRST)

    def _keep_reading(self) -> None:
        pause = threading.Event()
        while True:
            try:
                self._read_surely()
            except (psycopg.Error, OSError, settings.SettingsError) as error:
                logger.debug("The %s could not be read: %s", self._name, type(error).__name__)
                self._close()
            self._tried.set()
            pause.wait(SECONDS_BETWEEN_READS)

    def _read_surely(self) -> None:
        try:
            self._read_once()
        except psycopg.OperationalError:  # it was restarted, perhaps, and is there again
            self._close()
            self._read_once()

    def _read_once(self) -> None:
        """Nothing without a database."""
        self._connection = self._connection or self._connect()
        if self._connection is not None:
            self._read(self._connection)

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
