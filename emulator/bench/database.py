"""Reads from the shop's database how it processed a message."""

import json
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from emulator.chat import Json

CONNECT_SECONDS = 5
# Tables whose rows name the message that caused them, with the condition for one message.
WRITTEN = {
    "orders": "cause_message_id = %(message)s",
    "tickets": "cause_message_id = %(message)s",
    "unclear_messages": "cause_id = %(row)s",
    "whatsapp_messages": "id = %(row)s OR cause_id = %(row)s",
}
_MESSAGE = """
    SELECT id, customer_id, status, content, message_type, created_at, updated_at
    FROM whatsapp_messages WHERE message_id = %(message)s AND direction = 'incoming'"""
# The events of a merged customer may have moved, so they are found by the message's id.
_SESSION = """
    SELECT id, data FROM events WHERE sender_id = %(sender)s AND id >= coalesce((
        SELECT max(id) FROM events WHERE sender_id = %(sender)s AND type_name = 'session_started'
        AND id <= %(event)s), -2147483648) ORDER BY id"""
_EVENT = """
    SELECT max(id) AS id FROM events WHERE sender_id = %(sender)s AND type_name = 'user'
    AND data::jsonb ->> 'message_id' = %(message)s"""
_SAID_IN = """
    SELECT said_in FROM whatsapp_messages WHERE cause_id = %(row)s AND said_in IS NOT NULL
    ORDER BY position DESC LIMIT 1"""
_NAME = "SELECT shop_name FROM shop_settings"
_FIRST = """
    SELECT p.name FROM products p LEFT JOIN categories c ON c.name = p.category
    WHERE p.is_available ORDER BY c.position, p.position, p.id LIMIT 2"""
_NOW = "SELECT * FROM conversation_state WHERE customer_id = %(customer)s"


def connection_string(given: str) -> str:
    """The URL for psycopg: the given one, or that of the embedded PostgreSQL in a folder.

    The folder has the files `password` and `port` once its server has started.

    Raises:
        OSError: the files do not exist yet.
    """
    if "://" in given or "=" in given:
        return given
    password, port = ((Path(given) / name).read_text().strip() for name in ("password", "port"))
    return f"postgresql://shop:{password}@127.0.0.1:{port}/postgres"


class Shop:
    """The shop's database; each query opens a connection, since queries are rare."""

    def __init__(self, given: str) -> None:
        self._given = given

    async def message(self, message_id: str) -> Json | None:
        """The row of a customer's message; None until the shop has stored it."""
        [rows] = await self._ask((_MESSAGE, {"message": message_id}))
        return rows[0] if rows else None

    async def events(self, message: Json, message_id: str) -> tuple[list[Json], list[Json]]:
        """Rasa's events: those of the session before the message, and those from it to the next."""
        sender = str(message["customer_id"])
        [found] = await self._ask((_EVENT, {"sender": sender, "message": message_id}))
        if found[0]["id"] is None:
            return [], []
        values = {"sender": sender, "event": found[0]["id"]}
        [rows] = await self._ask((_SESSION, values))
        before = [json.loads(row["data"]) for row in rows if row["id"] < values["event"]]
        rest = [json.loads(row["data"]) for row in rows if row["id"] >= values["event"]]
        ends = [place for place, event in enumerate(rest) if event["event"] == "user"][1:]
        return before, rest[: ends[0] if ends else None]

    async def written(self, message: Json, message_id: str) -> dict[str, list[Json]]:
        """The rows that the message caused, by table, without empty columns."""
        values = {"row": message["id"], "message": message_id}
        # The names are constants from above, so the query is safe.
        queries = [f"SELECT * FROM {table} WHERE {where}" for table, where in WRITTEN.items()]  # noqa: S608
        answers = await self._ask(*((query, values) for query in queries))
        rows = zip(WRITTEN, answers, strict=True)
        return {table: [filled(row) for row in found] for table, found in rows if found}

    async def state(self, message: Json) -> Json:
        """The conversation's state at the time of the answer; without an answer, now."""
        values = {"row": message["id"], "customer": message["customer_id"]}
        said, now = await self._ask((_SAID_IN, values), (_NOW, values))
        if said:
            return filled(dict(said[0]["said_in"]))
        return {k: v for k, v in filled(now[0]).items() if k in STATE} if now else {}

    async def name_and_first_products(self) -> tuple[str, list[str]]:
        """The shop's name, and the names of up to two products on offer.

        Raises:
            OSError, psycopg.Error: the database is not there yet.
        """
        names, products = await self._ask((_NAME, {}), (_FIRST, {}))
        return names[0]["shop_name"], [row["name"] for row in products]

    async def _ask(self, *queries: tuple[str, Json]) -> list[list[Json]]:
        connecting = psycopg.AsyncConnection.connect(
            connection_string(self._given),
            autocommit=True,
            row_factory=dict_row,
            connect_timeout=CONNECT_SECONDS,
        )
        async with await connecting as connection:
            await connection.set_read_only(True)
            return [
                await (await connection.execute(query.encode(), values)).fetchall()
                for query, values in queries
            ]


STATE = ("conversation_flow", "current_step", "context", "expires_at")


def filled(row: Json) -> Json:
    """The non-empty columns of a row, as JSON values."""
    return {name: plain(value) for name, value in row.items() if value not in (None, [], {}, "")}


def plain(value: Any) -> Any:
    """The value as JSON: dates, decimals and ids become text, also in nested values."""
    return json.loads(json.dumps(value, default=str))
