"""One conversation: its messages, who has it, and the data of its customer."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from console.inbox import reading
from console.inbox.order_steps import OrderStep, read_order_steps
from console.orders import items
from console.orders import reading as orders
from console.orders.cards import Card
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.faq import canned_replies
from shop.support import assignment, tickets
from shop.whatsapp import bodies, consents, staff_messages
from shop.whatsapp.notice_templates import choose_template
from storage import engine
from storage.models import UserProfile

Sessions = Callable[[], AbstractContextManager[Session]]


def shown_customer(desk: RequestContext) -> UserProfile:
    """The customer in the address.

    Raises:
        NotFound
    """
    key: UUID = desk.path("customer_id")
    customer = desk.session.get(UserProfile, key)
    if customer is None:
        raise NotFound("customer")
    return customer


def conversation_values(desk: RequestContext, customer: UserProfile) -> dict[str, Any]:
    """Everything that the conversation's page shows."""
    cards = orders.of_customer(desk.session, customer)
    stopped = consents.read_stop(desk.session, customer)
    cases = assignment.list_cases(desk.session, customer=customer.id)
    return {
        **_answering(desk, customer),
        **_shown(desk, _chosen_lines(desk, customer), cards),
        "state": reading.conversation_state(desk.session, customer.id),
        "step": reading.describe_step,
        "cards": cards,
        "cases": cases,
        "closable": [case for case in cases if tickets.is_closed_by_answer(case.ticket)],
        "replies": canned_replies.list_replies(desk.session),
        "spent": sum((card.order.total for card in cards if card.order.status != "cancelled"), 0),
        "deletion": tickets.DELETION,
        "cart": items.item_lines,
        "template": choose_template(
            desk.session, "order_news", bodies.notice_template(), customer.language
        ).template,
        "consents": consents.read_consents(desk.session, customer),
        "tellable": [
            card for card in cards if consents.is_news_welcome(customer, card.order, stopped)
        ],
        "longest": staff_messages.LONGEST,
        "longest_in_template": staff_messages.LONGEST_IN_TEMPLATE,
    }


def transcript_part(
    desk: RequestContext, customer: UserProfile, before: int | None = None
) -> Response:
    """The latest messages, or those before the id `before`; and the holder, if that changed."""
    known = _answering(desk, customer)
    lines = reading.read_transcript(desk.session, customer.id, before)
    shown = _shown(desk, lines, orders.of_customer(desk.session, customer), before)
    had = desk.query("had") if desk.request.method == "GET" else None
    changed = before is None and had != known["holder"]
    response = desk.part("inbox/transcript.html", changed=changed, **shown, **known)
    if before is None and desk.query("window", known["window"]) != known["window"]:
        response.headers["HX-Refresh"] = "true"
    return response


def _chosen_lines(desk: RequestContext, customer: UserProfile) -> Sequence[reading.Line]:
    """The last messages, or those around the one that a search found."""
    if (message := desk.query_number("at")) is not None:
        return reading.read_around(desk.session, customer.id, message)
    return reading.read_transcript(desk.session, customer.id)


def _shown(
    desk: RequestContext,
    lines: Sequence[reading.Line],
    cards: Sequence[Card],
    before: int | None = None,
) -> dict[str, Any]:
    """The page's values: messages, and what happened to orders between them, in order."""
    happened: list[OrderStep] = []
    if lines:
        until = lines[-1].at if before is not None else None
        happened = read_order_steps(desk.session, cards, lines[0].at, until)
    parts: list[reading.Line | OrderStep] = [*lines, *happened]
    parts.sort(key=lambda part: part.at)
    return {"lines": lines, "parts": parts, "most": reading.MOST_MESSAGES}


def _answering(desk: RequestContext, customer: UserProfile) -> dict[str, Any]:
    now = engine.now(desk.session)
    closes = reading.window_closes(customer, now)
    return {
        "customer": customer,
        "holder": reading.conversation_holder(customer, now),
        "closes": closes,
        "window": "open" if closes else "closed",
    }
