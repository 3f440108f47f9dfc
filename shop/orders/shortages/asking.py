"""Decides how a notice about an item that ran out is sent, and renews its question."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.language.responses import format_response
from shop.orders.due_news import MOVED_ON, Decision, Due, why_unwanted
from shop.orders.order_status import OPEN
from shop.orders.shortages.lines import line_now, name_short_line, short_line
from shop.orders.shortages.marking import BY_TEMPLATE, FOUND
from shop.orders.shortages.question import Asked, Question, build_question
from shop.orders.shortages.replacements import find_replacements
from shop.whatsapp import bodies, service_window
from shop.whatsapp.bodies import Body
from shop.whatsapp.notice_templates import Choice
from storage.models import Order, Shortage


@dataclass(frozen=True)
class _Message:
    """The message to send: `body` within the 24 hours, else `news` by the template.

    asks: whether answers are to follow once the customer writes.
    """

    body: Body
    news: str
    asks: bool


def decide_question(session: Session, due: Due, now: datetime, choice: Choice) -> Decision:
    """Decides: the question within 24 hours, else the template, else hold, with a reason."""
    order, customer = due.order, due.customer
    if reason := why_unwanted(due):
        return Decision("dropped", reason)
    message = _message_of(session, due)
    if order is None or customer is None or message is None:
        return Decision("dropped", MOVED_ON)
    if service_window.is_window_open(customer, now):
        return Decision("queued", body=message.body)
    if choice.template is None:
        return Decision("held", f"24 hours since the customer wrote, and {choice.problem}")
    body = bodies.template_body(choice.template, order.order_id, message.news)
    return Decision("held", BY_TEMPLATE, body) if message.asks else Decision("queued", body=body)


def ask_of(
    session: Session, shortage: Shortage, order: Order, language: str | None
) -> Question | None:
    """The question as it stands; None if the order has changed since."""
    line = short_line(session, shortage, order)
    if line is None:
        return None
    return build_question(Asked(shortage.id, order, line, shortage.offered, language))


def renew_question(session: Session, shortage: Shortage, order: Order) -> Shortage | None:
    """Closes a question about an earlier version of the order, or with an earlier offer.

    Returns the question about the line as it is now; None if it is not on the order any more.
    Whoever calls this holds the order's lock.
    """
    shortage.state, shortage.answered_at = "outdated", func.now()
    session.flush()
    line = line_now(session, shortage, order)
    if line is None:
        return None
    skus = [item["product"] for item in shortage.offered]
    again = Shortage(
        order_id=order.order_id,
        line=line.key,
        items=order.items,
        offered=find_replacements(session, line, skus) or find_replacements(session, line),
        put_back=shortage.put_back,
        notice_id=shortage.notice_id,
        ticket_id=shortage.ticket_id,
        created_at=shortage.created_at,
    )
    shortage.notice_id = None
    session.add(again)
    session.flush()
    return again


def _message_of(session: Session, due: Due) -> _Message | None:
    """The notice's message; None if it is out of date."""
    shortage = session.scalars(select(Shortage).where(Shortage.notice_id == due.notice.id)).first()
    is_found = due.notice.status == FOUND
    is_true = shortage is not None and shortage.state == ("found" if is_found else "open")
    if not shortage or not is_true or not due.order or due.order.status not in OPEN:
        return None
    language = due.customer.language if due.customer else None
    form = _found_message if is_found else _question_message
    return form(session, shortage, due.order, language)


def _question_message(
    session: Session, shortage: Shortage, order: Order, language: str | None
) -> _Message | None:
    question = ask_of(session, shortage, order, language)
    if question is None:
        return None
    product = name_short_line(session, shortage)
    return _Message(
        bodies.interactive_body("interactive", question.as_interactive()),
        format_response("utter_shortage_news", language, product=product),
        asks=True,
    )


def _found_message(
    session: Session, shortage: Shortage, order: Order, language: str | None
) -> _Message | None:
    product = name_short_line(session, shortage)
    news = format_response("utter_shortage_found", language, product=product)
    words = format_response("utter_notice", language, order_number=order.order_id, news=news)
    return _Message(bodies.text_body(words), news, asks=False)
