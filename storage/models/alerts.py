"""Alerts for the staff, and the browsers that get them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.models.base import Base, EmptyText, Now, NumberKey, Zero
from storage.models.staff import Staff

AlertKind = Literal[
    "new_order",
    "person_waiting",
    "waits_too_long",
    "messages_wait",
    "nothing_delivered",
    "number_stopped",
    "template_trouble",
    "quality_down",
    "account_trouble",
    "token_trouble",
]

# What Meta tells of the account by webhook.
NoticeKind = Literal["quality", "limit", "violation", "restriction", "ban"]


class Alert(Base):
    """Something that needs a person, until it is over (`closed_at`) or was seen (`seen_at`).

    `subject` identifies the alert within its kind: an order's or ticket's number, a template; no
    personal data. `place` is the console's page for it. `pushes` counts how often phones were
    told; `told_at` is when the alarm phone was.
    """

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("kind", "subject"),)

    id: Mapped[NumberKey]
    kind: Mapped[AlertKind] = mapped_column(Text())
    subject: Mapped[EmptyText]
    words: Mapped[str]
    place: Mapped[str]
    opened_at: Mapped[Now]
    closed_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str | None]
    pushes: Mapped[Zero]
    pushed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]


class PushDevice(Base):
    """A browser that agreed to get alerts; `login` is the hash of the session it agreed in."""

    __tablename__ = "push_devices"

    id: Mapped[NumberKey]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    login: Mapped[str]
    endpoint: Mapped[str] = mapped_column(unique=True)
    p256dh: Mapped[str]
    auth: Mapped[str]
    device: Mapped[EmptyText]
    failures: Mapped[Zero]
    delivered_at: Mapped[datetime | None]
    created_at: Mapped[Now]

    staff: Mapped[Staff] = relationship(lazy="joined")


class PushKey(Base):
    """The one private key that push services know the shop by; made at its first use.

    It is kept in the database, since every machine needs the same one: browsers accept alerts only
    under the key with which they agreed.
    """

    __tablename__ = "push_keys"
    __table_args__ = (CheckConstraint("id", name="id"),)

    id: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    private_key: Mapped[str]
    created_at: Mapped[Now]


class AccountState(Base):
    """What Meta said of a number of ours when it was last asked."""

    __tablename__ = "account_states"

    number: Mapped[str] = mapped_column(primary_key=True)
    quality: Mapped[EmptyText]
    token_expires_at: Mapped[datetime | None]
    looked_at: Mapped[Now]


class AccountNotice(Base):
    """A trouble that Meta told of by webhook: one of a number and kind, until its time is over."""

    __tablename__ = "account_notices"

    phone: Mapped[EmptyText] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(Text(), primary_key=True)
    words: Mapped[str]
    given_at: Mapped[Now]
    until: Mapped[datetime]
