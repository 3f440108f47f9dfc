"""News of orders for their customers, and customers' media files."""

from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, Now, NumberKey, Zero, among

NoticeState = Literal["waiting", "held", "queued", "dropped"]


class OrderNotice(Dated, Base):
    """News of an order whose status changed; shop/orders/news.py writes it when staff move the
    order.

    After a change by SQL the trigger `order_moved_by_sql` writes it.

    `waiting` until the sender's process looks at it; `held` while WhatsApp would not take it;
    `dropped` if it will not be sent (`reason` says why); `queued` once it is in the out tray.
    `not_before` leaves time to undo a move in the console.
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

    A row without `content` is still to be fetched; a trigger inserts it with the message's ticket.
    Another trigger fills in `customer_id`, the file's owner. `problem` says why it could not be
    fetched in `attempts` tries.
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
