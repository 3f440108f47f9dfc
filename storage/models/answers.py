"""Answers to common questions, and the bot's responses, in the owner's words."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, JsonObject, NumberKey, Texts, Yes, Zero


class FaqAnswer(Dated, Base):
    """What is said to a question about a topic: `hours`, `delivery_area`, `address`.

    `translations` holds the answer's text by language code (`{"hi": "..."}`). `questions` are
    examples of what customers ask; they are what tells a topic of the owner's own.
    """

    __tablename__ = "faq_answers"

    id: Mapped[NumberKey]
    topic: Mapped[str] = mapped_column(unique=True)
    answer: Mapped[str]
    translations: Mapped[JsonObject]
    is_active: Mapped[Yes]
    position: Mapped[Zero]
    questions: Mapped[Texts]


class ResponseText(Dated, Base):
    """What a response of data/responses says in a language, in place of what the file says."""

    __tablename__ = "response_texts"

    response: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
