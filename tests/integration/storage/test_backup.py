"""Backups: consistent while somebody writes, private, restored whole or not at all."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from settings import ROOT, load_settings
from storage import migrations, prepare
from storage.backup import __main__ as command
from storage.backup.errors import BackupFailed
from storage.backup.making import Place, list_backups, make_backup
from storage.backup.programs import connection_options
from storage.backup.restoring import restore_backup
from storage.engine import sqlalchemy_url
from storage.prepare import Unreachable, prepare_database
from tests.integration.conftest import forget_database

KEY = "a passphrase of some words"
OLD = "0016_order_notes"
FILLED = """
INSERT INTO user_profiles (whatsapp_phone) VALUES ('919800000001');
INSERT INTO events (sender_id, type_name, timestamp, data)
    VALUES ('919800000001', 'user', 1, '{"event": "user", "text": "two coffees"}');
INSERT INTO conversation_state
    (customer_id, phone_number, conversation_flow, current_step, context)
    SELECT id, whatsapp_phone, 'new_order', 'confirmation', '{"total": 240}' FROM user_profiles;
"""
# A customer and a tag of the customer, always in one transaction.
PAIR = (
    "WITH added AS (INSERT INTO user_profiles (whatsapp_phone) VALUES (%s) RETURNING id) "
    "INSERT INTO products (sku, name, price) SELECT %s, 'Tea', 1 FROM added"
)
needs_gpg = pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not installed")


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "backups", keep=3, key=None)


@pytest.fixture
def filled(database_url):
    with psycopg.connect(database_url) as connection:
        connection.execute(FILLED)
    return database_url


def rows(url):
    """Every row of every table, as text."""
    with psycopg.connect(url) as connection:
        names = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        return {
            name: sorted(row for (row,) in connection.execute(f'SELECT t::text FROM "{name}" t'))
            for (name,) in names
        }


def write_pairs(url, stopping, written):
    """Adds customers and products, two in a transaction, until told to stop."""
    number = 0
    with psycopg.connect(url, autocommit=True) as connection:
        while not stopping.is_set():
            number += 1
            connection.execute(PAIR, [str(919700000000 + number), f"pair-{number}"])
            written.set()


def test_all_rows_come_back_and_a_conversation_goes_on(filled, place, new_database):
    before = rows(filled)
    made = make_backup(filled, place)
    with new_database() as url:
        restore_backup(url, made, None)
        assert rows(url) == before
        with psycopg.connect(url) as connection:
            said = connection.execute("SELECT data::jsonb ->> 'text' FROM events").fetchone()
            step = connection.execute("SELECT current_step FROM conversation_state").fetchone()
        assert (said, step) == (("two coffees",), ("confirmation",))


def test_it_is_one_moment_while_somebody_writes(filled, place, new_database):
    stopping, written = threading.Event(), threading.Event()
    writing = threading.Thread(daemon=True, target=write_pairs, args=(filled, stopping, written))
    writing.start()
    try:
        assert written.wait(60)
        made = make_backup(filled, place)
    finally:
        stopping.set()
        writing.join()
    with new_database() as url:
        restore_backup(url, made, None)
        with psycopg.connect(url) as connection:
            (customers,) = connection.execute(
                "SELECT count(*) FROM user_profiles WHERE whatsapp_phone LIKE '9197%'"
            ).fetchone()
            (products,) = connection.execute(
                "SELECT count(*) FROM products WHERE sku LIKE 'pair-%'"
            ).fetchone()
        assert customers == products > 0


def test_a_backup_is_private_and_the_oldest_go(filled, place):
    made = [make_backup(filled, place) for _ in range(place.keep + 1)]
    assert list_backups(place.directory) == made[1:]
    assert sorted(place.directory.iterdir()) == made[1:]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made[1:]} == {0o600}
    assert stat.S_IMODE(place.directory.stat().st_mode) == 0o700


@needs_gpg
def test_with_a_key_it_is_encrypted(filled, place, new_database):
    secret = Place(place.directory, keep=3, key=KEY)
    made = make_backup(filled, secret)
    assert made.name.endswith(".dump.gpg")
    assert b"PGDMP" not in made.read_bytes()
    with new_database() as url:
        with pytest.raises(BackupFailed, match="set BACKUP_KEY"):
            restore_backup(url, made, None)
        with pytest.raises(BackupFailed, match="BACKUP_KEY is another"):
            restore_backup(url, made, "another")
        assert rows(url) == {}
        restore_backup(url, made, KEY)
        assert rows(url) == rows(filled)


def test_a_database_that_is_not_empty_is_refused(filled, place, new_database, prepared_database):
    made = make_backup(filled, place)
    with new_database(prepared_database) as url:
        before = rows(url)
        with pytest.raises(BackupFailed, match="is not empty, and nothing was changed"):
            restore_backup(url, made, None)
        assert rows(url) == before


def test_a_damaged_backup_leaves_the_database_empty(filled, place, new_database):
    made = make_backup(filled, place)
    content = made.read_bytes()
    made.write_bytes(content[: len(content) * 2 // 3])
    with new_database() as url:
        with pytest.raises(BackupFailed, match="nothing was restored"):
            restore_backup(url, made, None)
        assert rows(url) == {}


def test_what_is_no_backup_is_said(tmp_path, database_url):
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(BackupFailed, match=r"notes\.txt is no backup"):
        restore_backup(database_url, tmp_path / "notes.txt", None)


def run_module(*words, **environment):
    """`python -m ...` with these variables: its status, stdout and stderr."""
    ended = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    return ended.returncode, ended.stdout.strip(), ended.stderr


def test_the_command_prints_the_file(filled, tmp_path):
    status, made, said = run_module("storage.backup", BACKUP_DIRECTORY=str(tmp_path))
    assert (status, said) == (0, "")
    assert [Path(made)] == list_backups(tmp_path)


def test_the_embedded_database_is_backed_up_and_restored(own_place):
    """Into another DATA_DIRECTORY, as docs/running.md says; the commands start the server."""
    old = {"DATABASE_URL": "", "DATA_DIRECTORY": str(own_place.directory)}
    new = {**old, "DATA_DIRECTORY": str(own_place.directory.with_name("new"))}
    assert run_module("storage.prepare", **old)[0] == 0
    status, made, said = run_module("storage.backup", **old)
    assert (status, said) == (0, "")
    assert Path(made).parent == own_place.directory / "backups"
    restored = run_module("storage.backup", "restore", made, **new)
    assert restored == (0, f"restored {made}", "")
    again = run_module("storage.backup", "restore", made, **new)
    assert again[:2] == (1, "")
    assert again[2].startswith("make restore: the database is not empty")
    assert again[2].count("\n") == 1


def test_no_password_is_among_the_arguments():
    where, environment = connection_options("postgresql://asha:se%20cret@127.0.0.1:5432/shop")
    assert "cret" not in where
    assert environment["PGPASSWORD"] == "se cret"


def test_trouble_is_one_line(database_url, tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setenv("BACKUP_DIRECTORY", str(tmp_path / "file"))
    load_settings.cache_clear()
    assert command.main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("make backup: cannot write into ")
    assert said.count("\n") == 1


@pytest.fixture
def old_shop(new_database, monkeypatch, tmp_path):
    """A database as an older version left it, and settings that name a place for backups."""
    monkeypatch.setenv("BACKUP_DIRECTORY", str(tmp_path / "backups"))
    load_settings.cache_clear()
    with new_database() as url:
        engine = create_engine(sqlalchemy_url(url))
        with engine.begin() as connection:
            migrations.upgrade(connection, OLD)
            connection.execute(
                text("INSERT INTO user_profiles (whatsapp_phone) VALUES ('919800000001')")
            )
        engine.dispose()
        yield url
    load_settings.cache_clear()


def revision(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def test_an_upgrade_makes_a_backup_of_the_older_tables_first(old_shop, new_database, tmp_path):
    starting = [
        threading.Thread(
            daemon=True, target=prepare_database, args=(old_shop,), kwargs={"with_backup": True}
        )
        for _ in range(2)
    ]
    for one in starting:
        one.start()
    for one in starting:
        one.join()
    (made,) = list_backups(tmp_path / "backups")
    assert revision(old_shop) != OLD
    prepare_database(old_shop, with_backup=True)
    assert list_backups(tmp_path / "backups") == [made]
    with new_database() as url:
        restore_backup(url, made, None)
        assert revision(url) == revision(old_shop)
        with psycopg.connect(url) as connection:
            found = connection.execute("SELECT whatsapp_phone FROM user_profiles").fetchall()
        assert found == [("919800000001",)]


def test_the_command_that_make_run_starts_says_where_the_backup_is(
    old_shop, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("DATABASE_URL", old_shop)
    forget_database()
    assert prepare.main() == 0
    forget_database()
    (made,) = list_backups(tmp_path / "backups")
    assert f"the backup is {made}\n" in capsys.readouterr().err


def test_without_room_for_the_backup_nothing_is_changed(old_shop, tmp_path):
    (tmp_path / "backups").touch()
    with pytest.raises(Unreachable, match="nothing was changed"):
        prepare_database(old_shop, with_backup=True)
    assert revision(old_shop) == OLD


def test_a_setting_turns_the_backup_off(old_shop, tmp_path, monkeypatch):
    monkeypatch.setenv("BACKUP_BEFORE_UPGRADE", "no")
    load_settings.cache_clear()
    prepare_database(old_shop, with_backup=True)
    assert not (tmp_path / "backups").exists()
    assert revision(old_shop) != OLD


def test_a_new_database_needs_no_backup(new_database, tmp_path, monkeypatch):
    monkeypatch.setenv("BACKUP_DIRECTORY", str(tmp_path / "backups"))
    load_settings.cache_clear()
    with new_database() as url:
        prepare_database(url, with_backup=True)
    assert not (tmp_path / "backups").exists()
