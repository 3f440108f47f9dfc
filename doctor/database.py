"""The database: reachable, new enough, ours to change, kept by its connection, with room left."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from doctor.findings import DATABASE, Finding, Point
from settings import Settings
from settings.shops import has_data
from storage.embedded.errors import EmbeddedError
from storage.engine import MalformedUrl, database_url, sqlalchemy_url
from storage.keepalive import CLIENT_SIDE
from storage.migrations.stepwise import newest_revision
from storage.prepare import Pooled, Unreachable, refuse_pooler

OLDEST = 15
GIGABYTE = 1 << 30
LEAST_ROOM, LITTLE_ROOM = GIGABYTE, 5 * GIGABYTE
# This share of the connections in use is too near to the end of them.
MANY = 0.8

REACHED = Point(DATABASE, "Answers")
VERSION = Point(DATABASE, "Version")
RIGHTS = Point(DATABASE, "Rights")
TEXT = Point(DATABASE, "Text encoding")
POOLING = Point(DATABASE, "Pooling")
TABLES = Point(DATABASE, "Tables")
ROOM = Point(DATABASE, "Connections")
DISK = Point(DATABASE, "Disk")


def examine_database(settings: Settings) -> Iterator[Finding]:
    """Every point of the database; only the first if it does not answer."""
    if not has_database(settings):
        yield REACHED.look("There is none yet.", "Start the shop: that makes one.", "make run")
        return
    try:
        url = database_url()
        # Refuses what libpq cannot read, in words without the password.
        sqlalchemy_url(url)
        refused = _pooler(url)
        with psycopg.connect(url, autocommit=True, **_options()) as connection:
            yield REACHED.fine("Connections are taken.")
            yield from _examine(connection, settings)
    except (psycopg.OperationalError, EmbeddedError, MalformedUrl, Unreachable) as error:
        yield REACHED.trouble(
            f"No connection: {' '.join(str(error).split())}.",
            "Start the database, and check its address, name, user and password.",
            "systemctl status postgresql, DATABASE_URL",
        )
        return
    yield refused or POOLING.fine("Our connections are ours alone, from beginning to end.")


def has_database(settings: Settings) -> bool:
    """Whether one is named, or was ever made here: looking must not make an empty shop."""
    return settings.database_url is not None or has_data(settings.data_directory)


def _pooler(url: str) -> Finding | None:
    try:
        refuse_pooler(url)
    except Pooled:
        return POOLING.trouble(
            "The pooler in front of the database lends our connections to others (transaction "
            "mode): messages would wait for ever, or be answered twice.",
            "Switch it to session mode, or connect to the database itself.",
            "pool_mode = session (PgBouncer), or DATABASE_URL",
        )
    return None


def _options() -> dict[str, Any]:
    return {**CLIENT_SIDE, "prepare_threshold": None}


def _examine(connection: psycopg.Connection, settings: Settings) -> Iterator[Finding]:
    yield _version(connection)
    yield _rights(connection)
    yield _encoding(connection)
    yield _tables(connection)
    yield _connections(connection)
    yield _disk(connection, settings)


def _version(connection: psycopg.Connection) -> Finding:
    major = connection.info.server_version // 10_000
    if major < OLDEST:
        return VERSION.trouble(
            f"PostgreSQL {major} is too old.", f"Install PostgreSQL {OLDEST} or newer."
        )
    return VERSION.fine(f"PostgreSQL {major}.")


def _rights(connection: psycopg.Connection) -> Finding:
    may_create = _read_value(
        connection, b"SELECT has_schema_privilege(current_schema(), 'CREATE') AND "
        b"has_database_privilege(current_database(), 'CONNECT')",
    )  # fmt: skip
    if not may_create:
        return RIGHTS.trouble(
            "Our user may not create tables.",
            "Make our user the owner of the database and of its schema.",
            "ALTER DATABASE <name> OWNER TO <user>; ALTER SCHEMA public OWNER TO <user>",
        )
    foreign = _read_value(
        connection, b"SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND NOT "
        b"has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), "
        b"'SELECT, INSERT, UPDATE, DELETE')",
    )  # fmt: skip
    if foreign:
        return RIGHTS.trouble(
            f"{foreign} tables belong to somebody else.",
            "Give them to our user.",
            "REASSIGN OWNED BY <them> TO <our user>",
        )
    return RIGHTS.fine("Our user may create and change its tables.")


def _encoding(connection: psycopg.Connection) -> Finding:
    encoding = _read_value(connection, b"SHOW server_encoding")
    if encoding != "UTF8":
        return TEXT.trouble(
            f"{encoding} cannot hold Hindi or emojis.",
            "Make a new database in UTF-8, and restore a backup into it.",
            "createdb --template template0 --encoding UTF8",
        )
    return TEXT.fine("UTF8.")


def _tables(connection: psycopg.Connection) -> Finding:
    if _read_value(connection, b"SELECT to_regclass('alembic_version') IS NULL"):
        return TABLES.trouble(
            "There are no tables yet.",
            "Start the shop: that makes them.",
            "make run, or python -m storage.prepare",
        )
    if not _read_value(connection, b"SELECT has_table_privilege('alembic_version', 'SELECT')"):
        return TABLES.unknown("We may not read them.", "See Rights.")
    found = _read_value(connection, b"SELECT max(version_num) FROM alembic_version")
    newest = newest_revision()
    if found == newest:
        return TABLES.fine(f"As this version wants them ({newest}).")
    if str(found) > newest:
        return TABLES.look(
            f"They are of a newer version ({found}).", "Update this program; it serves meanwhile."
        )
    return TABLES.trouble(
        f"They are of an older version ({found}, not {newest}).",
        "Restart the shop: it makes a backup and changes them.",
        "python -m storage.prepare",
    )


def _connections(connection: psycopg.Connection) -> Finding:
    most = int(_read_value(connection, b"SHOW max_connections"))
    used = int(
        _read_value(connection, b"SELECT count(*) FROM pg_stat_activity WHERE pid IS NOT NULL")
    )
    words = f"{used} of {most} are in use."
    if used > most * MANY:
        return ROOM.look(
            words,
            "Allow more connections, or see who else holds so many.",
            "max_connections in postgresql.conf",
        )
    return ROOM.fine(words)


def _disk(connection: psycopg.Connection, settings: Settings) -> Finding:
    size = _rounded(int(_read_value(connection, b"SELECT pg_database_size(current_database())")))
    place = _data_directory(connection, settings)
    if place is None:
        return DISK.look(
            f"The database has {size}; its disk is on another machine.",
            "Watch that disk: a full one stops everything.",
        )
    free = shutil.disk_usage(place).free
    words = f"The database has {size}, and its disk {_rounded(free)} free."
    if free < LEAST_ROOM:
        return DISK.trouble(words, "Make room: with a full disk PostgreSQL stops first.")
    if free < LITTLE_ROOM:
        return DISK.look(words, "Make room soon; backups belong on another disk.")
    return DISK.fine(words)


def _data_directory(connection: psycopg.Connection, settings: Settings) -> Path | None:
    """Where its files lie, if they lie on this machine."""
    if settings.database_url is None:
        return settings.data_directory
    host = connection.info.hostaddr
    if host and not (host.startswith("127.") or host == "::1"):
        return None
    told = _read_value(
        connection, b"SELECT CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE') "
        b"THEN current_setting('data_directory') END",
    )  # fmt: skip
    # Not ours to enter, but its file system can be asked; Debian's place where it is not told.
    for place in (told, "/var/lib/postgresql"):
        if place and os.path.exists(place):
            return Path(place)
    return None


def _rounded(size: int) -> str:
    if size < GIGABYTE:
        return f"{size >> 20} MB"
    return f"{size / GIGABYTE:.1f} GB"


def _read_value(connection: psycopg.Connection, query: bytes) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
