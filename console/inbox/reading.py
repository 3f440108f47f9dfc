"""Reads the data of the inbox in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from console.inbox import failures
from console.inbox.reasons import Reason
from shop.customers import handover, staff_pictures
from shop.menus.shape import shape_menu
from shop.products.picture_uploads import name_of_picture
from shop.steps.steps import STEPS
from shop.support import assignment, queue
from shop.whatsapp import service_window
from storage.models import ConversationState, MediaFile, UserProfile, WhatsappMessage

MOST_MESSAGES = 80
# Messages shown before and since a message that was searched for.
MOST_BEFORE, MOST_SINCE = 20, 400
MEDIA = ("image", "sticker", "audio", "video", "document")
# Counts stop here: a badge shows 99+ anyway.
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Line:
    """A message as the transcript shows it."""

    message: WhatsappMessage
    has_media: bool
    problem: str | None
    customer: UserProfile
    now: datetime

    @property
    def at(self) -> datetime:
        return self.message.timestamp

    @property
    def kind(self) -> str:
        """The kind of the attached file, `image`, `audio`, ...; "" for text only."""
        kind = "audio" if self.message.message_type == "voice" else self.message.message_type
        return kind if kind in MEDIA else ""

    @property
    def file(self) -> str | None:
        """The URL of the attached file; None if we do not have it."""
        if self.is_ours:
            image = self.message.payload.get("image")
            name = name_of_picture(str(image.get("id", ""))) if isinstance(image, dict) else None
            if name is None:
                return None
            is_staffs = name.startswith(staff_pictures.PREFIX)
            return f"/inbox/media/{name}" if is_staffs else f"/products/pictures/{name}"
        return f"/inbox/media/{self.message.message_id}" if self.has_media else None

    @property
    def file_name(self) -> str:
        """The name of an attached document."""
        sent = self.message.payload.get("document")
        named = sent.get("filename") if isinstance(sent, dict) else None
        return str(named or "Document")

    @property
    def reason(self) -> Reason:
        """Why it failed, if it did."""
        return failures.trouble_reason(self.message, self.customer, self.now)

    @property
    def is_ours(self) -> bool:
        return self.message.direction == "outgoing"

    @property
    def author(self) -> str:
        """The author on our side."""
        return self.message.written_by or "bot"

    @property
    def interactive(self) -> dict[str, Any] | None:
        """The menu that was sent, if it was one."""
        sent = self.message.payload.get("interactive")
        known = isinstance(sent, dict) and sent.get("type") in ("button", "list", "flow")
        return shape_menu(sent) if self.is_ours and known else None

    @property
    def template(self) -> str | None:
        """The name of the template that was sent and its values; None for other messages."""
        sent = self.message.payload.get("template")
        if not isinstance(sent, dict):
            return None
        return ": ".join([str(sent.get("name")), *([filled] if (filled := _filled(sent)) else [])])


def read_transcript(session: Session, customer: UUID, before: int | None = None) -> Sequence[Line]:
    """The last messages with a customer in order, or those before the id `before`."""
    query = _lines(customer).order_by(WhatsappMessage.id.desc()).limit(MOST_MESSAGES)
    if before is not None:
        query = query.where(WhatsappMessage.id < before)
    return [Line(*row) for row in session.execute(query).tuples()][::-1]


def read_around(session: Session, customer: UUID, message: int) -> Sequence[Line]:
    """A message with the messages just before it and all since, within the limits above."""
    later = _lines(customer).where(WhatsappMessage.id >= message).order_by(WhatsappMessage.id)
    since = [Line(*row) for row in session.execute(later.limit(MOST_SINCE)).tuples()]
    return [*read_transcript(session, customer, message)[-MOST_BEFORE:], *since]


def _lines(
    customer: UUID,
) -> Select[tuple[WhatsappMessage, bool, str | None, UserProfile, datetime]]:
    failed = case((MediaFile.attempts > 0, MediaFile.problem))
    return (
        select(WhatsappMessage, MediaFile.content.is_not(None), failed, UserProfile, func.now())
        .join(UserProfile, UserProfile.id == WhatsappMessage.customer_id)
        .outerjoin(MediaFile, MediaFile.message_id == WhatsappMessage.message_id)
        .where(WhatsappMessage.customer_id == customer)
    )


def conversation_state(session: Session, customer: UUID) -> ConversationState | None:
    """The saved state of the conversation with the bot; None if none is under way."""
    alive = ConversationState.expires_at > func.now()
    query = select(ConversationState).where(ConversationState.customer_id == customer)
    return session.scalars(query.where(ConversationState.expires_at.is_(None) | alive)).first()


def describe_step(state: ConversationState) -> str:
    """`Tracking an order, asked for its number`; for an unknown step, its name."""
    if step := STEPS.get(state.current_step):
        return step.for_staff
    return f"{state.conversation_flow}, {state.current_step}".replace("_", " ")


def conversation_holder(customer: UserProfile, now: datetime) -> str:
    """The name of the person who has the conversation now; "" if it is the bot."""
    return (handover.is_with_person(customer, now) and customer.handed_over_to) or ""


def window_closes(customer: UserProfile, now: datetime) -> datetime | None:
    """When the 24-hour window closes; None if it is closed."""
    return (
        service_window.window_closes_at(customer)
        if service_window.is_window_open(customer, now)
        else None
    )


def count_inbox(session: Session) -> dict[str, int]:
    """The counts for the tabs, by tab."""
    some = select(WhatsappMessage.id).where(failures.went_wrong()).limit(MOST_COUNTED)
    wrong = select(func.count()).select_from(some.subquery())
    return {
        "waiting": queue.count_waiting(session),
        "troubles": session.scalar(wrong) or 0,
    }


def inbox_mark(session: Session) -> str:
    """A mark that changes with every message and ticket, and when a conversation changes hands."""
    newest = session.scalar(select(func.max(WhatsappMessage.id)))
    tickets = sorted(assignment.unclosed_tickets(session).items())
    until = UserProfile.handed_over_until
    held = select(func.count(), func.max(until)).where(until > func.now())
    return f"{newest}:{tickets}:{session.execute(held).one()}"


def _filled(template: dict[str, Any]) -> str:
    """The values that were filled into a template: `ORD-12345 · It is ready.`"""
    parameters = [p for part in template.get("components", []) for p in part.get("parameters", [])]
    return " · ".join(str(parameter.get("text", "")) for parameter in parameters)
