"""queries.sql and the code name the same queries."""

import re
from pathlib import Path

import pytest

import trays
from trays import queries

PACKAGE = Path(trays.__file__).parent


def test_every_query_is_used_and_every_name_exists():
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    used = set(re.findall(r'query\("(\w+)"\)', code)) | set(
        re.findall(r'_write\(conn, "(\w+)"', code)
    )
    assert used == set(queries._queries())


def test_waiting_means_the_same_everywhere():
    """Else a query would not use the index, or a message would wait for ever."""
    source = (PACKAGE / "queries.sql").read_text(encoding="utf-8")
    lists = set(re.findall(r"IN \('received'[^)]*\)", source))
    assert lists == {"IN ('received', 'queued', 'unknown')"}


def test_a_name_is_given_once(monkeypatch, tmp_path):
    twice = tmp_path / "queries.sql"
    twice.write_text("-- a: x\nSELECT 1;\n\n-- a: y\nSELECT 2;\n")
    monkeypatch.setattr(queries, "_SOURCE", twice)
    with pytest.raises(ValueError, match="names a twice"):
        queries._queries.__wrapped__()
