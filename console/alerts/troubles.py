"""Finds troubles with sending and receiving in the trays."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from shop.alerts.current import Standing
from storage import engine
from trays.lateness import count_undelivered, oldest_waiting
from trays.stopped import why_stopped

# Messages that wait for longer mean that our processes are in trouble, not one message.
OLDEST_SECONDS = 60.0
# Fewer may just have their phones off.
FEWEST_CUSTOMERS = 3
DONE = {"incoming": "answered", "outgoing": "sent"}


def find_troubles(session: Session) -> Iterator[Standing]:
    """The current troubles: a number that may not send, messages that wait or do not arrive."""
    connection = engine.driver(session)
    stopped = why_stopped(connection)
    if stopped:
        words = f"WhatsApp takes none of our messages: {stopped}"
        yield Standing("number_stopped", "", words, "/going-live")
    for direction, seconds in sorted(oldest_waiting(connection).items()):
        if seconds > OLDEST_SECONDS and not (stopped and direction == "outgoing"):
            words = f"Messages wait to be {DONE[direction]} for more than a minute"
            yield Standing("messages_wait", direction, words, "/going-live")
    customers = count_undelivered(connection)
    if customers >= FEWEST_CUSTOMERS and not stopped:
        words = f"None of the last messages to {customers} customers was delivered"
        yield Standing("nothing_delivered", "", words, "/inbox/troubles")
