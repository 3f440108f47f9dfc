"""Migrations of a shop that is open: nobody waits behind them, whoever holds its tables."""

import threading

import pytest
from sqlalchemy import create_engine, text

from storage import migrations
from storage.engine import sqlalchemy_url
from storage.migrations import apply_online, stepwise
from storage.prepare import Unreachable, prepare_database

OLD = "0016_order_notes"
CUSTOMERS = 2_500
FILLED = f"""
INSERT INTO user_profiles (whatsapp_phone)
    SELECT (919800000000 + n)::text FROM generate_series(1, {CUSTOMERS}) AS n;
INSERT INTO whatsapp_messages (message_id, customer_id, message_type)
    SELECT 'wamid.' || whatsapp_phone, id, 'image' FROM user_profiles;
INSERT INTO media_files (message_id, content)
    SELECT message_id, 'x' FROM whatsapp_messages;
"""
UNOWNED = "SELECT count(*) FROM media_files WHERE customer_id IS NULL"
HOLD = "LOCK TABLE media_files IN ACCESS SHARE MODE"  # as a backup does


@pytest.fixture
def shop(new_database):
    """The engine of a shop as an old release left it, with customers and files."""
    with new_database() as url:
        engine = create_engine(sqlalchemy_url(url))
        with engine.begin() as connection:
            migrations.upgrade(connection, OLD)
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(FILLED))
        yield engine
        engine.dispose()


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr(migrations, "LOCK_TIMEOUT", "200ms")
    monkeypatch.setattr(apply_online, "LOCK_TIMEOUT", "200ms")
    monkeypatch.setattr(stepwise, "_PAUSE", 0.05)


def url_of(engine):
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def revision(engine):
    with engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def count(engine, statement):
    with engine.connect() as connection:
        return connection.scalar(text(statement))


def newest(shop):
    with shop.connect() as connection:
        configuration = migrations.configure_alembic(connection)
    return stepwise.ScriptDirectory.from_config(configuration).get_current_head()


def test_a_table_that_is_held_is_tried_again_and_nobody_waits_behind(shop, capsys):
    with shop.begin() as busy:
        busy.execute(text(HOLD))
        preparing = threading.Thread(daemon=True, target=prepare_database, args=(url_of(shop),))
        preparing.start()
        while "Waiting for a table" not in capsys.readouterr().err:
            preparing.join(0.05)
            assert preparing.is_alive()
        # Between two tries the queue behind the held table is empty.
        with shop.begin() as customer:
            customer.execute(text("SET LOCAL lock_timeout = '30s'"))
            customer.execute(text("UPDATE media_files SET attempts = attempts + 1"))
        assert revision(shop) != newest(shop)
    preparing.join()
    assert revision(shop) == newest(shop)
    assert count(shop, UNOWNED) == 0


def test_a_table_that_is_never_let_go_is_one_line_with_its_holder(shop, capsys):
    with shop.begin() as busy:
        busy.execute(text("SET LOCAL application_name = 'nightly backup'"))
        busy.execute(text(HOLD))
        with pytest.raises(Unreachable, match=r"held by another transaction.*nightly backup"):
            prepare_database(url_of(shop), patience=0.5)
    assert capsys.readouterr().err.count("\n") == 1
    # What was done before the table stays done, and the next start goes on from there.
    assert revision(shop) not in (OLD, newest(shop))
    prepare_database(url_of(shop))
    assert revision(shop) == newest(shop)


def test_each_migration_is_a_transaction_of_its_own(shop, monkeypatch):
    seen = []

    def upgrade(connection, revision):
        seen.append((revision, connection.scalar(text("SELECT pg_current_xact_id()"))))
        original(connection, revision)

    original = migrations.upgrade
    monkeypatch.setattr(migrations, "upgrade", upgrade)
    prepare_database(url_of(shop))
    steps, transactions = zip(*seen, strict=True)
    assert steps[-1] == newest(shop)
    assert len(set(transactions)) == len(steps) > 3


def test_old_rows_that_somebody_holds_are_filled_at_the_next_start(shop, monkeypatch, capsys):
    prepare_database(url_of(shop))
    with shop.begin() as connection:
        connection.execute(text("DELETE FROM online_steps WHERE name = 'whose a file is'"))
        connection.execute(text("UPDATE media_files SET customer_id = NULL"))
    with shop.begin() as busy:
        busy.execute(text("SELECT FROM media_files ORDER BY message_id DESC LIMIT 1 FOR UPDATE"))
        apply_online.run_online_steps(shop, patience=0.3)
        assert "whose a file is: others hold it up" in capsys.readouterr().err
    left = count(shop, UNOWNED)
    assert left > 0
    apply_online.run_online_steps(shop)
    assert count(shop, UNOWNED) == 0


def test_old_rows_are_filled_a_thousand_at_a_time(shop):
    prepare_database(url_of(shop))
    with shop.connect() as connection:
        sizes = connection.scalars(
            text("SELECT count(*) FROM media_files GROUP BY xmin ORDER BY 1 DESC")
        ).all()
    assert max(sizes) <= 1000
    assert sum(sizes) == CUSTOMERS
