"""Whether a database is at hand; neither training nor a message ever waits for one to start."""

import settings
from storage.embedded.cluster import Cluster


def url_at_hand() -> str | None:
    """A libpq URL of the database, or None where none runs.

    The embedded server is used while it runs, but neither started nor held: that is the tracker
    store's business, and `rasa train` needs no database.
    """
    configured = settings.load_settings()
    if configured.database_url:
        return configured.database_url
    embedded = Cluster(configured.data_directory)
    return embedded.url() if embedded.answers() else None
