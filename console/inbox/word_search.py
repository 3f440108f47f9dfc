"""Finds messages by words: those of people by an index, those of the bot among the newest."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select, text
from sqlalchemy.orm import Session, defer

from storage.models import UserProfile, WhatsappMessage

# Shorter words are in almost every message.
FEWEST_LETTERS = 3
MOST_FOUND = 20
# The newest messages are read without the index. This finds frequent words, parts of words, and the
# bot's messages.
NEWEST = 5_000
# The most older messages that are read by the index.
MOST_OLDER = 2_000
# Literally as in the index `whatsapp_messages_words` (storage/migrations/online.py).
_BY_PEOPLE = text("(direction = 'incoming' OR written_by IS NOT NULL)")
_SIMPLE = text("'simple'")
_BEFORE, _AFTER = 24, 60


@dataclass(frozen=True)
class Hit:
    """A message that contains the words, with its customer."""

    message: WhatsappMessage
    customer: UserProfile
    wanted: str

    @property
    def excerpt(self) -> tuple[str, str, str]:
        """The text before the words, the words as written, and the text behind them.

        If the words do not stand together, the longest of them is shown.
        """
        said = " ".join((self.message.content or "").split())
        looked_for = [self.wanted, *sorted(self.wanted.split(), key=len, reverse=True)]
        found = next((one for one in looked_for if one.casefold() in said.casefold()), None)
        if found is None:
            return said[: _BEFORE + _AFTER], "", ""
        at = said.casefold().find(found.casefold())
        end = at + len(found)
        cut = "…" if at > _BEFORE else ""
        return cut + said[max(0, at - _BEFORE) : at], said[at:end], said[end : end + _AFTER]


def search_words(session: Session, wanted: str) -> Sequence[Hit]:
    """The newest messages that contain all these words, in any case and order."""
    words = wanted.split()
    wanted = " ".join(words)
    if len(wanted) < FEWEST_LETTERS:
        return []
    holds = and_(*(WhatsappMessage.content.icontains(word, autoescape=True) for word in words))
    newest = select(func.max(WhatsappMessage.id) - NEWEST).scalar_subquery()
    found = _read_hits(session, and_(holds, WhatsappMessage.id > newest), wanted)
    if len(found) < MOST_FOUND:
        # Not in one statement: with OR, PostgreSQL walks through all messages.
        both = {*session.scalars(older_messages(words)), *(hit.message.id for hit in found)}
        latest = sorted(both, reverse=True)[:MOST_FOUND]
        found = _read_hits(session, WhatsappMessage.id.in_(latest), wanted)
    return found


def older_messages(words: Sequence[str]) -> Select[tuple[int]]:
    """A query by the index for messages of people with all these words, MOST_OLDER at most."""
    query = select(WhatsappMessage.id).where(_BY_PEOPLE, _matches_index(words))
    return query.where(WhatsappMessage.customer_id.is_not(None)).limit(MOST_OLDER)


def _matches_index(words: Sequence[str]) -> ColumnElement[bool]:
    """The condition that each word is the beginning of a word of the message."""
    plain = (word.replace("'", " ").replace("\\", " ") for word in words)
    query = " & ".join(f"'{word}':*" for word in plain)
    said = func.to_tsvector(_SIMPLE, WhatsappMessage.content)
    return said.op("@@", is_comparison=True)(func.to_tsquery(_SIMPLE, query))


def _read_hits(session: Session, which: ColumnElement[bool], wanted: str) -> list[Hit]:
    query = (
        select(WhatsappMessage, UserProfile)
        .join(UserProfile, UserProfile.id == WhatsappMessage.customer_id)
        .where(which)
        .order_by(WhatsappMessage.id.desc())
        .limit(MOST_FOUND)
        .options(defer(WhatsappMessage.payload))
    )
    return [Hit(*row, wanted) for row in session.execute(query).tuples()]
