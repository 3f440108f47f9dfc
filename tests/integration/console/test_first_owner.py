"""Machines that start at the same moment on one database make one owner, in silence."""

import os
import subprocess
import sys

import psycopg

from settings import ROOT

MACHINES = 4


def test_the_first_owner_is_made_once_however_many_start(database_url: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "console.first_owner"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database_url, "CONSOLE_PASSWORD": "of both shops"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(MACHINES)
    ]
    assert [(each.communicate()[0], each.returncode) for each in started] == [("", 0)] * MACHINES
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT name FROM staff").fetchall() == [("owner",)]
