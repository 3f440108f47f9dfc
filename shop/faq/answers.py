"""Answers to common questions, as the owner writes them in the table `faq_answers`."""

from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import FaqAnswer
from storage.seeds import seed_answers


def find_answer(session: Session, topic: str, language: str | None = None) -> str | None:
    """The answer, in the language if it is translated; None if the owner wrote none."""
    query = select(FaqAnswer).where(FaqAnswer.topic == topic, FaqAnswer.is_active)
    found = session.scalars(query).first()
    if found is None:
        return None
    translations = found.translations if isinstance(found.translations, dict) else {}
    translated = translations.get(language or "")
    words = translated if isinstance(translated, str) and translated.strip() else found.answer
    return words.strip() or None


def find_own_answer(session: Session, topic: str, language: str | None = None) -> str | None:
    """The same, but None if it is still the default answer of a new shop, which may contradict the
    owner's settings."""
    words = find_answer(session, topic, language)
    return None if words in _words_of_new_shops() else words


def is_of_new_shop(words: str) -> bool:
    """Whether these words are, or once were, a default answer of a new shop."""
    return words.strip() in _words_of_new_shops()


@lru_cache(maxsize=1)
def _words_of_new_shops() -> frozenset[str]:
    """All present and former default answers of a new shop."""
    return frozenset(
        words
        for seed in seed_answers()
        for words in (seed.answer, *seed.translations.values(), *seed.formerly)
    )
