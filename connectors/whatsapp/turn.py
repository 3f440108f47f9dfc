"""One turn: the message in hand and what is said to it, until both are committed together.

Rasa knows nothing of it. A context variable carries it from the pump, through Rasa's handling,
to the output channel (which only adds bubbles) and to the tracker store (which commits it).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import psycopg
from aiohttp import ClientConnectionError
from sqlalchemy.exc import InterfaceError, OperationalError

from connectors.whatsapp.speech import Bubble
from trays.messages import Claim


class TurnFailed(BaseException):
    """The turn cannot be finished now; nothing of it is saved, and it will be tried again.

    A BaseException, since Rasa swallows every Exception of tracker stores and action servers and
    goes on with a wrong state. An `outage` is not the message's fault: it does not count as a try.
    """

    def __init__(self, reason: str, outage: bool = False) -> None:
        super().__init__(reason)
        self.outage = outage


@dataclass
class Turn:
    """The claimed message, what was said so far, and whether it is committed.

    language: what the customer is answered in; None where nothing else than English is known.
    written: the language that they were seen to write, to be remembered with the commit.
    """

    claim: Claim
    said: list[Bubble] = field(default_factory=list)
    committed: bool = False
    language: str | None = None
    written: str | None = None


current: ContextVar[Turn | None] = ContextVar("turn", default=None)


# The database or the action server is away: nothing is wrong with the message.
OUTAGES = (
    psycopg.OperationalError,
    OperationalError,
    InterfaceError,
    ClientConnectionError,
    OSError,
)


def _never(_error: Exception) -> bool:
    return False


@contextmanager
def failing_the_turn(passing: Callable[[Exception], bool] = _never) -> Iterator[None]:
    """Turns errors into TurnFailed while a turn is under way, but those that are `passing`."""
    try:
        yield
    except Exception as error:
        if current.get() is None or passing(error):
            raise
        raise TurnFailed(type(error).__name__, isinstance(error, OUTAGES)) from error
