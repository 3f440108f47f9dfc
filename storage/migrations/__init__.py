"""The database's migrations; `upgrade` runs those that are missing.

For authors of migrations. Shops are open while they run: other machines serve with the version
before, on tables of any size.

- A migration is one transaction, takes no time on a big table and does one thing. It may add
  tables, nullable columns or columns with a constant default, functions and triggers, and change
  constraints that need no look at the rows (`NOT VALID`).
- No index on a table that grows, no filling of old rows, no `VALIDATE CONSTRAINT` here: they stand
  in online.py, where an index is made `CONCURRENTLY` and rows are filled a thousand at a time.
- It waits for a table's lock for `LOCK_TIMEOUT` at most, since everybody else waits behind it. Then
  it is rolled back and tried again (stepwise.py). So it touches as few tables as possible, and
  locks the most used one first.
- The version before must work on the new tables, and the new version while online.py runs: a
  column is dropped or renamed two releases after its last use.
- Who else must learn of a new column: storage/models/__init__.py.
- No `down`: the way back is a backup.
"""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Column, Connection, text
from sqlalchemy.schema import SchemaItem

# Columns that only the release of before knows, until they go.
LEAVING = {"orders.delivery_place"}
DIRECTORY = Path(__file__).parent
LOCK_TIMEOUT = "2s"

# Rasa's commands show what is said at INFO: a line for each migration before the answer asked for.
logging.getLogger("alembic").setLevel(logging.WARNING)


def configure_alembic(connection: Connection) -> Config:
    """Alembic's configuration for this connection; an ini file would need escaped `%` and paths."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(DIRECTORY).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Runs the missing migrations inside the connection's transaction: all or none.

    Raises PostgreSQL's LockNotAvailable if a table stays locked.
    """
    limit = text("SELECT set_config('lock_timeout', :time, true)")
    connection.execute(limit, {"time": LOCK_TIMEOUT})
    command.upgrade(configure_alembic(connection), revision)


def has_model(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, model: SchemaItem | None
) -> bool:
    """Alembic's `include_object`: leaves out objects without a model, such as the trays' lanes and
    indexes, and columns that will be dropped.
    """
    if isinstance(item, Column) and f"{item.table.name}.{item.name}" in LEAVING:
        return False
    return kind not in ("table", "index") or not reflected or model is not None
