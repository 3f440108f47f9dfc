"""Customers, and the state of their conversations."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Dated, JsonObject, Now, Texts, UuidKey, Yes, Zero, among

Subscription = Literal["subscribed", "unsubscribed"]


class UserProfile(Dated, Base):
    """A customer; `id` is the key everywhere and Rasa's sender id.

    `whatsapp_phone` holds digits without `+`. It and `user_id` (WhatsApp's business-scoped id)
    may each be missing: WhatsApp sends either or both. `display_name` follows `profile_name`, the
    name on WhatsApp, until staff set another.
    """

    __tablename__ = "user_profiles"
    __table_args__ = (
        CheckConstraint(among("subscription", "subscribed", "unsubscribed"), name="subscription"),
    )

    id: Mapped[UuidKey]
    whatsapp_phone: Mapped[str | None] = mapped_column(unique=True)
    user_id: Mapped[str | None] = mapped_column(unique=True)
    display_name: Mapped[str | None]
    profile_name: Mapped[str | None]
    customer_tier: Mapped[str] = mapped_column(server_default=text("'regular'"))
    subscription: Mapped[Subscription] = mapped_column(Text(), server_default=text("'subscribed'"))
    subscription_cause: Mapped[str | None]
    handed_over_until: Mapped[datetime | None]
    handed_over_to: Mapped[str | None]
    tags: Mapped[Texts]
    notes: Mapped[str | None]
    language: Mapped[str | None]
    last_interaction: Mapped[datetime | None]
    total_messages: Mapped[Zero]
    is_active: Mapped[Yes]


class ConversationState(Dated, Base):
    """The state of a customer's conversation; no row if none is open.

    Written by the tracker store alone, in one commit with the tracker's events.
    """

    __tablename__ = "conversation_state"

    id: Mapped[UuidKey]
    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_profiles.id", ondelete="CASCADE"), unique=True
    )
    phone_number: Mapped[str | None]
    conversation_flow: Mapped[str]
    current_step: Mapped[str]
    context: Mapped[JsonObject]
    last_interaction: Mapped[Now]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)


class KeptCart(Base):
    """A cart that was refused since the shop was closed; offered again within a day."""

    __tablename__ = "kept_carts"

    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_profiles.id", ondelete="CASCADE"), primary_key=True
    )
    cart: Mapped[JsonObject]
    terms: Mapped[JsonObject]
    kept_at: Mapped[Now] = mapped_column(index=True)
