"""What big tables get beside their migrations; the next start does what was interrupted."""

import pytest
from sqlalchemy import create_engine, text

from storage.engine import sqlalchemy_url
from storage.migrations import apply_online, online


@pytest.fixture
def engine(new_database, prepared_database):
    with new_database(prepared_database) as url:
        engine = create_engine(sqlalchemy_url(url))
        yield engine
        engine.dispose()


def valid_indexes(engine):
    with engine.connect() as connection:
        return set(
            connection.scalars(
                text("SELECT relname FROM pg_class JOIN pg_index ON indexrelid = oid "
                     "WHERE indisvalid")
            )
        )  # fmt: skip


def run(engine, *statements):
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_every_step_is_done_once_the_database_is_prepared(engine):
    wanted = {step.name for step in online.STEPS if isinstance(step, online.Index)}
    assert wanted <= valid_indexes(engine)
    assert "ix_events_sender_id" not in valid_indexes(engine)
    with engine.connect() as connection:
        assert apply_online.missing_steps(connection) == []


def test_an_index_that_was_interrupted_is_made_again(engine):
    run(
        engine,
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'events_sender'::regclass",
        "DROP INDEX orders_search",
    )
    assert not {"events_sender", "orders_search"} & valid_indexes(engine)
    apply_online.run_online_steps(engine)
    assert {"events_sender", "orders_search"} <= valid_indexes(engine)


def test_who_finds_another_at_it_goes_on(engine):
    run(engine, "DROP INDEX orders_search")
    with engine.connect() as busy:
        busy.execute(text("SELECT pg_advisory_lock(:key)"), {"key": apply_online.WORKING})
        apply_online.run_online_steps(engine)
    assert "orders_search" not in valid_indexes(engine)


def test_old_rows_are_filled(engine):
    run(
        engine,
        "DELETE FROM online_steps",
        "INSERT INTO user_profiles (id, whatsapp_phone) "
        "VALUES ('00000000-0000-4000-8000-000000000001', '91')",
        "SET LOCAL session_replication_role = replica",
        "INSERT INTO whatsapp_messages (message_id, customer_id, message_type) "
        "SELECT name, id, 'image' FROM user_profiles, (VALUES ('a'), ('b')) AS names (name)",
        "INSERT INTO tickets (ticket_id, cause_message_id) VALUES ('TKT-1', 'b')",
        "INSERT INTO media_files (message_id, content) VALUES ('a', 'x')",
        "INSERT INTO events (sender_id, type_name) "
        "SELECT id::text, 'user' FROM user_profiles "
        "UNION ALL SELECT '00000000-0000-4000-8000-00000000dead', 'user' UNION ALL "
        "SELECT 'shell', 'user'",
    )
    apply_online.run_online_steps(engine)
    with engine.connect() as connection:
        files = connection.execute(
            text("SELECT message_id, customer_id IS NOT NULL, content IS NULL FROM media_files "
                 "ORDER BY message_id")
        ).all()  # fmt: skip
        senders = connection.scalars(text("SELECT sender_id FROM events ORDER BY id")).all()
    assert [tuple(file) for file in files] == [("a", True, False), ("b", True, True)]
    assert senders == ["00000000-0000-4000-8000-000000000001", "shell"]
