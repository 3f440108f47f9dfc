"""Messages that were given up: tried again or let be, because somebody of the staff asks for it.

Synchronous, on the caller's connection, and nothing is committed here. However often and by however
many somebody is asked for the same message, it is tried once more and not twice.
"""

from typing import Any

import psycopg

from trays.queries import query

Connection = psycopg.Connection[Any]


def receive_again(conn: Connection, row: int) -> bool:
    """Puts a dead letter back into the in tray, before whatever its customer wrote later.

    What its turn once did is not done twice, since effects carry the message's id.

    Returns:
        False when this is no dead letter, or not any more.
    """
    if conn.execute(query("revive"), {"row": row}).rowcount != 1:
        return False
    conn.execute(query("apologised"), {"row": row})
    return True


def dismiss_failed(conn: Connection, row: int) -> bool:
    """Takes a message that went wrong off the staff's list; it stays what it is.

    Returns:
        False when nothing is wrong with it, or it was dismissed already.
    """
    return conn.execute(query("dismiss"), {"row": row}).rowcount == 1


def send_again(conn: Connection, row: int) -> bool:
    """Queues a copy of a message that WhatsApp did not take, behind what waits already.

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
