"""What /health reports: whether customers get answers."""

from typing import Any

import psycopg
from psycopg.rows import dict_row

from settings import product
from trays import retention

# If a customer waits this long, something is wrong, whatever it is.
LATE_SECONDS = 15.0
WELL = ("ok", "paused")

# A Rasa worker registers only once its model is loaded, a sender once it can send. Its model's id
# stands behind the worker's name.
_AT_WORK = """
    SELECT count(*) FILTER (WHERE worker = 'trays_incoming') AS models,
        count(*) FILTER (WHERE worker = 'trays_outgoing') AS senders
    FROM pg_stat_activity, split_part(application_name, ' ', 1) AS worker
    WHERE datname = current_database()
"""
# How many workers have loaded which model, by its name.
_LOADED = """
    SELECT split_part(application_name, ' ', 2) AS model, count(*) AS workers
    FROM pg_stat_activity
    WHERE datname = current_database() AND starts_with(application_name, 'trays_incoming ')
    GROUP BY 1 ORDER BY 1
"""
# A message that only keeps the pace to its customer could not have left before `not_before`.
# What waits for its receipt (`unknown`) has left; the list before it is the index's, word for word.
_OLDEST = """
    SELECT
        coalesce(max(seconds) FILTER (WHERE direction = 'incoming'), 0) AS to_be_answered,
        coalesce(max(seconds) FILTER (WHERE direction = 'outgoing'), 0) AS to_be_sent
    FROM (
        SELECT message.direction, round(extract(epoch FROM
            clock_timestamp() - greatest(message.created_at, lane.not_before)))::integer AS seconds
        FROM whatsapp_messages AS message LEFT JOIN lanes AS lane USING (customer_id, direction)
        WHERE customer_id IS NOT NULL AND message.status IN ('received', 'queued', 'unknown')
            AND message.status <> 'unknown') AS waiting
"""


async def report_health(connection: psycopg.AsyncConnection[Any]) -> dict[str, Any]:
    """Which workers run, with which models, and how long the oldest message of each tray waits.

    `status` sums it up: "incomplete" without a Rasa worker with a model or without a sender,
    "degraded" while a message waits for longer than LATE_SECONDS, "paused" while WhatsApp lets our
    number send nothing (`paused` says for how many seconds and why), else "ok". `loaded_models`
    counts the workers by the model that each has loaded: more than one of them is an upgrade under
    way, or a worker that was forgotten.
    """
    at_work = await _only_row(connection, _AT_WORK)
    oldest = await _only_row(connection, _OLDEST)
    pauses = await retention.paused_numbers(connection)
    return {
        "status": _status(at_work, oldest, bool(pauses)),
        "version": product.VERSION,
        "database": "ok",
        **at_work,
        "loaded_models": await _count_by_model(connection),
        "oldest_seconds": oldest,
        "paused": [{"seconds": round(each.seconds), "reason": each.reason} for each in pauses],
    }


async def _count_by_model(connection: psycopg.AsyncConnection[Any]) -> dict[str, int]:
    """How many workers answer with each model; more than one model after a training in between."""
    return dict(await (await connection.execute(_LOADED)).fetchall())


def _status(at_work: dict[str, int], oldest: dict[str, int], is_paused: bool) -> str:
    if not all(at_work.values()):
        return "incomplete"
    if max(oldest.values()) > LATE_SECONDS:
        return "degraded"
    return "paused" if is_paused else "ok"


async def _only_row(connection: psycopg.AsyncConnection[Any], query: str) -> dict[str, int]:
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query)
        return await cursor.fetchone() or {}
