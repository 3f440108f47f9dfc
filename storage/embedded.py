"""The embedded PostgreSQL (being written)."""

from pathlib import Path


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot run; the message says why and what to do."""


def attach(directory: Path) -> str:
    """A libpq URL of the running cluster in `directory`, started when it does not run."""
    raise EmbeddedError(f"no embedded PostgreSQL in {directory} yet: set DATABASE_URL")
