"""Answers to common questions, as the owner writes them in the table `faq_answers`."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import FaqAnswer


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
