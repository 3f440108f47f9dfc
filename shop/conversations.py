"""The picture of a conversation: `conversation_state` as one pure function of Rasa's slots."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from shop.cart import without_notes
from storage.models import ConversationState, UserProfile, WhatsappMessage

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


def picture(slots: Mapping[str, Any]) -> Picture | None:
    """The picture of a conversation with these slots; None where no journey is under way."""
    step = slots.get("step")
    if step is None:
        return None
    return Picture(FLOW_OF_STEP[step], step, _context(step, slots))


def is_over(session: Session, customer_id: uuid.UUID) -> bool:
    """Whether nothing is under way (any more): the row has expired, or is gone."""
    alive = select(ConversationState.id).where(
        ConversationState.customer_id == customer_id,
        func.coalesce(ConversationState.expires_at, func.now() + LIFETIME) > func.now(),
    )
    return session.scalar(alive) is None


def said_in(session: Session, customer_id: uuid.UUID, message_id: str) -> dict[str, Any] | None:
    """The conversation in which we said a message that the customer now answers or taps."""
    return session.scalar(
        select(WhatsappMessage.said_in).where(
            WhatsappMessage.message_id == message_id, WhatsappMessage.customer_id == customer_id
        )
    )


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


def keep_said_in(session: Session, cause: int, conversation: dict[str, Any]) -> None:
    """Keeps the conversation with what was said to the incoming message `cause` (its row)."""
    session.execute(
        update(WhatsappMessage)
        .where(WhatsappMessage.cause_id == cause)
        .values(said_in=conversation)
    )


def write(session: Session, customer: UserProfile, seen: Picture | None) -> None:
    """Replaces the customer's row by this picture, or takes it away."""
    if seen is None:
        session.execute(
            delete(ConversationState).where(ConversationState.customer_id == customer.id)
        )
        return
    values = {
        "phone_number": customer.whatsapp_phone,
        "conversation_flow": seen.flow,
        "current_step": seen.step,
        "context": seen.context,
        "last_interaction": func.now(),
        "expires_at": func.now() + LIFETIME,
    }
    session.execute(
        insert(ConversationState)
        .values(customer_id=customer.id, **values)
        .on_conflict_do_update(index_elements=["customer_id"], set_=values)
    )


def _context(step: str, slots: Mapping[str, Any]) -> dict[str, Any]:
    if step in ("quantity_input", "confirmation", "editing"):
        return _slip(slots.get("slip") or {})
    if step in ("showing_status", "cancelling"):
        return {"order_id": slots.get("order_id")}
    if step == "describing_issue":
        return {"issue": slots.get("issue")}
    return {}


def _slip(slip: Mapping[str, Any]) -> dict[str, Any]:
    """A single line stands flat beside the total, several are listed under `items`."""
    items = slip.get("items", [])
    if len(items) != 1:
        return without_notes(slip)
    total = {"total": slip["total"]} if "total" in slip else {}
    return {**items[0], **total}
