"""One transaction for a piece of work across several functions.

The owner of the work sets `current`; `engine.session()` then returns its Session instead of opening
one, and only the owner commits.
"""

from collections.abc import Callable
from contextvars import ContextVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from settings.errors import DocstringError


class UnitEnded(DocstringError):
    """The work was given up or is over: nothing more may be read or written for it."""


class UnitOfWork:
    """A Session that the owner's factory makes at its first use."""

    def __init__(self, make_session: Callable[[], Session]) -> None:
        self._make_session = make_session
        self._session: Session | None = None
        self._ended = False

    @property
    def session(self) -> Session:
        """The Session of this unit of work.

        Raises:
            UnitEnded: `end` was called.
        """
        if self._ended:
            raise UnitEnded
        if self._session is None:
            self._session = self._make_session()
        return self._session

    def let_go(self) -> None:
        """Ends a transaction that has only read, so that none stays open unused.

        It commits, since after a ROLLBACK psycopg would prepare every statement anew and the
        Session would read its rows again. Changes that are not written yet keep the transaction
        open.
        """
        session = self._session
        if session is None or session.new or session.dirty or session.deleted:
            return
        bind = session.get_bind()
        if isinstance(bind, Connection) and bind.in_transaction():
            session.commit()

    def commit(self) -> None:
        """Makes everything permanent."""
        self.session.commit()

    def end(self) -> None:
        """Refuses all later use of the unit; may be called from another thread."""
        self._ended = True

    def close(self) -> None:
        """Ends the unit; uncommitted changes are rolled back."""
        self._ended = True
        if self._session is not None:
            self._session.close()


current: ContextVar[UnitOfWork | None] = ContextVar("unit_of_work", default=None)
