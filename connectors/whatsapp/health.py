"""Whether everything that serves customers is there."""

from typing import Any

import psycopg

# A Rasa worker registers only once its model is loaded, a sender once it can send.
WORKERS = """
    SELECT count(*) FILTER (WHERE application_name = 'trays_incoming'),
        count(*) FILTER (WHERE application_name = 'trays_outgoing')
    FROM pg_stat_activity WHERE datname = current_database()
"""


async def report(connection: psycopg.AsyncConnection[Any]) -> dict[str, Any]:
    """How many Rasa workers with a model, and senders, are at work; `status` sums it up."""
    row = await (await connection.execute(WORKERS)).fetchone()
    models, senders = row or (0, 0)
    well = bool(models and senders)
    return {
        "status": "ok" if well else "incomplete",
        "database": "ok",
        "models": models,
        "senders": senders,
    }
