"""This process's cache of the menus: at most two seconds old, without a query per message."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from shop.menus import loading
from shop.menus.loading import Menus

_FRESH_FOR = 2.0  # seconds; a change has to be live within five
_MILLISECONDS_TO_QUERY = 3000

logger = logging.getLogger(__name__)


class LiveMenus:
    """The menus of one database, as last read.

    A caller that finds them older than two seconds asks the database whether anything has changed,
    and reads them again if so; other callers use the old ones meanwhile. While the database is away
    the old ones stay.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking = threading.Lock()
        self._asked_at = float("-inf")
        self._fingerprint = ""
        self._menus: Menus | None = None

    def current(self) -> Menus:
        """The menus as of at most a few seconds ago.

        Raises:
            SQLAlchemyError: they were never read, and cannot be read now.
        """
        known = self._menus
        if known is None:
            return self._first()
        if time.monotonic() - self._asked_at > _FRESH_FOR and self._asking.acquire(blocking=False):
            try:
                return self._ask_again(known)
            finally:
                self._asking.release()
        return known

    def refresh(self) -> Menus:
        """The menus as they are now."""
        with self._asking:
            return self._ask_database()

    def _first(self) -> Menus:
        with self._asking:
            return self._menus or self._ask_database()

    def _ask_again(self, known: Menus) -> Menus:
        try:
            return self._ask_database()
        except Exception as error:
            logger.warning("Menus are shown as last read: %s.", type(error).__name__)
            return known

    def _ask_database(self) -> Menus:
        self._asked_at = time.monotonic()
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            session.execute(_WITHIN, {"timeout": str(_MILLISECONDS_TO_QUERY)})
            now = loading.menus_fingerprint(session)
            if self._menus is None or now != self._fingerprint:
                self._menus = loading.load_menus(session)
        self._fingerprint = now
        return self._menus


_WITHIN = text("SELECT set_config('statement_timeout', :timeout, true)")
# An engine lives as long as its process.
_known: dict[Engine, LiveMenus] = {}
_making = threading.Lock()
_pinned: ContextVar[Menus | None] = ContextVar("pinned_menus", default=None)


def menus_cache(session: Session) -> LiveMenus:
    """The menus of the session's database, known to the whole process."""
    engine = session.get_bind().engine
    with _making:
        return _known.setdefault(engine, LiveMenus(engine))


def current_menus(session: Session) -> Menus:
    """The menus that customers see now; runs no query on the session."""
    return _pinned.get() or menus_cache(session).current()


@contextmanager
def pin_menus(session: Session) -> Iterator[None]:
    """Inside the context `current_menus` does not change, so a caller with a connection needs no
    second one.

    Enter it before the session's first query.
    """
    token = _pinned.set(menus_cache(session).current())
    try:
        yield
    finally:
        _pinned.reset(token)
