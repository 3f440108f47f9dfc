"""A shop's customers as they write, and a pool on a database of their own."""

import psycopg
import pytest
from psycopg.rows import dict_row

from trays.accept import accept_messages
from trays.pools import pool as new_pool


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def pool(database_url):
    async with new_pool(database_url) as opened:
        yield opened


@pytest.fixture
def look(database_url):
    """`look("SELECT ...", value, ...)`: the rows, as dicts, seen from outside."""
    with psycopg.connect(database_url, autocommit=True, row_factory=dict_row) as conn:

        def rows(sql, *values):
            cursor = conn.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

        yield rows


@pytest.fixture
def sync(database_url):
    """The tracker store's connection: synchronous, not autocommit."""
    with psycopg.connect(database_url) as conn:
        yield conn


@pytest.fixture
def receive(pool):
    """`await receive(message, ..., receipts=[...])`: one webhook body."""

    async def body(*messages, receipts=()):
        async with pool.connection() as conn:
            return await accept_messages(conn, messages, receipts)

    return body
