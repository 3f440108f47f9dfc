"""One conversation: what was said, who has it, and everything that is known of the customer."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.responses import Response

from console.desk import Desk
from console.inbox import reading, steps
from console.orders import items
from console.orders import reading as orders
from console.refusals import NotFound
from shop import bodies, person_words, ticket_desk, tickets
from storage import engine
from storage.models import UserProfile

Sessions = Callable[[], AbstractContextManager[Session]]


def find_customer(desk: Desk) -> UserProfile:
    """The customer in the address.

    Raises:
        NotFound
    """
    key: UUID = desk.path("customer_id")
    customer = desk.session.get(UserProfile, key)
    if customer is None:
        raise NotFound("customer")
    return customer


def values(desk: Desk, customer: UserProfile) -> dict[str, Any]:
    """Everything that the conversation's page shows."""
    cards = orders.of_customer(desk.session, customer)
    return {
        **_answering(desk, customer),
        "lines": reading.transcript(desk.session, customer.id),
        "state": reading.state(desk.session, customer.id),
        "step": steps.said,
        "cards": cards,
        "cases": ticket_desk.cases(desk.session, customer=customer.id),
        "spent": sum((card.order.total for card in cards if card.order.status != "cancelled"), 0),
        "deletion": tickets.DELETION,
        "slip": items.lines,
        "template": bodies.notice_template(),
        "longest": person_words.LONGEST,
        "longest_in_template": person_words.LONGEST_IN_TEMPLATE,
    }


def transcript_part(desk: Desk, customer: UserProfile, before: int | None = None) -> Response:
    """What was said, as it is now or before a message; and who has the conversation, if new."""
    known = _answering(desk, customer)
    lines = reading.transcript(desk.session, customer.id, before)
    had = desk.query("had") if desk.request.method == "GET" else None
    changed = before is None and had != known["holder"]
    response = desk.part("inbox/transcript.html", lines=lines, changed=changed, **known)
    if before is None and desk.query("window", known["window"]) != known["window"]:
        response.headers["HX-Refresh"] = "true"
    return response


def _answering(desk: Desk, customer: UserProfile) -> dict[str, Any]:
    now = engine.now(desk.session)
    closes = reading.window_closes(customer, now)
    return {
        "customer": customer,
        "holder": reading.holder(customer, now),
        "closes": closes,
        "window": "open" if closes else "closed",
    }
