"""Views of conversations: the list, and one of them beside it."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_page
from console.inbox import (
    answering,
    media,
    reading,
    talk,
    talks,
    tickets,
    troubles,
    word_search,
)
from console.request_context import RequestContext
from shop.support import queue


def show_inbox(desk: RequestContext) -> Response:
    """The list; on a wide screen a conversation is opened beside it."""
    return desk.page("inbox/inbox.html", **_list(desk))


def show_talks(desk: RequestContext) -> Response:
    """The list alone, for the live page and the search."""
    return desk.part("inbox/talks.html", **_list(desk))


def show_talk(desk: RequestContext) -> Response:
    """One conversation, the list beside it."""
    customer = talk.shown_customer(desk)
    values = {**_list(desk), **talk.conversation_values(desk, customer), "chosen": str(customer.id)}
    return desk.page("inbox/talk.html", **values)


def show_transcript(desk: RequestContext) -> Response:
    """The transcript alone: the latest messages, or those before a message."""
    customer = talk.shown_customer(desk)
    return talk.transcript_part(desk, customer, desk.query_number("before"))


def _list(desk: RequestContext) -> dict[str, Any]:
    wanted, only = desk.query("q"), desk.query("only") or "all"
    entries = queue.read_queue(desk.session) if not wanted and only in ("all", "waiting") else []
    pinned = queue.customers_of(entries)
    found = (
        []
        if only == "waiting" and not wanted
        else talks.list_conversations(desk.session, wanted, only)
    )
    return {
        "wanted": wanted,
        "only": only,
        "chosen": desk.query("chosen"),
        "entries": entries,
        "pinned": talks.talks_of(desk.session, pinned),
        "talks": [talk for talk in found if talk.customer.id not in pinned],
        "hits": word_search.search_words(desk.session, wanted) if only == "all" else [],
        "mark": reading.inbox_mark(desk.session),
        "counts": reading.count_inbox(desk.session),
    }


ROUTES = [
    Route("/inbox", staff_page(show_inbox), methods=["GET"]),
    Route("/inbox/talks", staff_page(show_talks), methods=["GET"]),
    *tickets.ROUTES,
    *troubles.ROUTES,
    *media.ROUTES,
    *answering.ROUTES,
    Route("/inbox/{customer_id:uuid}", staff_page(show_talk), methods=["GET"]),
    Route("/inbox/{customer_id:uuid}/transcript", staff_page(show_transcript), methods=["GET"]),
]
