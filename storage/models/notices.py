"""What the customers of orders are told, and media that are kept."""

from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, Now, NumberKey, Zero, among

NoticeState = Literal["waiting", "held", "queued", "dropped"]


class OrderNotice(Dated, Base):
    """News of an order whose status changed: shop/orders/news.py writes it where staff moved it.

    A change by SQL has it from the trigger `order_moved_by_sql`.

    `waiting` until somebody looks at it; `held` while WhatsApp would not take it, `dropped` when
    it is not to be sent at all (`reason` says why), `queued` once it lies in the out tray.
    `not_before` leaves time to undo what was done in the console.
    """

    __tablename__ = "order_notices"
    __table_args__ = (
        CheckConstraint(among("state", "waiting", "held", "queued", "dropped"), name="state"),
        Index(None, "id", postgresql_where=text("state IN ('waiting', 'held')")),
    )

    id: Mapped[NumberKey]
    order_id: Mapped[str] = mapped_column(index=True)
    status: Mapped[str]
    state: Mapped[NoticeState] = mapped_column(Text(), server_default=text("'waiting'"))
    reason: Mapped[str | None]
    not_before: Mapped[Now]


class MediaFile(Dated, Base):
    """A customer's picture, voice or document, fetched before WhatsApp forgets it.

    A row without `content` is one to fetch: a trigger makes it with the ticket of its message.
    Another fills in `customer_id`, whose file it is. `problem` says why it could not be fetched
    in `attempts` tries.
    """

    __tablename__ = "media_files"

    message_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("user_profiles.id", ondelete="CASCADE")
    )
    media_type: Mapped[str | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary())
    problem: Mapped[str | None]
    attempts: Mapped[Zero]
