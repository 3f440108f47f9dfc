"""Answers to common questions, and the bot's responses, in the owner's words."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, JsonObject, Now, NumberKey, Texts, Yes, Zero


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


class CannedReply(Dated, Base):
    """A reply that staff have at hand; `words` holds its text by language code."""

    __tablename__ = "canned_replies"

    id: Mapped[NumberKey]
    name: Mapped[str] = mapped_column(unique=True)
    words: Mapped[JsonObject]


class OlderText(Base):
    """A text that is older than the same in another language, which changed `since`.

    `subject` names the text: `answer 3`, `response utter_sorry`, `reply 5`
    (shop/language/older_texts.py).
    """

    __tablename__ = "older_texts"

    subject: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[Now]


class ResponseText(Dated, Base):
    """What a response of data/responses says in a language, in place of what the file says."""

    __tablename__ = "response_texts"

    response: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
