"""Rasa's table `events` is as Rasa would have made it, whoever comes first."""

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import create_engine, inspect

from storage import migrations
from storage.engine import sqlalchemy_url


@pytest.fixture
def rasas(new_database):
    """An engine on a database in which Rasa's tracker store was first."""
    with new_database() as url:
        engine = create_engine(sqlalchemy_url(url))
        SQLTrackerStore.Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


def test_ours_is_as_rasas(engine, rasas):
    assert events_of(engine) == events_of(rasas)


def test_rasas_is_kept_with_its_rows(rasas):
    with rasas.begin() as connection:
        connection.exec_driver_sql("INSERT INTO events (sender_id, type_name) VALUES ('a', 'b')")
        migrations.upgrade(connection)
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == 1


def events_of(engine):
    """Columns and key of the table `events`, in a form that compares; it has indexes of ours."""
    inspector = inspect(engine)
    columns = [
        {**column, "type": str(column["type"])} for column in inspector.get_columns("events")
    ]
    return columns, inspector.get_pk_constraint("events")
