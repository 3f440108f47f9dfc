"""One conversation: its messages, who has it, and the data of its customer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from console.inbox import reading, steps
from console.orders import items
from console.orders import reading as orders
from console.refusals import NotFound
from console.request_context import RequestContext
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
    return {
        **_answering(desk, customer),
        "lines": reading.read_transcript(desk.session, customer.id),
        "state": reading.conversation_state(desk.session, customer.id),
        "step": steps.describe_step,
        "cards": cards,
        "cases": assignment.list_cases(desk.session, customer=customer.id),
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
    """The current messages, or older ones; and who has the conversation, if that changed."""
    known = _answering(desk, customer)
    lines = reading.read_transcript(desk.session, customer.id, before)
    had = desk.query("had") if desk.request.method == "GET" else None
    changed = before is None and had != known["holder"]
    response = desk.part("inbox/transcript.html", lines=lines, changed=changed, **known)
    if before is None and desk.query("window", known["window"]) != known["window"]:
        response.headers["HX-Refresh"] = "true"
    return response


def _answering(desk: RequestContext, customer: UserProfile) -> dict[str, Any]:
    now = engine.now(desk.session)
    closes = reading.window_closes(customer, now)
    return {
        "customer": customer,
        "holder": reading.conversation_holder(customer, now),
        "closes": closes,
        "window": "open" if closes else "closed",
    }
