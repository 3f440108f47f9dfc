"""Messages that were not understood, stored for training (docs/decisions/0007)."""

from collections.abc import Iterable

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shop.language.masking import mask_text
from shop.taps.meanings import NONE_OF_THESE
from storage import engine
from storage.models import UnclearMessage, UserProfile


def store_unclear(
    session: Session, customer: UserProfile, cause: int, text: str, guess: str
) -> None:
    """Stores the text of the message with the row `cause`, masked, once.

    Nothing is stored of unsubscribed customers.
    """
    if customer.subscription == "unsubscribed":
        return
    row = {"cause_id": cause, "customer_id": customer.id, "text": mask_text(text), "guess": guess}
    session.execute(insert(UnclearMessage).values(row).on_conflict_do_nothing())


def settle_unclear(session: Session, customer: UserProfile, cause: int, intent: str) -> None:
    """Stores which intent the customer chose for that message, if the message was stored.

    It is listed again, since the customer's choice is better than a guess. "None of these" stores
    no intent, but shows that the guess was wrong.
    """
    said = {"guess": intent} if intent == NONE_OF_THESE else {"meant": intent}
    session.execute(
        update(UnclearMessage)
        .where(UnclearMessage.cause_id == cause, UnclearMessage.customer_id == customer.id)
        .values(**said, listed_at=None)
    )


def forget_unclear(session: Session, customer: UserProfile) -> None:
    """Deletes the stored messages of a customer."""
    session.execute(delete(UnclearMessage).where(UnclearMessage.customer_id == customer.id))


def to_label(session: Session, *, again: bool = False) -> list[UnclearMessage]:
    """The messages that were not listed yet, or all; newest first, only of subscribed customers.

    Messages that the owner has taught since are left out.
    """
    query = (
        select(UnclearMessage)
        .join(UserProfile, UserProfile.id == UnclearMessage.customer_id)
        .where(UserProfile.subscription == "subscribed", UnclearMessage.taught.is_(None))
        .order_by(UnclearMessage.cause_id.desc())
    )
    return list(
        session.scalars(query if again else query.where(UnclearMessage.listed_at.is_(None)))
    )


def mark_listed(session: Session, messages: Iterable[UnclearMessage]) -> None:
    """Marks these messages as written to a file."""
    now = engine.now(session)
    for message in messages:
        message.listed_at = now
