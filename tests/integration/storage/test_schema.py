"""The migrations make what the models say, all or nothing."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from storage import migrations
from storage.engine import sqlalchemy_url
from storage.models import Base


@pytest.fixture
def empty(new_database):
    """An engine on a database with nothing in it."""
    with new_database() as url:
        engine = create_engine(sqlalchemy_url(url))
        yield engine
        engine.dispose()


def test_models_and_migrations_agree(empty):
    with empty.begin() as connection:
        migrations.upgrade(connection)
        options = {"compare_server_default": True, "include_object": migrations.has_model}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_a_migration_that_fails_leaves_nothing_behind(empty):
    with empty.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE tickets ()")
    with pytest.raises(Exception, match="already exists"), empty.begin() as connection:
        migrations.upgrade(connection)
    assert inspect(empty).get_table_names() == ["tickets"]
