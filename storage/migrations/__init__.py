"""The database's history; `upgrade` brings a connection's database to its end.

For authors of migrations. Shops are open while they run: other machines go on serving with the
program of before, on tables of any size.

- A migration is one transaction, takes no time on a big table and does one thing. It may add
  tables, nullable columns or columns with a constant default, functions and triggers, and change
  constraints that need no look at the rows (`NOT VALID`).
- No index on a table that grows, no filling of old rows, no `VALIDATE CONSTRAINT` here: they stand
  in online.py, where an index is made `CONCURRENTLY` and rows are filled some hundred at a time.
- A lock on a table is waited for `LOCK_TIMEOUT`, no longer, since everybody else waits behind us.
  Then the transaction is given up and tried again (stepwise.py). So it touches as few tables as
  can be, and what it locks first is what is most in use.
- The program of before must work on the new tables, and the new one while online.py is at work: a
  column goes, or is renamed, two releases after the last use of it.
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


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for this connection: no ini file, whose `%` and paths bite."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(DIRECTORY).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Runs the missing migrations inside the connection's transaction: all or none.

    A table that somebody holds for long is not waited for: PostgreSQL's LockNotAvailable.
    """
    limit = text("SELECT set_config('lock_timeout', :time, true)")
    connection.execute(limit, {"time": LOCK_TIMEOUT})
    command.upgrade(configuration(connection), revision)


def has_model(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, model: SchemaItem | None
) -> bool:
    """Alembic's `include_object`: what the trays add (lanes, indexes) has no model to compare, and
    neither has what is about to go.
    """
    if isinstance(item, Column) and f"{item.table.name}.{item.name}" in LEAVING:
        return False
    return kind not in ("table", "index") or not reflected or model is not None
