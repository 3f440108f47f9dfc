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
    """The same, of the owner's own words alone: None where a new shop's are still there, which
    know nothing of what the owner has set since."""
    words = find_answer(session, topic, language)
    return None if words in _words_of_new_shops() else words


def is_of_new_shop(words: str) -> bool:
    """Whether a new shop says, or once said, these words."""
    return words.strip() in _words_of_new_shops()


@lru_cache(maxsize=1)
def _words_of_new_shops() -> frozenset[str]:
    """All that a new shop says, or once said, to common questions."""
    return frozenset(
        words
        for seed in seed_answers()
        for words in (seed.answer, *seed.translations.values(), *seed.formerly)
    )
