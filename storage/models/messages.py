"""Messages to and from WhatsApp: the trays and the record in one."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, Json, JsonObject, Now, NumberKey, Zero, among

Direction = Literal["incoming", "outgoing"]


class WhatsappMessage(Dated, Base):
    """One message; an outgoing one has no `message_id` until WhatsApp gave it one.

    `payload` holds an incoming message as Meta sent it, with what was read in it under `parsed`
    (connectors/whatsapp/api/received.py), or the Graph API's request body without `to`.
    `context_id` is the id of the message that this one answers, `cause_id` the incoming row that
    this outgoing one came from, at `position` among its replies, `said_in` the conversation as it
    stood then: session, flow, step and context. `written_by` is the person who wrote it, by the
    setting `shop.staff` of the transaction; null: the bot, or the customer. `dismissed_at` is when
    staff were done with what went wrong. `price_category` and `is_billable` are what WhatsApp says
    that an outgoing one costs.
    """

    __tablename__ = "whatsapp_messages"
    __table_args__ = (
        CheckConstraint(among("direction", "incoming", "outgoing"), name="direction"),
        UniqueConstraint("cause_id", "position"),
        Index(None, "customer_id", "id"),
    )

    id: Mapped[NumberKey]
    message_id: Mapped[str | None] = mapped_column(unique=True)
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("user_profiles.id", ondelete="CASCADE")
    )
    from_phone: Mapped[str | None]
    to_phone: Mapped[str | None]
    message_type: Mapped[str] = mapped_column(server_default=text("'text'"))
    content: Mapped[str | None]
    media_url: Mapped[str | None]
    media_type: Mapped[str | None]
    media_size: Mapped[int | None] = mapped_column(BigInteger())
    status: Mapped[str] = mapped_column(server_default=text("'received'"))
    direction: Mapped[Direction] = mapped_column(Text(), server_default=text("'incoming'"))
    timestamp: Mapped[Now]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    failure_reason: Mapped[str | None]
    dismissed_at: Mapped[datetime | None]
    price_category: Mapped[str | None]
    is_billable: Mapped[bool | None]
    payload: Mapped[JsonObject]
    context_id: Mapped[str | None]
    cause_id: Mapped[int | None] = mapped_column(
        BigInteger(), ForeignKey("whatsapp_messages.id", ondelete="SET NULL")
    )
    position: Mapped[int | None]
    attempts: Mapped[Zero]
    said_in: Mapped[Json | None] = mapped_column(JSONB())
    written_by: Mapped[str | None] = mapped_column(
        server_default=text("NULLIF(current_setting('shop.staff'::text, true), ''::text)")
    )
