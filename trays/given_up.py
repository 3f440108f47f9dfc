"""Retries or dismisses messages that were given up, at the request of the staff.

Synchronous, on the caller's connection; the caller commits. Several requests for the same message
retry it once.
"""

from typing import Any

import psycopg

from trays.queries import query

Connection = psycopg.Connection[Any]


def receive_again(conn: Connection, row: int) -> bool:
    """Puts a dead letter back into the in tray, before later messages of its customer.

    Effects of its earlier turns are not repeated, since they carry the message's id.

    Returns:
        False if this is not a dead letter, or no longer one.
    """
    if conn.execute(query("revive"), {"row": row}).rowcount != 1:
        return False
    conn.execute(query("apologised"), {"row": row})
    return True


def dismiss_failed(conn: Connection, row: int) -> bool:
    """Removes a failed message from the staff's list; its status stays.

    Returns:
        False if it did not fail, or was dismissed already.
    """
    return conn.execute(query("dismiss"), {"row": row}).rowcount == 1


def send_again(conn: Connection, row: int) -> bool:
    """Queues a copy of a message that WhatsApp refused, behind those already waiting.

    Returns:
        False when this message did not fail, or was tried again already.
    """
    customer = conn.execute(query("spend"), {"row": row}).fetchone()
    if customer is None:
        return False
    with conn.pipeline():
        conn.execute(query("mark_outgoing_lane"), {"customer_id": customer[0]})
        conn.execute(query("repeat"), {"row": row})
    return True
