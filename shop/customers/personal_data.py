"""Exports or erases all data of one customer.

Orders stay for the books, without the customer. Texts in which others mention the customer are not
erased; they are searched for and reported.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    delete,
    func,
    literal_column,
    null,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.models import (
    AuditEntry,
    Base,
    Consent,
    ConversationState,
    CustomerAddress,
    KeptCart,
    MediaFile,
    Order,
    OrderNotice,
    Ticket,
    TicketAssignment,
    UnclearMessage,
    UserProfile,
    WhatsappMessage,
    events,
)

ERASED = "(an erased customer)"


class NotErased(Exception):
    """Rows of the customer were still there afterwards: nothing was erased."""

    def __init__(self, left: dict[str, int]) -> None:
        super().__init__(f"{self.__doc__} {left}")


@dataclass(frozen=True)
class Erased:
    """The deleted rows by table, and the words by which others may still mention the customer."""

    gone: dict[str, int]
    signs: list[str]


@dataclass(frozen=True)
class _Who:
    """The keys that find a customer, also after the profile is deleted."""

    id: UUID
    phone: str | None
    user_id: str | None

    @property
    def signs(self) -> list[str]:
        return [sign for sign in (str(self.id), self.phone, self.user_id) if sign]


def count_rows(session: Session, customer: UserProfile) -> dict[str, int]:
    """The number of the customer's rows by table; tables without any are left out."""
    return _counts(session, _who(customer))


def export_personal_data(
    session: Session, customer: UserProfile
) -> dict[str, list[dict[str, Any]]]:
    """All rows of the customer by table, with all columns, as JSON; files in base64."""
    return {
        source.name: list(session.scalars(_exported(source, theirs)))
        for source, theirs in _rows_of(_who(customer)).items()
    }


def erase_personal_data(session: Session, customer: UserProfile) -> Erased:
    """Erases the customer from every table, by key, and checks that no row is left.

    A running turn finds its lane deleted and writes nothing more.

    Raises:
        NotErased: roll back.
    """
    session.refresh(customer, with_for_update=True)
    who = _who(customer)
    gone = _counts(session, who)
    session.expunge(customer)
    _erase(session, who)
    if left := _counts(session, who):
        raise NotErased(left)
    return Erased(gone, who.signs)


def _rows_of(who: _Who) -> dict[Any, ColumnElement[bool]]:
    """The tables with a customer's data, and the conditions for the customer's rows."""
    phones = (WhatsappMessage.from_phone, WhatsappMessage.to_phone)
    messages = _own(who, WhatsappMessage.customer_id, *phones)
    orders = _own(who, Order.customer_id, Order.customer_phone)
    own_messages = select(WhatsappMessage.message_id).where(messages)
    own_files = select(MediaFile.message_id).where(MediaFile.customer_id == who.id)
    own_orders = select(Order.order_id).where(orders)
    found: dict[type[Base], ColumnElement[bool]] = {
        UserProfile: UserProfile.id == who.id,
        Consent: Consent.customer_id == who.id,
        ConversationState: ConversationState.customer_id == who.id,
        CustomerAddress: CustomerAddress.customer_id == who.id,
        KeptCart: KeptCart.customer_id == who.id,
        MediaFile: MediaFile.message_id.in_(union(own_messages, own_files)),
        WhatsappMessage: messages,
        Order: orders,
        OrderNotice: OrderNotice.order_id.in_(own_orders),
        Ticket: _own(who, Ticket.customer_id, Ticket.customer_phone),
        UnclearMessage: UnclearMessage.customer_id == who.id,
    }
    theirs: dict[Any, ColumnElement[bool]] = {m.__table__: where for m, where in found.items()}
    return {**theirs, events: events.c.sender_id == str(who.id)}


def _erase(session: Session, who: _Who) -> None:
    """Erases the rows; those found through a message or ticket go before it."""
    theirs = _rows_of(who)
    own_tickets = select(Ticket.ticket_id).where(theirs[Ticket.__table__])
    session.execute(delete(TicketAssignment).where(TicketAssignment.ticket_id.in_(own_tickets)))
    for model in (MediaFile, Ticket, WhatsappMessage):
        session.execute(delete(model).where(theirs[model.__table__]))
    session.execute(delete(events).where(theirs[events]))
    # WhatsApp's message ids hold the phone number, in base64.
    nobody = {
        Order.customer_id: null(),
        Order.customer_phone: null(),
        Order.cause_message_id: null(),
        Order.session: null(),
        Order.address: null(),
        Order.table_number: null(),
        Order.cancel_reason: null(),
        Order.notes: null(),
    }
    session.execute(update(Order).where(theirs[Order.__table__]).values(nobody))
    known = AuditEntry.subject == str(who.id)
    session.execute(update(AuditEntry).where(known).values(subject=ERASED))
    session.execute(delete(UserProfile).where(UserProfile.id == who.id))


def _own(
    who: _Who, key: InstrumentedAttribute[UUID | None], *phones: InstrumentedAttribute[str | None]
) -> ColumnElement[bool]:
    """The condition for rows of the customer, and for rows without one that have the phone
    number."""
    if who.phone is None:
        return key == who.id
    # One by one, each with its own index.
    return or_(key == who.id, *(and_(key.is_(None), phone == who.phone) for phone in phones))


def _counts(session: Session, who: _Who) -> dict[str, int]:
    found = {
        source.name: session.scalar(_count_rows(source, theirs)) or 0
        for source, theirs in _rows_of(who).items()
    }
    return {name: count for name, count in found.items() if count}


def _count_rows(source: FromClause, where: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(func.count()).select_from(source).where(where)


def _exported(source: Any, theirs: ColumnElement[bool]) -> Select[tuple[dict[str, Any]]]:
    row: ColumnElement[Any] = func.to_jsonb(literal_column(source.name))
    if source is MediaFile.__table__:
        content = func.encode(MediaFile.content, "base64")
        row = row.op("||")(func.jsonb_build_object(MediaFile.content.key, content))
    return select(row).select_from(source).where(theirs)


def _who(customer: UserProfile) -> _Who:
    return _Who(customer.id, customer.whatsapp_phone, customer.user_id)
