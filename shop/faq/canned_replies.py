"""Canned replies for staff: up to twenty, each in every language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.language.languages import DEFAULT, served_languages
from shop.whatsapp.limits import text_length
from storage.models import CannedReply

MOST = 20
LONGEST_NAME = 40
LONGEST = 1000


class UnfitReply(ValueError):
    """The reply cannot be kept; the message says why."""


@dataclass(frozen=True)
class Reply:
    """A canned reply."""

    id: int
    name: str
    words: Mapping[str, str]

    def said_in(self, language: str | None) -> str:
        """Its words in a language, else in English."""
        return self.words.get(language or DEFAULT) or self.words[DEFAULT]


def list_replies(session: Session) -> Sequence[Reply]:
    """All replies, by name."""
    found = session.scalars(select(CannedReply).order_by(func.lower(CannedReply.name)))
    return [Reply(one.id, one.name, dict(one.words)) for one in found]


def add_reply(session: Session, name: str, words: Mapping[str, str]) -> CannedReply:
    """A new reply.

    Raises:
        UnfitReply
    """
    if len(list_replies(session)) >= MOST:
        raise UnfitReply(f"There are {MOST} replies already: remove one first.")
    reply = CannedReply()
    change_reply(session, reply, name, words)
    session.add(reply)
    session.flush()
    return reply


def change_reply(session: Session, reply: CannedReply, name: str, words: Mapping[str, str]) -> None:
    """Gives a reply another name or other words; every language needs some.

    Raises:
        UnfitReply
    """
    called = " ".join(name.split())
    if not 0 < text_length(called) <= LONGEST_NAME:
        raise UnfitReply(f"A reply needs a name of up to {LONGEST_NAME} characters.")
    same = func.lower(CannedReply.name) == called.lower()
    with session.no_autoflush:
        others = session.scalars(select(CannedReply.id).where(same)).all()
    if any(other != reply.id for other in others):
        raise UnfitReply("Another reply has this name already.")
    if not all(0 < text_length(words.get(code, "").strip()) <= LONGEST for code in _codes()):
        raise UnfitReply(f"A reply needs words in each language, up to {LONGEST} characters.")
    reply.name = called
    reply.words = {code: words[code].strip() for code in _codes()}


def _codes() -> list[str]:
    return list(served_languages())
