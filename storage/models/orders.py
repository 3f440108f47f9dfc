"""Orders, and the tickets of customers who need help.

Who must learn of a new column of orders: storage/models/__init__.py, and besides `order_values` in
shop/orders/placing.py, which writes a new order, and the pages in console/orders, which show it.
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, EmptyText, Json, JsonList, JsonObject, Now, among
from storage.models.shop import Fulfilment

OrderStatus = Literal["pending", "confirmed", "preparing", "ready", "delivered", "cancelled"]


class Order(Dated, Base):
    """An order; `order_id` is the number that customers see, drawn at random by the database.

    `items` is a list of `{"product": sku, "quantity": n, ...}`, `total` is in rupees.
    `notes` holds the customer's wishes in their words: by sku, or under "" for the whole order.
    `cause_message_id` is the WhatsApp message that placed it, `session` the conversation: each
    places at most one order. `moved_at` is when its status last changed; a trigger keeps it.
    `address` is `{"text", "postcode", "latitude", "longitude"}`; `due_at` None means as soon as
    possible; `total` includes `fee`. `accepted_at` equals `created_at` if nobody has to accept.
    `delivery_minutes` are those of the zone at the time, `stock_taken` what a cancellation gives
    back by sku, `reminded_at` when staff were last reminded that nobody has accepted it. `ready_at`
    is when it first was ready, or delivered if it never was; a trigger sets it.
    """

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint(
            among("status", "pending", "confirmed", "preparing", "ready", "delivered", "cancelled"),
            name="status",
        ),
        CheckConstraint(among("fulfilment", "pickup", "delivery", "dine_in"), name="fulfilment"),
        CheckConstraint("fee >= 0", name="fee"),
        UniqueConstraint("customer_id", "session"),
    )

    order_id: Mapped[str] = mapped_column(primary_key=True, server_default=text("new_order_id()"))
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("user_profiles.id", ondelete="SET NULL"), index=True
    )
    customer_phone: Mapped[str | None] = mapped_column(index=True)
    items: Mapped[JsonList]
    total: Mapped[Decimal] = mapped_column(Numeric(12, 2), server_default=text("0"))
    status: Mapped[OrderStatus] = mapped_column(Text(), server_default=text("'pending'"))
    cause_message_id: Mapped[str | None] = mapped_column(unique=True)
    session: Mapped[str | None]
    # SQL's NULL, not JSON's null: the partial indexes have the rows that are not NULL.
    notes: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
    moved_at: Mapped[Now]
    fulfilment: Mapped[Fulfilment] = mapped_column(Text(), server_default=text("'pickup'"))
    address: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
    table_number: Mapped[str | None]
    fee: Mapped[Decimal] = mapped_column(Numeric(10, 2), server_default=text("0"))
    due_at: Mapped[datetime | None]
    promised_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    delivery_minutes: Mapped[int | None]
    stock_taken: Mapped[JsonObject]
    reminded_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]


class Ticket(Dated, Base):
    """A customer's request for help, with a random number like an order's; one per message at most.

    `taken_up_at` is when staff first did something about it; a trigger on the audit log sets it.
    `outcome` is how it ended: the answer if it `is_answered`, else the reason why there is none.
    """

    __tablename__ = "tickets"

    ticket_id: Mapped[str] = mapped_column(primary_key=True, server_default=text("new_ticket_id()"))
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("user_profiles.id", ondelete="SET NULL"), index=True
    )
    customer_phone: Mapped[str | None]
    category: Mapped[str] = mapped_column(server_default=text("'other'"))
    description: Mapped[EmptyText]
    status: Mapped[str] = mapped_column(server_default=text("'open'"))
    order_id: Mapped[str | None]
    cause_message_id: Mapped[str | None] = mapped_column(unique=True)
    taken_up_at: Mapped[datetime | None]
    outcome: Mapped[EmptyText]
    is_answered: Mapped[bool] = mapped_column(server_default=text("false"))
