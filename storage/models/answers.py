"""Answers to common questions, in the owner's words."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, JsonObject, NumberKey, Yes, Zero


class FaqAnswer(Dated, Base):
    """What is said to a question about a topic: `hours`, `delivery_area`, `address`.

    `translations` holds the answer's text by language code (`{"hi": "..."}`).
    """

    __tablename__ = "faq_answers"

    id: Mapped[NumberKey]
    topic: Mapped[str] = mapped_column(unique=True)
    answer: Mapped[str]
    translations: Mapped[JsonObject]
    is_active: Mapped[Yes]
    position: Mapped[Zero]
