"""The database's history; `upgrade` brings a connection's database to its end."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.schema import SchemaItem

DIRECTORY = Path(__file__).parent
PATIENCE = "5s"


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for this connection: no ini file, whose `%` and paths bite."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(DIRECTORY).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Runs the missing migrations inside the connection's transaction: all or none.

    A table that somebody holds for long is not waited for, since everybody else would wait behind
    us: the migration fails, and the next start tries again.
    """
    connection.execute(text("SELECT set_config('lock_timeout', :time, true)"), {"time": PATIENCE})
    command.upgrade(configuration(connection), revision)


def has_model(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, model: SchemaItem | None
) -> bool:
    """Alembic's `include_object`: what the trays add (lanes, indexes) has no model to compare."""
    return kind not in ("table", "index") or not reflected or model is not None
