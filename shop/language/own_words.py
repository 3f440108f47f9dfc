"""Responses in the owner's words (the table `response_texts`): live within two seconds.

A process that answers customers calls `use_own_words` once, at its start. Without it, responses are
as data/responses has them: tests, training and evaluation need no database.
"""

import logging
import threading
import time
from collections.abc import Mapping

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from storage.models import ResponseText

# The text by response and language.
Words = Mapping[tuple[str, str], str]

_FRESH_FOR = 2.0  # seconds; changes are to be live within five
_WITHIN = text("SELECT set_config('statement_timeout', '3000', true)")

logger = logging.getLogger(__name__)


class OwnWords:
    """The owner's texts of one database as last read; they stay while the database is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking = threading.Lock()
        self._asked_at = float("-inf")
        self._words: Words = {}

    def current(self) -> Words:
        """The owner's texts, at most a few seconds old: one caller reads, the others do not
        wait."""
        is_old = time.monotonic() - self._asked_at > _FRESH_FOR
        if is_old and self._asking.acquire(blocking=False):
            try:
                self._read_words()
            finally:
                self._asking.release()
        return self._words

    def _read_words(self) -> None:
        self._asked_at = time.monotonic()
        try:
            with Session(self._engine) as session, session.begin():
                session.execute(_WITHIN)
                rows = session.execute(
                    select(ResponseText.response, ResponseText.language, ResponseText.text)
                )
                self._words = {(response, language): said for response, language, said in rows}
        except Exception as error:
            logger.warning("Responses are said as last read: %s.", type(error).__name__)


_used: list[OwnWords] = []


def use_own_words(engine: Engine) -> None:
    """Makes this process use the owner's texts of this database."""
    _used[:] = [OwnWords(engine)]


def own_text(response: str, language: str) -> str | None:
    """The owner's text; None if the response has the text of its file."""
    return _used[0].current().get((response, language)) if _used else None
