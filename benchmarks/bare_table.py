"""A bare `SKIP LOCKED` table to compare the trays with: no order, no customers, duplicates.

It stores, claims and finishes messages with as few statements as possible.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Iterable
from typing import Any

import psycopg

from trays.pools import Connection

MESSAGES = 4_000
REPLY = {"messaging_product": "whatsapp", "type": "text", "text": {"body": "Coffee × 2 = ₹240"}}
PAYLOAD = {"type": "text", "text": {"body": "two coffees please"}}

TABLE = """
CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tray text NOT NULL,
    payload jsonb NOT NULL, done boolean NOT NULL DEFAULT false, message_id text UNIQUE);
CREATE INDEX ON bare (tray, id) WHERE NOT done;
"""
PUT = "INSERT INTO bare (tray, payload) VALUES (%s, %s)"
TAKE = """
UPDATE bare SET done = true WHERE id = (
    SELECT id FROM bare WHERE tray = %s AND NOT done ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""
KEEP = "UPDATE bare SET message_id = %s WHERE id = %s"

SyncConnection = psycopg.Connection[Any]


async def rate_of(runners: Iterable[Awaitable[None]]) -> float:
    began = time.perf_counter()
    await asyncio.gather(*runners)
    return MESSAGES / (time.perf_counter() - began)


async def bare_accepting(conns: list[Connection]) -> float:
    numbers = iter(range(MESSAGES))

    async def runner(conn: Connection) -> None:
        for _ in numbers:
            await conn.execute(PUT, ["in", json.dumps(PAYLOAD)])

    return await rate_of(map(runner, conns))


async def bare_turning(conns: list[SyncConnection]) -> float:
    numbers = iter(range(MESSAGES))

    async def runner(conn: SyncConnection) -> None:
        for _ in numbers:
            await asyncio.to_thread(bare_turn, conn)

    return await rate_of(map(runner, conns))


def bare_turn(conn: SyncConnection) -> None:
    conn.execute(TAKE, ["in"])
    conn.execute(PUT, ["out", json.dumps(REPLY)])
    conn.commit()


async def bare_sending(conns: list[Connection]) -> float:
    numbers = iter(range(MESSAGES))

    async def runner(conn: Connection) -> None:
        for n in numbers:
            async with conn.transaction():
                row = await (await conn.execute(TAKE, ["out"])).fetchone()
                await conn.execute(KEEP, [f"wamid.out.{n}", row and row[0]])

    return await rate_of(map(runner, conns))
