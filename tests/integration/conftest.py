"""A real PostgreSQL for every test: an embedded one, a fresh copy of the prepared database each.

`database_url` also is what the code under test finds in DATABASE_URL, so `storage.engine` and
processes that a test starts use the test's database as well.
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import settings
import storage.engine
from benchmarks.machine import free_port
from storage.prepare import prepare_database
from tests.integration import room

PREPARED = "prepared"
NewDatabase = Callable[[str], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def cluster_url() -> Iterator[str]:
    """The URL of a cluster of this test run alone; see room.py."""
    environment = {**os.environ, "PYTHONPATH": str(settings.ROOT)}
    with subprocess.Popen(
        [sys.executable, room.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,  # Ctrl-C is for the tests
    ) as keeper:
        url = keeper.stdout.readline().strip()
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url


@pytest.fixture(scope="session")
def new_database(cluster_url: str) -> NewDatabase:
    """`with new_database(template) as url`: a database made from a template, dropped at the end."""
    numbers = itertools.count(1)

    @contextmanager
    def make(template: str = "template0") -> Iterator[str]:
        name = f"test_{next(numbers)}"
        create_database(cluster_url, name, template)
        try:
            yield renamed(cluster_url, name)
        finally:
            with psycopg.connect(cluster_url, autocommit=True) as connection:
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))

    return make


@pytest.fixture(scope="session")
def prepared_database(cluster_url: str) -> str:
    """The name of a migrated and seeded database to copy; nobody connects to it."""
    create_database(cluster_url, PREPARED, "template0")
    prepare_database(renamed(cluster_url, PREPARED))
    return PREPARED


@pytest.fixture
def database_url(
    new_database: NewDatabase, prepared_database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A libpq URL of a migrated and seeded database that belongs to this test alone."""
    with new_database(prepared_database) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        forget_database()
        yield url
        forget_database()


@pytest.fixture
def engine(database_url: str) -> Engine:
    """This process's engine, as the code under test gets it from `storage.engine`."""
    return storage.engine.engine()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session for arranging and looking; it commits only when told to."""
    with Session(engine) as opened:
        yield opened


def create_database(cluster_url: str, name: str, template: str) -> None:
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(cluster_url, autocommit=True) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))


def renamed(url: str, name: str) -> str:
    """The URL of another database of the same cluster."""
    return url.removesuffix(f"/{conninfo_to_dict(url)['dbname']}") + f"/{name}"


def forget_database() -> None:
    """Makes the next use of settings and engine read DATABASE_URL again."""
    if storage.engine.engine.cache_info().currsize:
        storage.engine.engine().dispose()
    for cached in (storage.engine.engine, storage.engine.database_url, settings.load_settings):
        cached.cache_clear()


@pytest.fixture
def pooled_url(database_url):
    """The database behind a pooler; `pooled_url(mode)`, once a test."""
    program = shutil.which("pgbouncer")
    if program is None:
        pytest.skip("no pgbouncer here")
    # Where somebody else than root, as whom it runs, can read.
    directory = Path(tempfile.mkdtemp(prefix="ordering-assistant-pooler-"))
    directory.chmod(0o755)
    processes = []

    def start(mode):
        port = free_port()
        real = conninfo_to_dict(database_url)
        users = directory / "users.txt"
        users.write_text(f'"{real["user"]}" "{real["password"]}"\n')
        words = {
            "listen_addr": "127.0.0.1", "listen_port": port, "auth_type": "plain",
            "auth_file": users, "pool_mode": mode, "unix_socket_dir": "",
        }  # fmt: skip
        lines = [f"{name} = {value}" for name, value in words.items()]
        target = f"* = host={real['host']} port={real['port']}"
        (directory / "ini").write_text("\n".join(["[databases]", target, "[pgbouncer]", *lines]))
        for path in (users, directory / "ini"):
            path.chmod(0o644)
        as_nobody = {"user": "nobody"} if os.geteuid() == 0 else {}
        command = [program, "-q", str(directory / "ini")]
        processes.append(subprocess.Popen(command, cwd="/", **as_nobody))
        return database_url.replace(f":{real['port']}/", f":{port}/")

    yield start
    for process in processes:
        process.terminate()
        process.wait()
    shutil.rmtree(directory)
