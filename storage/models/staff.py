"""Staff: accounts, sessions, the audit log, drafts.

No foreign keys to tables that others write: those may be truncated by hand. (Those of customers
are truncated with CASCADE, if at all.)
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.models.base import (
    Base,
    Dated,
    EmptyText,
    Json,
    JsonObject,
    Now,
    NumberKey,
    Texts,
    UuidKey,
    Yes,
    among,
)
from storage.models.menus import TemplateType

Role = Literal["owner", "staff"]


class Staff(Dated, Base):
    """A person who works in the console; without `password_hash` they have not chosen one yet.

    `language` is their language of the console; null means English.
    `second_factor` is the secret that the phone's app shares with us, in force once
    `second_factor_since` is set; `second_factor_step` is the time step of the last code taken.
    """

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint(among("role", "owner", "staff"), name="role"),)

    id: Mapped[UuidKey]
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(Text(), server_default=text("'staff'"))
    password_hash: Mapped[str | None]
    second_factor: Mapped[str | None]
    second_factor_since: Mapped[datetime | None]
    second_factor_step: Mapped[int | None] = mapped_column(BigInteger())
    is_active: Mapped[Yes]
    last_login_at: Mapped[datetime | None]
    language: Mapped[str | None]


# "Asha" and "asha" would be mistaken for each other at login and in the audit log.
Index("staff_lower_name_key", func.lower(Staff.name), unique=True)


class StaffSession(Base):
    """One login on one device. Only the token's hash is stored, so a thief cannot use the table.

    `notice` is what the next page says about the change that was just made. One that
    `awaits_code` opens nothing but the page that asks for the second factor.
    """

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    device: Mapped[EmptyText]
    address: Mapped[EmptyText]
    awaits_code: Mapped[bool] = mapped_column(server_default=text("false"))
    notice: Mapped[str | None]
    created_at: Mapped[Now]
    last_seen_at: Mapped[Now]
    expires_at: Mapped[datetime]

    staff: Mapped[Staff] = relationship(lazy="joined")


class StaffLink(Base):
    """A one-time link to choose a password; without `staff_id` it makes the first owner."""

    __tablename__ = "staff_links"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    created_at: Mapped[Now]
    expires_at: Mapped[datetime]


class LoginAttempt(Base):
    """A login that has not succeeded (yet); the rate limit counts these rows."""

    __tablename__ = "login_attempts"

    id: Mapped[NumberKey]
    name: Mapped[str] = mapped_column(index=True)
    address: Mapped[str]
    at: Mapped[Now] = mapped_column(index=True)


class LoginPlace(Base):
    """An address from which somebody has logged in; failures from elsewhere do not lock it out."""

    __tablename__ = "login_places"

    staff_id: Mapped[UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = mapped_column(primary_key=True)
    last_login_at: Mapped[Now]


class AuditEntry(Base):
    """One change made in the console: who did what to which thing, and what it was before."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "subject"),)

    id: Mapped[NumberKey]
    at: Mapped[Now]
    # The name as it was then, since people may be renamed.
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    staff_name: Mapped[str]
    action: Mapped[str]
    subject: Mapped[EmptyText]
    details: Mapped[JsonObject]


class MenuDraft(Dated, Base):
    """A menu that is being edited; `template_id` is null while it was never published.

    `based_on` is the version that the draft began from, `revision` counts its changes; by these a
    publication or another editor's change is noticed and not overwritten.
    """

    __tablename__ = "menu_drafts"
    __table_args__ = (
        CheckConstraint(among("template_type", "button", "list", "flow"), name="template_type"),
    )

    id: Mapped[UuidKey]
    template_id: Mapped[UUID | None] = mapped_column(unique=True)
    based_on: Mapped[int | None]
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    template_name: Mapped[str]
    template_type: Mapped[TemplateType] = mapped_column(Text())
    trigger_keywords: Mapped[Texts]
    menu_structure: Mapped[Json]
    translations: Mapped[JsonObject]
    is_active: Mapped[Yes]
    changed_by: Mapped[str]


class OrderSighting(Base):
    """A new order that somebody has seen."""

    __tablename__ = "order_sightings"

    order_id: Mapped[str] = mapped_column(primary_key=True)
    staff_name: Mapped[str]
    at: Mapped[Now]


class WaitingSighting(Base):
    """A customer whom somebody has seen waiting for a person."""

    __tablename__ = "waiting_sightings"

    customer_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_profiles.id", ondelete="CASCADE"), primary_key=True
    )
    staff_name: Mapped[str]
    at: Mapped[Now]


class TicketAssignment(Base):
    """Who looks after a ticket."""

    __tablename__ = "ticket_assignments"

    ticket_id: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    at: Mapped[Now]

    staff: Mapped[Staff] = relationship(lazy="joined")
