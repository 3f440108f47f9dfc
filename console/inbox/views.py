"""Conversations: the list, and one of them beside it."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import screen
from console.inbox import answering, media, reading, talk, talks, tickets, troubles


def show_inbox(desk: Desk) -> Response:
    """The list; on a wide screen a conversation is opened beside it."""
    return desk.page("inbox/inbox.html", **_list(desk))


def show_talks(desk: Desk) -> Response:
    """The list alone, for the live page and the search."""
    return desk.part("inbox/talks.html", **_list(desk))


def show_talk(desk: Desk) -> Response:
    """One conversation, the list beside it."""
    customer = talk.find_customer(desk)
    values = {**_list(desk), **talk.values(desk, customer), "chosen": str(customer.id)}
    return desk.page("inbox/talk.html", **values)


def show_transcript(desk: Desk) -> Response:
    """The transcript alone: as it is now, or what was said before a message."""
    customer = talk.find_customer(desk)
    return talk.transcript_part(desk, customer, desk.query_number("before"))


def _list(desk: Desk) -> dict[str, Any]:
    wanted, only = desk.query("q"), desk.query("only") or "all"
    return {
        "wanted": wanted,
        "only": only,
        "chosen": desk.query("chosen"),
        "talks": talks.talks(desk.session, wanted, only),
        "mark": reading.mark(desk.session),
        "counts": reading.counts(desk.session),
    }


ROUTES = [
    Route("/inbox", screen(show_inbox), methods=["GET"]),
    Route("/inbox/talks", screen(show_talks), methods=["GET"]),
    *tickets.ROUTES,
    *troubles.ROUTES,
    *media.ROUTES,
    *answering.ROUTES,
    Route("/inbox/{customer_id:uuid}", screen(show_talk), methods=["GET"]),
    Route("/inbox/{customer_id:uuid}/transcript", screen(show_transcript), methods=["GET"]),
]
