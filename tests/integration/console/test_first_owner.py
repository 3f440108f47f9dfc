"""Machines that start at the same moment on one database make one owner, in silence."""

import os
import subprocess
import sys

import psycopg
import pytest

from benchmarks.machine import free_port
from settings import ROOT

MACHINES = 4
PASSWORD = "of both shops"


def start(url: str, *options: str) -> subprocess.Popen[str]:
    """`python -m console.first_owner` on this database, with CONSOLE_PASSWORD set."""
    return subprocess.Popen(
        [sys.executable, "-m", "console.first_owner", *options],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "CONSOLE_PASSWORD": PASSWORD},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_the_first_owner_is_made_once_however_many_start(database_url: str) -> None:
    started = [start(database_url) for _ in range(MACHINES)]
    assert [(each.communicate()[0], each.returncode) for each in started] == [("", 0)] * MACHINES
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT name FROM staff").fetchall() == [("owner",)]


def test_what_the_database_refuses_is_one_line_without_hash_or_password(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE staff ADD CHECK (length(name) > 99)")
    process = start(database_url)
    said = process.communicate()[0]
    assert (process.returncode, said.count("\n")) == (1, 1)
    assert said.startswith("console: the database: new row for relation")
    assert PASSWORD not in said
    assert "scrypt" not in said
    assert "$" not in said


@pytest.mark.parametrize("option", ["--forgotten", ""])
def test_a_database_that_is_away_is_one_line_without_its_password(option: str) -> None:
    url = f"postgresql://shop:hunter2@127.0.0.1:{free_port()}/orders"
    process = start(url, *filter(None, [option]))
    said = process.communicate()[0]
    assert (process.returncode, said.count("\n")) == (1, 1)
    assert said.startswith("console: the database: connection failed")
    assert "hunter2" not in said
