"""Stores waiting webhook bodies in groups: those that arrive during a commit share the next one."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg

from trays.accept import COLLISIONS, store_bodies
from trays.pools import Connection
from trays.waiting import Waiting, lock_keys

log = logging.getLogger(__name__)

# Trouble of the database or of the connection, not of the data: connections, resources, operator
# intervention, system errors, a read-only server, an invalid transaction state.
OUTAGES = ("08", "53", "57", "58", "25")


@dataclass
class Outcome:
    """The result for each body of a group: stored, to be tried again, or refused with the error."""

    stored: list[Waiting] = field(default_factory=list)
    left: list[Waiting] = field(default_factory=list)
    refused: list[tuple[Waiting, Exception]] = field(default_factory=list)


async def store_group(conn: Connection, group: Sequence[Waiting]) -> Outcome:
    """Stores the bodies together; if refused, splits them in halves to find the one at fault.

    Raises:
        psycopg.OperationalError: the database is away; storing the same bodies again is safe.
    """
    outcome = Outcome()
    await _store(conn, group, outcome)
    return outcome


async def _store(conn: Connection, group: Sequence[Waiting], outcome: Outcome) -> None:
    ready = _in_order(group, outcome)
    if not ready:
        return
    try:
        await store_bodies(conn, [each.body for each in ready])
    except Exception as error:
        if is_outage_for_all(conn, error):
            raise
        await _store_apart(conn, ready, error, outcome)
    else:
        for each in ready:
            (outcome.stored if each.body.is_stored else outcome.left).append(each)


def _in_order(group: Sequence[Waiting], outcome: Outcome) -> list[Waiting]:
    """Leaves out bodies whose customers have an earlier body that is not stored yet."""
    ready: list[Waiting] = []
    for each in group:
        blocked = outcome.left and not each.named.isdisjoint(
            lock_keys(who for left in outcome.left for who in left.body.senders())
        )
        (outcome.left if blocked else ready).append(each)
    return ready


async def _store_apart(
    conn: Connection, group: Sequence[Waiting], error: Exception, outcome: Outcome
) -> None:
    """Finds the body that PostgreSQL refuses, and stores the others of its group."""
    if len(group) > 1:
        middle = len(group) // 2
        await _store(conn, group[:middle], outcome)
        await _store(conn, group[middle:], outcome)
    elif isinstance(error, COLLISIONS):
        group[0].alone = True
        outcome.left.append(group[0])
    else:
        outcome.refused.append((group[0], error))


def is_outage_for_all(conn: Connection, error: Exception) -> bool:
    """Whether the error is an outage that would affect every body, not only this group."""
    if not isinstance(error, psycopg.Error):
        return False
    if error.sqlstate is None:
        return conn.closed or isinstance(error, psycopg.OperationalError)
    return error.sqlstate.startswith(OUTAGES)
