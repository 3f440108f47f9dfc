"""Whether everything that serves customers is there."""

from typing import Any

import psycopg

from trays import tidy

# A Rasa worker registers only once its model is loaded, a sender once it can send.
WORKERS = """
    SELECT count(*) FILTER (WHERE application_name = 'trays_incoming'),
        count(*) FILTER (WHERE application_name = 'trays_outgoing')
    FROM pg_stat_activity WHERE datname = current_database()
"""


async def report(connection: psycopg.AsyncConnection[Any]) -> dict[str, Any]:
    """How many Rasa workers with a model, and senders, are at work; `status` sums it up.

    It is "paused" while WhatsApp lets our number send nothing: `paused` says for how many seconds
    and why.
    """
    row = await (await connection.execute(WORKERS)).fetchone()
    models, senders = row or (0, 0)
    pauses = await tidy.paused(connection)
    status = "paused" if pauses else "ok"
    return {
        "status": status if models and senders else "incomplete",
        "database": "ok",
        "models": models,
        "senders": senders,
        "paused": [{"seconds": round(each.seconds), "reason": each.reason} for each in pauses],
    }
