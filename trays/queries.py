"""Reads the SQL of the trays, by name, from queries.sql."""

import re
from functools import cache
from pathlib import Path

_SOURCE = Path(__file__).with_name("queries.sql")
_HEADING = re.compile(r"^-- (\w+): ", re.MULTILINE)


@cache
def _queries() -> dict[str, bytes]:
    """Every query by the name in the heading above it."""
    _, *parts = _HEADING.split(_SOURCE.read_text(encoding="utf-8"))
    queries: dict[str, bytes] = {}
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        if name in queries:
            raise ValueError(f"queries.sql names {name} twice")
        lines = text.splitlines()[1:]
        body = "\n".join(line for line in lines if not line.startswith("--"))
        queries[name] = body.strip().rstrip(";").encode()
    return queries


def query(name: str) -> bytes:
    """The query with this name, ready for psycopg."""
    return _queries()[name]
