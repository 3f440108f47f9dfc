"""Gives back or releases the lane of a claimed message."""

from collections.abc import Sequence
from typing import Any

from trays.messages import Claim, Direction
from trays.pools import Connection
from trays.queries import query
from trays.retry import Pace

WAITING = ("received", "queued", "unknown")


def hold_lane(claim: Claim) -> dict[str, Any]:
    """The condition that lets a statement change the lane only while this claim holds it."""
    return {
        "customer_id": claim.customer_id,
        "direction": claim.direction,
        "worker": claim.worker,
        "epoch": claim.epoch,
        "row": claim.row,
    }


def release_values(claim: Claim, pace: Pace | None = None) -> dict[str, Any]:
    """The parameters of the query `release_values`; with a pace, the message counts against it."""
    return hold_lane(claim) | {
        "pace": pace.seconds if pace else None,
        "burst": pace.credit if pace else None,
    }


async def give_back(
    conn: Connection,
    claim: Claim,
    reason: str,
    delay: float,
    *,
    excused: bool = False,
    unknown: bool = False,
) -> bool:
    """Returns the message to the front of its lane; it cannot be claimed for `delay` seconds.

    `excused`: the try does not count in `Claim.attempts`. `unknown`: an outgoing message that may
    have been sent; a receipt frees its lane sooner.

    Returns:
        False if another worker has the lane; then nothing was changed.
    """
    values = hold_lane(claim) | {
        "reason": reason,
        "delay": delay,
        "excused": int(excused),
        "unknown": unknown,
    }
    rows = await (await conn.execute(query("give_back"), values)).fetchall()
    if rows and rows[0][0] not in WAITING:
        await wake_out_lanes(conn, [(claim.customer_id, claim.epoch)])
    return bool(rows)


async def wake_out_lanes(conn: Connection, freed: Sequence[tuple[Any, ...]]) -> None:
    """Wakes outgoing lanes, at once or later, after a receipt showed that their first message was
    sent.

    `freed` are rows of the query `move_on`: customer, epoch and, for a later wake, the seconds.
    """
    rows = [(*each, None)[:3] for each in freed]
    customers, epochs, seconds = (list(column) for column in zip(*rows, strict=True))
    values = {"customers": customers, "epochs": epochs, "seconds": seconds}
    await conn.execute(query("nudge"), values)


async def reap_lanes(conn: Connection, workers: int, *, unknown_for: float, longest: float) -> int:
    """Frees the lanes of dead workers, and those held for more than `longest` seconds."""
    values = {"workers": workers, "unknown_for": unknown_for, "longest": longest}
    return (await conn.execute(query("reap"), values)).rowcount


async def put_down(conn: Connection, worker: int, epochs: list[int]) -> None:
    """Releases lanes whose claim found no message, or whose answer was lost."""
    await conn.execute(query("put_down"), {"worker": worker, "epochs": epochs})


async def restore_lanes(conn: Connection) -> int:
    """Makes lanes ready whose messages were inserted by hand; returns how many."""
    return (await conn.execute(query("remember"))).rowcount


def notify_channel(direction: Direction) -> str:
    """The NOTIFY channel on which the workers of a direction listen."""
    return f"trays_{direction}"
