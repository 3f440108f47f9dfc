"""Templates as Meta has them, and the messages that customers agreed to."""

from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, EmptyText, Now, NumberKey, Yes, Zero, among

# News of an order, its acceptance with the promised time, and what the alarm's phone is told.
Notice = Literal["order_news", "acceptance", "reminder"]
Topic = Literal["news", "offers"]


class MessageTemplate(Base):
    """A template in one language, as Meta had it at `listed_at`; `status` is Meta's word."""

    __tablename__ = "message_templates"

    name: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    category: Mapped[EmptyText]
    body: Mapped[EmptyText]
    parameters: Mapped[Zero]
    is_plain: Mapped[Yes]
    reason: Mapped[str | None]
    listed_at: Mapped[Now]


class NoticeTemplate(Base):
    """Which template a notice uses; without a row the one of WHATSAPP_NOTICE_TEMPLATE."""

    __tablename__ = "notice_templates"
    __table_args__ = (
        CheckConstraint(among("notice", "order_news", "acceptance", "reminder"), name="notice"),
    )

    notice: Mapped[Notice] = mapped_column(Text(), primary_key=True)
    template: Mapped[str]


class Consent(Base):
    """A customer's decision about our messages; the newest row of a topic counts.

    way: `message` or `whatsapp` (its own menu). cause: identifies the decision, so that a second
        delivery of it is ignored.
    """

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint(among("topic", "news", "offers"), name="topic"),
        UniqueConstraint("customer_id", "topic", "cause"),
        Index(None, "given_at", postgresql_where=text("words IS NOT NULL")),
    )

    id: Mapped[NumberKey]
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("user_profiles.id", ondelete="CASCADE"))
    topic: Mapped[Topic] = mapped_column(Text())
    wants: Mapped[bool]
    way: Mapped[str]
    words: Mapped[str | None]
    cause: Mapped[str]
    given_at: Mapped[Now]
