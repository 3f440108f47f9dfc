"""One turn: the claimed message and the replies to it, until both are committed together.

Rasa does not know it. A context variable carries it from the pump through Rasa to the output
channel (which adds replies) and to the tracker store (which commits it).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

import psycopg
from sqlalchemy.exc import DBAPIError

from connectors.whatsapp.api.received import Received, read_received
from connectors.whatsapp.messages.speech import Bubble
from connectors.whatsapp.turn.start import TurnStart
from storage.unit_of_work import UnitOfWork
from trays.messages import Claim

# Classes of SQLSTATE that say that the server is going, full or out of reach.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_SERVER_TROUBLE = ("08", "53", "57P")


class TurnFailed(BaseException):
    """The turn cannot be finished now; nothing of it is saved, and it will be tried again.

    It is a BaseException, since Rasa swallows every Exception of tracker stores and actions and
    goes on with a wrong state. An `outage` is not the message's fault and does not count as a try.
    """

    def __init__(self, reason: str, outage: bool = False) -> None:
        super().__init__(reason)
        self.outage = outage


@dataclass
class Turn:
    """The claimed message, the replies so far, and whether it is committed.

    unit: the turn's transaction.
    start: what was read at its beginning.
    language: the language of the replies; None means English.
    written: the language that the customer wrote, stored with the commit.
    tag: a tag that the commit adds to the customer.
    """

    claim: Claim
    unit: UnitOfWork
    start: TurnStart
    said: list[Bubble] = field(default_factory=list)
    committed: bool = False
    language: str | None = None
    written: str | None = None
    tag: str | None = None

    @cached_property
    def received(self) -> Received:
        """The message's content, parsed when the message was accepted."""
        return read_received(self.claim.payload)


current: ContextVar[Turn | None] = ContextVar("turn", default=None)


def is_outage(error: Exception) -> bool:
    """Whether the database is unavailable; then the message is not at fault.

    A deadlock, a cancelled query and a violated constraint are no outages. Neither is an action's
    ConnectionError or TimeoutError.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    return cause.sqlstate is None or cause.sqlstate.startswith(_SERVER_TROUBLE)


def _never(_error: Exception) -> bool:
    return False


@contextmanager
def failing_the_turn(passing: Callable[[Exception], bool] = _never) -> Iterator[None]:
    """Turns errors into TurnFailed during a turn, except those in `passing`."""
    try:
        yield
    except Exception as error:
        if current.get() is None or passing(error):
            raise
        raise TurnFailed(type(error).__name__, is_outage(error)) from error
