"""`python -m storage.prepare`: migrates and sows once, however many run it at once."""

import os
import subprocess
import sys
import threading

import psycopg
import pytest

import settings
import storage.engine
from storage import seeds
from storage.embedded import ports
from storage.prepare import Unreachable, main, prepare_database

PREPARE = (sys.executable, "-m", "storage.prepare")


@pytest.fixture
def empty_url(new_database):
    """A database with nothing in it."""
    with new_database() as url:
        yield url


def preparing(url):
    """A process that prepares the database behind `url`."""
    return subprocess.Popen(
        PREPARE,
        cwd=settings.ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(url, statement):
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def test_an_empty_database_becomes_a_shop(empty_url):
    prepare_database(empty_url)
    menus = ask(empty_url, "SELECT template_name FROM workflow_templates ORDER BY 1")
    assert menus == [("main_menu",), ("product_catalog",), ("support_menu",)]
    assert ask(empty_url, "SELECT price, position FROM products WHERE sku = 'tea'") == [(80, 2)]


def test_several_processes_may_prepare_at_once(empty_url):
    processes = [preparing(empty_url) for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [
        ("", 0)
    ] * 3
    assert ask(empty_url, "SELECT count(*), count(DISTINCT sku) FROM products") == [(6, 6)]


def test_what_the_owner_changed_or_deleted_stays_so(database_url):
    ask(database_url, "UPDATE products SET price = 150 WHERE sku = 'coffee'")
    ask(database_url, "DELETE FROM products WHERE sku = 'tea'")
    ask(database_url, "DELETE FROM workflow_templates WHERE template_name = 'support_menu'")
    prepare_database(database_url)
    products = "SELECT sku, price FROM products WHERE sku IN ('coffee', 'tea')"
    assert ask(database_url, products) == [("coffee", 150)]
    menus = "SELECT 1 FROM workflow_templates WHERE template_name = 'support_menu'"
    assert ask(database_url, menus) == []


def test_what_the_owner_made_first_stays_so(database_url):
    ask(database_url, "DELETE FROM seeds_applied WHERE name = 'coffee'")
    ask(database_url, "UPDATE products SET name = 'Filter Coffee' WHERE sku = 'coffee'")
    prepare_database(database_url)
    names = ask(database_url, "SELECT name FROM products WHERE sku = 'coffee'")
    assert names == [("Filter Coffee",)]


def test_replies_at_hand_are_given_once_and_only_to_a_shop_that_has_none(database_url):
    given = {name for (name,) in ask(database_url, "SELECT name FROM canned_replies")}
    assert given == {seed.name for seed in seeds.seed_replies()}
    ask(database_url, "DELETE FROM canned_replies")
    prepare_database(database_url)
    assert ask(database_url, "SELECT name FROM canned_replies") == []
    ask(database_url, "DELETE FROM seeds_applied WHERE kind = 'canned_replies'")
    ask(database_url, "INSERT INTO canned_replies (name) VALUES ('Our own')")
    prepare_database(database_url)
    assert ask(database_url, "SELECT name FROM canned_replies") == [("Our own",)]


def test_a_database_that_comes_late_is_waited_for(cluster_url, new_database, capsys):
    with new_database() as url:
        ask_outside(cluster_url, url, "ALTER DATABASE {} ALLOW_CONNECTIONS false")
        preparing = threading.Thread(
            daemon=True, target=prepare_database, args=(url,), kwargs={"patience": 60}
        )
        preparing.start()
        said = ""
        while "Waiting for the database: " not in said:
            preparing.join(0.05)
            assert preparing.is_alive()
            said += capsys.readouterr().err
        ask_outside(cluster_url, url, "ALTER DATABASE {} ALLOW_CONNECTIONS true")
        preparing.join()
        assert ask(url, "SELECT count(*) FROM products") != [(0,)]
    assert (said + capsys.readouterr().err).count("Waiting for the database: ") == 1


def ask_outside(cluster_url, url, statement):
    with psycopg.connect(cluster_url, autocommit=True) as connection:
        connection.execute(statement.format(url.rpartition("/")[2]))


def test_a_database_that_never_comes_is_one_line(database_url, monkeypatch, capsys):
    port = next(port for port in range(ports.FIRST, 65536) if ports.is_free(port))
    url = f"postgresql://shop:hunter2@{ports.LOOPBACK}:{port}/orders"
    monkeypatch.setenv("DATABASE_URL", url)
    storage.engine.database_url.cache_clear()
    settings.load_settings.cache_clear()
    assert main(patience=0.5) == 1
    *_, last = capsys.readouterr().err.splitlines()
    assert last.startswith("storage.prepare: gave up after 0.5 s: connection ")
    assert "hunter2" not in last


def test_somebody_elses_table_in_the_way_is_one_line(empty_url):
    ask(empty_url, "CREATE TABLE orders ()")
    process = preparing(empty_url)
    message = 'storage.prepare: the database refused: relation "orders" already exists\n'
    assert (process.communicate()[1], process.returncode) == (message, 1)


def test_a_wrong_password_is_named_as_the_reason(cluster_url):
    with pytest.raises(Unreachable, match="password authentication failed"):
        prepare_database(cluster_url.replace("@", "x@"), patience=0)


def test_a_database_of_a_newer_release_is_served_with_one_line(database_url, capsys):
    ask(database_url, "UPDATE alembic_version SET version_num = '0999_of_tomorrow'")
    ask(database_url, "DELETE FROM seeds_applied WHERE name = 'coffee'")
    assert main() == 0
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "0999_of_tomorrow" in said
    assert ask(database_url, "SELECT version_num FROM alembic_version") == [("0999_of_tomorrow",)]
    assert ask(database_url, "SELECT 1 FROM seeds_applied WHERE name = 'coffee'") == []


def test_a_pooler_in_transaction_mode_is_one_clear_line(pooled_url):
    with pytest.raises(Unreachable, match="session mode"):
        prepare_database(pooled_url("transaction"), patience=15)


def test_a_pooler_in_session_mode_will_do(pooled_url):
    prepare_database(pooled_url("session"), patience=15)
