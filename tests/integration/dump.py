"""Everything that a database holds, as one text."""

import re
import shutil
import subprocess

import psycopg
from psycopg import sql


def dumped(url: str) -> str:
    """What pg_dump says where it fits the server, else every row of every table."""
    with psycopg.connect(url) as connection:
        if program := _pg_dump(connection.info.server_version // 10_000):
            command = (program, "--inserts", "--dbname", url)
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = [
            connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name)))
            for (name,) in tables.fetchall()
        ]
        return "\n".join(row for cursor in rows for (row,) in cursor)


def _pg_dump(server: int) -> str | None:
    program = shutil.which("pg_dump")
    if program is None:
        return None
    said = subprocess.run((program, "--version"), check=True, capture_output=True, text=True)
    major = re.search(r"(\d+)", said.stdout)
    return program if major and int(major[1]) >= server else None
