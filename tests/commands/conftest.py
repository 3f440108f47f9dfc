"""Rasa's commands as somebody types them, each with a database of its own where it needs one."""

from tests.integration.conftest import (
    cluster_url,
    database_url,
    engine,
    new_database,
    prepared_database,
    session,
)

__all__ = [
    "cluster_url",
    "database_url",
    "engine",
    "new_database",
    "prepared_database",
    "session",
]
