"""A person takes a conversation over, answers, and hands it back to the bot."""

from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import change
from console.inbox import reading, talk
from console.refusals import NotFound, Refused
from shop import bodies, handover, person_words
from shop.bodies import Body
from storage import engine
from storage.models import Order, UserProfile
from storage.models.messages import Direction
from trays import bell, inbox


def take(desk: Desk) -> Response:
    """The bot falls silent, whatever it was about to say."""
    customer = _locked(desk)
    handover.take_over(desk.session, customer, desk.staff.name)
    desk.record("took over the conversation with", str(customer.id))
    return _back(desk, customer, "You have the conversation: the bot is silent.")


def answer(desk: Desk) -> Response:
    """Queues the person's words; whoever answers has the conversation from then on."""
    customer = _locked(desk)
    body = _body(desk, customer)
    # The lane before the messages in it, as the sender locks them.
    inbox.enqueue(engine.driver(desk.session), customer.id, body)
    handover.take_over(desk.session, customer, desk.staff.name)
    desk.record("answered", str(customer.id), by=body["type"])
    response = _back(desk, customer, "Sent.")
    response.background = BackgroundTask(ring, desk.request.app.state.sessions, "outgoing")
    return response


def hand_back(desk: Desk) -> Response:
    """The bot answers again."""
    customer = _locked(desk)
    handover.hand_back(desk.session, customer)
    desk.record("handed back the conversation with", str(customer.id))
    return _back(desk, customer, "The bot answers again.")


def ring(sessions: talk.Sessions, direction: Direction) -> None:
    """Wakes the workers of a tray, once what is for them is committed."""
    with sessions() as session:
        bell.ring(engine.driver(session), direction)


def _locked(desk: Desk) -> UserProfile:
    """The customer, locked; refused where a colleague took over since the page was made."""
    customer = handover.lock(desk.session, talk.find_customer(desk))
    holder = reading.holder(customer, engine.now(desk.session))
    if holder not in ("", desk.staff.name, desk.form.text("had")):
        raise Refused(409, f"{holder} has taken this conversation over. Look what was said first.")
    return customer


def _body(desk: Desk, customer: UserProfile) -> Body:
    words, number = desk.form.text("words"), desk.form.text("order")
    try:
        if number:
            order = _order(desk, customer, number)
            return person_words.about(order, customer, words, bodies.notice_template())
        return person_words.free(customer, words, engine.now(desk.session))
    except person_words.Unsent as unsent:
        raise Refused(400, str(unsent)) from None


def _order(desk: Desk, customer: UserProfile, number: str) -> Order:
    order = desk.session.get(Order, number)
    if order is None or order.customer_id != customer.id:
        raise NotFound("order")
    return order


def _back(desk: Desk, customer: UserProfile, notice: str) -> Response:
    desk.session.flush()
    desk.session.refresh(customer)
    if desk.is_htmx:
        return talk.transcript_part(desk, customer)
    return desk.go(f"/inbox/{customer.id}", notice)


ROUTES = [
    Route("/inbox/{customer_id:uuid}/take", change(take), methods=["POST"]),
    Route("/inbox/{customer_id:uuid}/answer", change(answer), methods=["POST"]),
    Route("/inbox/{customer_id:uuid}/back", change(hand_back), methods=["POST"]),
]
