"""Records the result of sending a message."""

from trays.lanes import WAITING, release_values, wake_out_lanes
from trays.messages import Claim
from trays.pools import Connection, one_trip
from trays.queries import query
from trays.retry import Pace


async def mark_sent(
    conn: Connection, claim: Claim, message_id: str, pace: Pace | None = None
) -> bool:
    """Stores the id that WhatsApp gave the message; the customer's next one may be sent.

    The id is stored even if another worker has the lane by now.

    Returns:
        False if another worker had the lane and may have sent the message again.
    """
    async with one_trip(conn):
        released = await conn.execute(query("release"), release_values(claim, pace or Pace()))
        values = {"row": claim.row, "message_id": message_id}
        kept = await conn.execute(query("sent"), values)
    status = await kept.fetchone()
    if status and status[0] in WAITING:
        # A receipt arrived first: the message has failed and is first in its lane again.
        await wake_out_lanes(conn, [(claim.customer_id, claim.epoch, 0.0)])
    return released.rowcount == 1


async def mark_failed(conn: Connection, claim: Claim, reason: str) -> bool:
    """Marks a message that WhatsApp refuses for good; the customer's next one may be sent.

    Returns:
        False if another worker had the lane.
    """
    async with one_trip(conn):
        released = await conn.execute(query("release"), release_values(claim))
        await conn.execute(query("fail"), {"row": claim.row, "reason": reason})
    return released.rowcount == 1


async def pause_number(conn: Connection, number: str, seconds: float, reason: str) -> None:
    """Pauses sending from this number for some seconds; messages stay in the tray."""
    values = {"number": number, "seconds": seconds, "reason": reason}
    await conn.execute(query("pause"), values)


async def throttle_number(
    conn: Connection,
    number: str,
    reason: str,
    *,
    jitter: float,
    least: float = 0,
    longest: float = 64,
) -> None:
    """Slows a number down: 1, 2, 4, ... seconds times `jitter`, while WhatsApp throttles it.

    `least` is how many seconds WhatsApp asked us to wait.
    """
    values = {
        "number": number,
        "reason": reason,
        "jitter": jitter,
        "least": least,
        "longest": longest,
    }
    await conn.execute(query("throttle"), values)


async def resume_number(conn: Connection, number: str) -> None:
    """Resumes sending at once, for example after the token was replaced."""
    await conn.execute(query("resume"), {"number": number})
