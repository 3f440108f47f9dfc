"""Alembic's entry point: with a connection from `storage.migrations`, else from its command
line."""

from alembic import context
from sqlalchemy import Connection

from storage.engine import engine
from storage.migrations import has_model
from storage.models import Base


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=True,
        include_object=has_model,
    )
    with context.begin_transaction():
        context.run_migrations()


if given := context.config.attributes.get("connection"):
    migrate(given)
else:
    with engine().begin() as opened:
        migrate(opened)
