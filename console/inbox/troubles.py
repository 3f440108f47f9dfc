"""Dead letters and messages that were not sent: tried again, or let be."""

from collections.abc import Callable

import psycopg
from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import change, screen
from console.inbox import failures, reading
from console.inbox.answering import ring
from console.refusals import NotFound, Refused
from storage import engine
from storage.models import WhatsappMessage
from storage.models.messages import Direction
from trays import again

# How each direction is tried again.
_TRIES: dict[Direction, Callable[[psycopg.Connection, int], bool]] = {
    "incoming": again.receive_again,
    "outgoing": again.send_again,
}


def show_troubles(desk: Desk) -> Response:
    """Dead letters and failed sends."""
    values = {"troubles": failures.troubles(desk.session), "counts": reading.counts(desk.session)}
    return desk.page("inbox/troubles.html", **values)


def try_again(desk: Desk) -> Response:
    """Has the bot answer a dead letter after all, or sends once more what did not arrive."""
    message = desk.session.get(WhatsappMessage, desk.path("row"))
    if message is None:
        raise NotFound("message")
    if not _TRIES[message.direction](engine.driver(desk.session), message.id):
        raise Refused(409, "This is being tried again already, or nothing is wrong with it.")
    customer = desk.form.text("customer")
    desk.record("tried again", str(message.customer_id), message=message.id)
    response = desk.go(f"/inbox/{customer}" if customer else "/inbox/troubles", "Tried again.")
    sessions = desk.request.app.state.sessions
    response.background = BackgroundTask(ring, sessions, message.direction)
    return response


def dismiss(desk: Desk) -> Response:
    """Takes a message off the list: there is nothing more to be done about it."""
    message = desk.session.get(WhatsappMessage, desk.path("row"))
    if message is None:
        raise NotFound("message")
    if not again.dismiss(engine.driver(desk.session), message.id):
        raise Refused(409, "This is off the list already.")
    desk.record("dismissed a failure of", str(message.customer_id), message=message.id)
    return desk.go("/inbox/troubles", "Off the list.")


ROUTES = [
    Route("/inbox/troubles", screen(show_troubles), methods=["GET"]),
    Route("/inbox/troubles/{row:int}/again", change(try_again), methods=["POST"]),
    Route("/inbox/troubles/{row:int}/dismiss", change(dismiss), methods=["POST"]),
]
