"""Ends a turn inside the tracker store's transaction, on its psycopg connection.

The functions are synchronous and commit nothing: events, conversation, replies and "processed" are
one commit. Call them last in it, since they lock lanes that `accept` needs.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg
from psycopg.pq import PipelineStatus

from trays import encoding
from trays.lanes import hold_lane
from trays.messages import Claim, Fenced, Json
from trays.queries import query

Connection = psycopg.Connection[Any]


def finish_message(
    conn: Connection, claim: Claim, bodies: Sequence[Json], said_in: Json | None = None
) -> None:
    """Marks the message as processed, queues the replies, frees the lane for the next message.

    `bodies` are Graph request bodies without `to`; `said_in` is the conversation stored with them.
    Within a pipeline the caller has locked the lane (`lock_lane`), since results come only later.

    Raises:
        Fenced: another worker has the lane; the whole transaction must be rolled back.
    """
    _close(conn, claim, bodies, said_in, status="processed", reason=None)


def lock_lane(conn: Connection, claim: Claim) -> psycopg.Cursor[Any]:
    """Locks the lane of a claimed message; returns no row if another worker has the lane."""
    return conn.execute(query("lock_lane"), hold_lane(claim))


def dead_letter(conn: Connection, claim: Claim, reason: str, bodies: Sequence[Json]) -> None:
    """Makes a message a dead letter after too many tries; stores the reason and queues an apology.

    Raises:
        Fenced: as with `finish_message`.
    """
    _close(conn, claim, bodies, None, status="dead", reason=reason)


def queue_reply(conn: Connection, customer_id: UUID, body: Json, cause: int | None = None) -> bool:
    """Queues a message that is not a reply of a turn: news of an order, or a message by staff.

    With a `cause` (row of an incoming message), one message is queued for it, at the position -1;
    a turn's own replies have the positions 0, 1, ...

    Returns:
        False if it was queued before, or there is no such customer.
    """
    values = {
        "customer_id": customer_id,
        "bodies": encoding.dump_json([body]),
        "cause": cause,
        "position": -1 if cause is not None else None,
    }
    return conn.execute(query("queue"), values).fetchone() is not None


def _close(
    conn: Connection,
    claim: Claim,
    bodies: Sequence[Json],
    said_in: Json | None,
    *,
    status: str,
    reason: str | None,
) -> None:
    """Ends the turn with one statement, in one round trip."""
    values = hold_lane(claim) | {
        "status": status,
        "reason": reason,
        "bodies": encoding.dump_json(list(bodies)),
        "said_in": None if said_in is None else encoding.dump_json(said_in),
    }
    closed = conn.execute(query("close"), values)
    if not is_pipelined(conn) and closed.fetchone() is None:
        raise Fenced


def is_pipelined(conn: Connection) -> bool:
    """Whether results come only at the end of the pipeline."""
    return conn.pgconn.pipeline_status != PipelineStatus.OFF
