"""Conversations: the list, and one of them with everything that is known of the customer."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import screen
from console.inbox import media, reading, tickets
from console.orders import reading as orders
from console.refusals import NotFound
from shop import ticket_desk
from storage.models import UserProfile


def show_inbox(desk: Desk) -> Response:
    """The list; on a wide screen a conversation is opened beside it."""
    return desk.page("inbox/inbox.html", chosen=None, **_list(desk))


def show_talks(desk: Desk) -> Response:
    """The list alone, for the live page and the search."""
    return desk.part("inbox/talks.html", chosen=None, **_list(desk))


def show_talk(desk: Desk) -> Response:
    """One conversation, the list beside it."""
    customer = find_customer(desk)
    return desk.page("inbox/talk.html", chosen=customer, **_list(desk), **_talk(desk, customer))


def show_transcript(desk: Desk) -> Response:
    """The transcript alone: as it is now, or what was said before a message."""
    customer = find_customer(desk)
    lines = reading.transcript(desk.session, customer.id, desk.query_number("before"))
    return desk.part("inbox/transcript.html", customer=customer, lines=lines)


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


def _list(desk: Desk) -> dict[str, Any]:
    wanted, only = desk.query("q"), desk.query("only") or "all"
    return {
        "wanted": wanted,
        "only": only,
        "talks": reading.talks(desk.session, wanted, only),
        "mark": reading.mark(desk.session),
        "counts": ticket_desk.counts(desk.session),
    }


def _talk(desk: Desk, customer: UserProfile) -> dict[str, Any]:
    now = desk.session.scalar(select(func.now()))
    cards = orders.of_customer(desk.session, customer)
    return {
        "customer": customer,
        "lines": reading.transcript(desk.session, customer.id),
        "state": reading.state(desk.session, customer.id),
        "closes": reading.window_closes(customer, now) if now else None,
        "cards": cards,
        "cases": ticket_desk.cases(desk.session, customer=customer.id),
        "spent": sum((card.order.total for card in cards if card.order.status != "cancelled"), 0),
        "slip": orders.lines,
    }


ROUTES = [
    Route("/inbox", screen(show_inbox), methods=["GET"]),
    Route("/inbox/talks", screen(show_talks), methods=["GET"]),
    *tickets.ROUTES,
    *media.ROUTES,
    Route("/inbox/{customer_id:uuid}", screen(show_talk), methods=["GET"]),
    Route("/inbox/{customer_id:uuid}/transcript", screen(show_transcript), methods=["GET"]),
]
