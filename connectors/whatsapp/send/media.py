"""Stores what customers send as media, which WhatsApp deletes after some days."""

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from connectors.whatsapp.api.contents import Media
from connectors.whatsapp.api.errors import Final, SendError
from connectors.whatsapp.api.graph_client import GraphClient
from connectors.whatsapp.api.received import read_received
from storage import engine
from storage.models import MediaFile, WhatsappMessage

logger = logging.getLogger(__name__)

MOST_TRIES = 5
AT_ONCE = 5
_DAY = timedelta(days=1)
# Whether media are to be fetched; a trigger notes them when their ticket is opened.
FILES_WAIT = b"""
SELECT EXISTS (SELECT FROM media_files WHERE content IS NULL AND attempts < 5)
"""
# Limit per customer and day, since files are stored in the database.
MOST_FILES_A_DAY = 30
MOST_BYTES_A_DAY = 200 * 1024 * 1024


class QuotaUsedUp(Final):
    """The customer has sent more files today than are kept of anybody."""


def fetch_media(graph: GraphClient) -> int:
    """Fetches the media that are not stored yet; returns how many were missing."""
    with engine.session() as session:
        wanted = [
            (row.message_id, row.customer_id, read_received(row.payload).content)
            for row in _missing(session)
        ]
    for message_id, customer_id, content in wanted:
        _keep(graph, str(message_id), customer_id, content)
    return len(wanted)


def _missing(session: Session) -> list[WhatsappMessage]:
    """Messages whose media are not stored yet; a trigger notes them as they come in."""
    query = (
        select(WhatsappMessage)
        .join(MediaFile, MediaFile.message_id == WhatsappMessage.message_id)
        .where(MediaFile.content.is_(None), MediaFile.attempts < MOST_TRIES)
        .limit(AT_ONCE)
    )
    return list(session.scalars(query))


def _check_quota(customer_id: UUID | None) -> None:
    """Raises QuotaUsedUp if the customer's files of the last day reach the quota."""
    kept = select(
        func.count(), func.coalesce(func.sum(func.octet_length(MediaFile.content)), 0)
    ).where(
        MediaFile.customer_id == customer_id,
        MediaFile.created_at > func.now() - _DAY,
        MediaFile.content.is_not(None),
    )
    with engine.session() as session:
        files, size = session.execute(kept).one()
    if files >= MOST_FILES_A_DAY or size >= MOST_BYTES_A_DAY:
        raise QuotaUsedUp


def _keep(graph: GraphClient, message_id: str, customer_id: UUID | None, content: object) -> None:
    if not isinstance(content, Media) or content.id is None:
        _store_result(message_id, None, None, "WhatsApp named no media id")
        return
    try:
        _check_quota(customer_id)
        kept = graph.media(content.id, content.kind)
    except SendError as error:
        logger.warning("media not fetched: %s", error)
        tries = MOST_TRIES if isinstance(error, Final) else 1
        _store_result(message_id, content.mime_type, None, str(error), tries)
    else:
        _store_result(message_id, content.mime_type, kept, None)


def _store_result(
    message_id: str, kind: str | None, kept: bytes | None, problem: str | None, tries: int = 1
) -> None:
    values = {"media_type": kind, "content": kept, "problem": problem}
    statement = insert(MediaFile).values(message_id=message_id, attempts=tries, **values)
    again = {**values, "attempts": MediaFile.attempts + tries, "updated_at": func.now()}
    with engine.session() as session:
        session.execute(statement.on_conflict_do_update(index_elements=["message_id"], set_=again))
