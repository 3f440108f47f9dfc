"""Retries or dismisses dead letters and failed messages."""

from collections.abc import Callable

import psycopg
from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.inbox import failures, reading
from console.inbox.answering import wake_tray
from console.refusals import Refused
from console.request_context import RequestContext
from shop.orders.alarms import held_alarms
from shop.whatsapp import bodies
from storage import engine
from storage.models import WhatsappMessage
from storage.models.messages import Direction
from trays import given_up

# The function that retries a message, by direction.
_TRIES: dict[Direction, Callable[[psycopg.Connection, int], bool]] = {
    "incoming": given_up.receive_again,
    "outgoing": given_up.send_again,
}


def show_troubles(desk: RequestContext) -> Response:
    """Dead letters and failed sends."""
    found = failures.list_troubles(desk.session, desk.query_number("before"))
    shown = found[: failures.MOST_TROUBLES]
    values = {
        "troubles": shown,
        "older_than": shown[-1].message.id if len(found) > len(shown) else None,
        "alarms": held_alarms(desk.session, bodies.notice_template()),
        "counts": reading.count_inbox(desk.session),
    }
    return desk.page("inbox/troubles.html", **values)


def try_again(desk: RequestContext) -> Response:
    """Retries a dead letter, or sends a failed message again."""
    message = desk.find_row(WhatsappMessage, "row", "message")
    if not _TRIES[message.direction](engine.driver(desk.session), message.id):
        raise Refused(409, "This is being tried again already, or nothing is wrong with it.")
    customer = desk.form.text("customer")
    desk.record("tried again", str(message.customer_id), message=message.id)
    response = desk.go(f"/inbox/{customer}" if customer else "/inbox/troubles", "Tried again.")
    sessions = desk.request.app.state.sessions
    response.background = BackgroundTask(wake_tray, sessions, message.direction)
    return response


def dismiss_trouble(desk: RequestContext) -> Response:
    """Takes a message off the list."""
    message = desk.find_row(WhatsappMessage, "row", "message")
    if not given_up.dismiss_failed(engine.driver(desk.session), message.id):
        raise Refused(409, "This is off the list already.")
    desk.record("dismissed a failure of", str(message.customer_id), message=message.id)
    return desk.go("/inbox/troubles", "Off the list.")


ROUTES = [
    Route("/inbox/troubles", staff_page(show_troubles), methods=["GET"]),
    Route("/inbox/troubles/{row:row}/again", staff_change(try_again), methods=["POST"]),
    Route("/inbox/troubles/{row:row}/dismiss", staff_change(dismiss_trouble), methods=["POST"]),
]
