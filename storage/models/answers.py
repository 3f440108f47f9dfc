"""Answers to common questions, and the bot's responses, in the owner's words."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, JsonObject, Now, NumberKey, Texts, Yes, Zero


class FaqAnswer(Dated, Base):
    """The answer to questions about a topic: `hours`, `delivery_area`, `address`.

    `translations` holds the answer's text by language code (`{"hi": "..."}`). `questions` are
    examples of what customers ask; only topics of the owner's own have them.
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
    """A canned reply for staff; `words` holds its text by language code."""

    __tablename__ = "canned_replies"

    id: Mapped[NumberKey]
    name: Mapped[str] = mapped_column(unique=True)
    words: Mapped[JsonObject]


class OlderText(Base):
    """A text that is older than its version in another language, which changed at `since`.

    `subject` names the text: `answer 3`, `response utter_sorry`, `reply 5`
    (shop/language/older_texts.py).
    """

    __tablename__ = "older_texts"

    subject: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[Now]


class ResponseText(Dated, Base):
    """The owner's text of a response in a language, which replaces that of data/responses."""

    __tablename__ = "response_texts"

    response: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
