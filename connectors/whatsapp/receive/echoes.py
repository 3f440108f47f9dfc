"""Stores messages that staff typed on the phone, and hands the conversation over to them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from connectors.whatsapp.api.inbound import InboundMessage, Sender
from shop.customers import handover
from storage import engine
from storage.models import UserProfile, WhatsappMessage

PERSON = "the shop's phone"


def store_echoes(echoes: Sequence[InboundMessage]) -> None:
    """Stores each echo once, as a message of ours, and hands the conversation over."""
    with engine.session() as session:
        for echo in echoes:
            customer = find_or_make_customer(session, echo.sender)
            if _is_new(session, echo, customer):
                handover.take_over(session, customer, PERSON)


def find_or_make_customer(session: Session, sender: Sender) -> UserProfile:
    """The customer of that phone or user id, by user id first; a new one if there is none."""
    keys = ((UserProfile.user_id, sender.user_id), (UserProfile.whatsapp_phone, sender.phone))
    for column, known in keys:
        if known and (found := session.scalar(select(UserProfile).where(column == known))):
            return found
    new = UserProfile(whatsapp_phone=sender.phone, user_id=sender.user_id)
    session.add(new)
    session.flush()
    return new


def _is_new(session: Session, echo: InboundMessage, customer: UserProfile) -> bool:
    stored = session.execute(
        insert(WhatsappMessage)
        .values(
            message_id=echo.message_id,
            customer_id=customer.id,
            direction="outgoing",
            status="sent",
            message_type=echo.type,
            content=echo.received.content.summary,
            to_phone=customer.whatsapp_phone,
            timestamp=echo.timestamp,
            sent_at=echo.timestamp,
            payload=echo.payload,
            written_by=PERSON,
        )
        .on_conflict_do_nothing()
        .returning(WhatsappMessage.id)
    )
    return stored.first() is not None
