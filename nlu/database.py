"""Finds a running database; neither training nor a message waits for one to start."""

import settings
from storage.embedded.cluster import Cluster


def url_at_hand() -> str | None:
    """A libpq URL of the database; None if none runs.

    The embedded server is used if it runs, but never started: the tracker store does that, and
    `rasa train` needs no database.
    """
    configured = settings.load_settings()
    if configured.database_url:
        return configured.database_url
    embedded = Cluster(configured.data_directory)
    return embedded.url() if embedded.answers() else None
