"""Finds messages by words in them, among the newest of all conversations."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from storage.models import UserProfile, WhatsappMessage

# Fewer letters stand in almost every message.
FEWEST_LETTERS = 3
MOST_FOUND = 20
# A search looks at so many messages; there is no index of their words.
NEWEST = 50_000
_BEFORE, _AFTER = 24, 60


@dataclass(frozen=True)
class Hit:
    """A message in which the words stand, with its customer."""

    message: WhatsappMessage
    customer: UserProfile
    wanted: str

    @property
    def excerpt(self) -> tuple[str, str, str]:
        """What stands before the words, the words as they were written, and what follows."""
        text = " ".join((self.message.content or "").split())
        at = text.casefold().find(self.wanted.casefold())
        if at < 0:
            return text[: _BEFORE + _AFTER], "", ""
        end = at + len(self.wanted)
        cut = "…" if at > _BEFORE else ""
        return cut + text[max(0, at - _BEFORE) : at], text[at:end], text[end : end + _AFTER]


def search_words(session: Session, wanted: str) -> Sequence[Hit]:
    """The newest messages that hold these words, in any case."""
    wanted = " ".join(wanted.split())
    if len(wanted) < FEWEST_LETTERS:
        return []
    newest = select(func.max(WhatsappMessage.id) - NEWEST).scalar_subquery()
    query = (
        select(WhatsappMessage, UserProfile)
        .join(UserProfile, UserProfile.id == WhatsappMessage.customer_id)
        .where(
            WhatsappMessage.id > newest, WhatsappMessage.content.icontains(wanted, autoescape=True)
        )
        .order_by(WhatsappMessage.id.desc())
        .limit(MOST_FOUND)
        .options(defer(WhatsappMessage.payload))
    )
    return [Hit(*row, wanted) for row in session.execute(query).tuples()]
