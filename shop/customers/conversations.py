"""The picture of a conversation: `conversation_state` as one pure function of Rasa's slots."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from shop.orders.cart import without_notes
from storage.models import WhatsappMessage

FLOW_OF_STEP = {
    "menu_shown": "main_menu",
    "category_selection": "new_order",
    "quantity_input": "new_order",
    "confirmation": "new_order",
    "editing": "new_order",
    "awaiting_order_id": "order_tracking",
    "showing_status": "order_tracking",
    "cancelling": "order_tracking",
    "issue_selection": "support",
    "describing_issue": "support",
    "with_a_person": "support",
}
# domain.yml's session_expiration_time says the same in minutes.
LIFETIME = timedelta(minutes=30)


@dataclass(frozen=True)
class Picture:
    """Where a customer is (`flow`, `step`) and what the step needs to know (`context`)."""

    flow: str
    step: str
    context: dict[str, Any]

    def in_session(self, session_id: str) -> dict[str, Any]:
        """As it is kept with what was said."""
        return {"session": session_id, **asdict(self)}


# Where no journey is under way.
NOWHERE = Picture("", "", {})


def conversation_picture(slots: Mapping[str, Any]) -> Picture | None:
    """The picture of a conversation with these slots; None where no journey is under way."""
    step = slots.get("step")
    if step is None:
        return None
    return Picture(FLOW_OF_STEP[step], step, _context(step, slots))


def answered_by(
    session: Session, customer_id: uuid.UUID, message_id: str
) -> WhatsappMessage | None:
    """The customer's message that a message of ours was the answer to."""
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
    """Replaces the customer's row by this picture, or takes it away; also within a pipeline."""
    values = {"customer_id": customer_id}
    if current is None:
        connection.execute(_FORGET, values)
        return
    told = {"flow": current.flow, "step": current.step, "context": Jsonb(current.context)}
    connection.execute(_WRITE, {**values, **told, "lifetime": LIFETIME})


def _context(step: str, slots: Mapping[str, Any]) -> dict[str, Any]:
    if step in ("category_selection", "quantity_input", "confirmation", "editing"):
        return _cart(slots.get("cart") or {})
    if step in ("showing_status", "cancelling"):
        return {"order_id": slots.get("order_id")}
    if step == "describing_issue":
        return {"issue": slots.get("issue")}
    return {}


def _cart(cart: Mapping[str, Any]) -> dict[str, Any]:
    """A single line stands flat beside the total, several are listed under `items`."""
    items = cart.get("items", [])
    if len(items) != 1:
        return without_notes(cart)
    total = {"total": cart["total"]} if "total" in cart else {}
    return {**items[0], **total}
