"""Computes the picture of a conversation (`conversation_state`) from Rasa's slots."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from shop.carts.cart import drop_notes
from shop.steps import steps
from shop.steps.step import Step
from storage.models import WhatsappMessage

# The terms of an order: how, where and when.
SHOWN_TERMS = ("fulfilment", "address", "table_number", "fee", "due_at")

# domain.yml's session_expiration_time says the same in minutes.
LIFETIME = timedelta(minutes=30)


@dataclass(frozen=True)
class Picture:
    """A customer's place in the conversation (`flow`, `step`) with the step's data (`context`).

    asked: the line and group for which an option is asked (actions/line_options.py).
    """

    flow: str
    step: str
    context: dict[str, Any]
    asked: dict[str, int] | None = None

    def in_session(self, session_id: str) -> dict[str, Any]:
        """The picture as it is stored with our messages."""
        kept = {"session": session_id, **asdict(self)}
        return {name: value for name, value in kept.items() if value is not None}


# The steps outside of any journey.
NOWHERE = Picture(steps.NOWHERE.flow.name, steps.NOWHERE.name, {})


def conversation_picture(slots: Mapping[str, Any]) -> Picture | None:
    """The picture of a conversation with these slots; None if no journey is under way."""
    step = steps.find_step(slots.get("step"))
    if step is steps.NOWHERE:
        return None
    asked = (slots.get("cart") or {}).get("asked") if step is steps.OPTIONS_INPUT else None
    return Picture(step.flow.name, step.name, _context(step, slots), asked)


def answered_by(
    session: Session, customer_id: uuid.UUID, message_id: str
) -> WhatsappMessage | None:
    """The customer's message to which a message of ours was the answer."""
    answer = aliased(WhatsappMessage)
    return session.scalars(
        select(WhatsappMessage)
        .join(answer, answer.cause_id == WhatsappMessage.id)
        .where(answer.message_id == message_id, answer.customer_id == customer_id)
    ).first()


_FORGET = "DELETE FROM conversation_state WHERE customer_id = %(customer_id)s"
_WRITE = """
    INSERT INTO conversation_state (
        customer_id, phone_number, conversation_flow, current_step, context, last_interaction,
        expires_at)
    SELECT id, whatsapp_phone, %(flow)s, %(step)s, %(context)s, clock_timestamp(),
        clock_timestamp() + %(lifetime)s
    FROM user_profiles WHERE id = %(customer_id)s
    ON CONFLICT (customer_id) DO UPDATE
    SET (phone_number, conversation_flow, current_step, context, last_interaction, expires_at) = (
        excluded.phone_number, excluded.conversation_flow, excluded.current_step,
        excluded.context, excluded.last_interaction, excluded.expires_at)
"""


def write_conversation(
    connection: psycopg.Connection[Any], customer_id: uuid.UUID, current: Picture | None
) -> None:
    """Replaces the customer's row by this picture, or deletes it; also works within a pipeline."""
    values = {"customer_id": customer_id}
    if current is None:
        connection.execute(_FORGET, values)
        return
    told = {"flow": current.flow, "step": current.step, "context": Jsonb(current.context)}
    connection.execute(_WRITE, {**values, **told, "lifetime": LIFETIME})


def _context(step: Step, slots: Mapping[str, Any]) -> dict[str, Any]:
    if "cart" in step.shows:
        return _with_terms(_cart(slots.get("cart") or {}), slots.get("terms") or {})
    return {name: slots.get(name) for name in step.shows}


def _cart(cart: Mapping[str, Any]) -> dict[str, Any]:
    """The cart's part of the context: a single line beside the total, several under `items`."""
    items = cart.get("items", [])
    if len(items) != 1:
        return drop_notes(cart)
    total = {"total": cart["total"]} if "total" in cart else {}
    return {**items[0], **total}


def _with_terms(cart: Mapping[str, Any], terms: Mapping[str, Any]) -> dict[str, Any]:
    """Adds the terms (how, where, when) to the cart; the total includes the fee."""
    fee = terms.get("fee") or 0
    total = {"total": cart["total"] + fee} if fee and "total" in cart else {}
    return {**cart, **{name: terms[name] for name in SHOWN_TERMS if name in terms}, **total}
