"""Keeps the media of tickets: WhatsApp forgets them after some days."""

import logging

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from connectors.whatsapp import reading
from connectors.whatsapp.contents import Media
from connectors.whatsapp.errors import SendError
from connectors.whatsapp.graph import GraphClient
from storage import engine
from storage.models import MediaFile, WhatsappMessage

logger = logging.getLogger(__name__)

MOST_TRIES = 5
AT_ONCE = 5


def fetch(graph: GraphClient) -> int:
    """Fetches the media of tickets that are not kept yet; returns how many were wanted."""
    with engine.session() as session:
        wanted = [(row.message_id, reading.content(row.payload)) for row in _missing(session)]
    for message_id, content in wanted:
        _keep(graph, str(message_id), content)
    return len(wanted)


def _missing(session: Session) -> list[WhatsappMessage]:
    """Messages with media that caused a ticket, fetched in vain or not tried yet.

    A trigger notes what to fetch when the ticket is opened.
    """
    query = (
        select(WhatsappMessage)
        .join(MediaFile, MediaFile.message_id == WhatsappMessage.message_id)
        .where(MediaFile.content.is_(None), MediaFile.attempts < MOST_TRIES)
        .limit(AT_ONCE)
    )
    return list(session.scalars(query))


def _keep(graph: GraphClient, message_id: str, content: object) -> None:
    if not isinstance(content, Media) or content.id is None:
        _write(message_id, None, None, "WhatsApp named no media id")
        return
    try:
        kept = graph.media(content.id)
    except SendError as error:
        logger.warning("media not fetched: %s", error)
        _write(message_id, content.mime_type, None, str(error))
    else:
        _write(message_id, content.mime_type, kept, None)


def _write(message_id: str, kind: str | None, kept: bytes | None, problem: str | None) -> None:
    values = {"media_type": kind, "content": kept, "problem": problem}
    statement = insert(MediaFile).values(message_id=message_id, attempts=1, **values)
    again = {**values, "attempts": MediaFile.attempts + 1, "updated_at": func.now()}
    with engine.session() as session:
        session.execute(statement.on_conflict_do_update(index_elements=["message_id"], set_=again))
