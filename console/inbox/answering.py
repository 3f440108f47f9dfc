"""A person takes a conversation over, answers, and hands it back to the bot."""

from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change
from console.inbox import reading, talk
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from shop.customers import handover
from shop.whatsapp import bodies, consents, staff_messages
from shop.whatsapp.bodies import Body
from shop.whatsapp.notice_templates import choose_template
from storage import engine
from storage.models import Order, UserProfile
from storage.models.messages import Direction
from trays import turn_end, wake


def take_conversation(desk: RequestContext) -> Response:
    """Takes the conversation over; the bot stops answering."""
    customer = _locked(desk)
    handover.take_over(desk.session, customer, desk.staff.name)
    desk.record("took over the conversation with", str(customer.id))
    return _back(desk, customer, "You have the conversation: the bot is silent.")


def send_answer(desk: RequestContext) -> Response:
    """Queues a staff message; its author has taken the conversation over."""
    customer = _locked(desk)
    body = _body(desk, customer)
    # The lane before the messages in it, as the sender locks them.
    turn_end.queue_reply(engine.driver(desk.session), customer.id, body)
    handover.take_over(desk.session, customer, desk.staff.name)
    desk.record("answered", str(customer.id), by=body["type"])
    response = _back(desk, customer, "Sent.")
    response.background = BackgroundTask(wake_tray, desk.request.app.state.sessions, "outgoing")
    return response


def hand_back_view(desk: RequestContext) -> Response:
    """The bot answers again."""
    customer = _locked(desk)
    handover.hand_back(desk.session, customer)
    desk.record("handed back the conversation with", str(customer.id))
    return _back(desk, customer, "The bot answers again.")


def wake_tray(sessions: talk.Sessions, direction: Direction) -> None:
    """Wakes the workers of a tray after the commit."""
    with sessions() as session:
        wake.wake_workers(engine.driver(session), direction)


def _locked(desk: RequestContext) -> UserProfile:
    """The customer, locked; refuses if a colleague took over after the page was loaded."""
    customer = handover.lock_customer(desk.session, talk.shown_customer(desk))
    holder = reading.conversation_holder(customer, engine.now(desk.session))
    if holder not in ("", desk.staff.name, desk.form.text("had")):
        raise Refused(409, f"{holder} has taken this conversation over. Look what was said first.")
    return customer


def _body(desk: RequestContext, customer: UserProfile) -> Body:
    words, number = desk.form.text("words"), desk.form.text("order")
    try:
        if number:
            order = _order(desk, customer, number)
            return _by_template(desk, order, customer, words)
        return staff_messages.free_message(customer, words, engine.now(desk.session))
    except staff_messages.Unsent as unsent:
        raise Refused(400, str(unsent)) from None


def _by_template(desk: RequestContext, order: Order, customer: UserProfile, words: str) -> Body:
    choice = choose_template(
        desk.session, "order_news", bodies.notice_template(), customer.language
    )
    stopped = consents.read_stop(desk.session, customer)
    is_welcome = consents.is_news_welcome(customer, order, stopped)
    return staff_messages.template_message(order, words, choice.template, is_welcome=is_welcome)


def _order(desk: RequestContext, customer: UserProfile, number: str) -> Order:
    order = desk.session.get(Order, number)
    if order is None or order.customer_id != customer.id:
        raise NotFound("order")
    return order


def _back(desk: RequestContext, customer: UserProfile, notice: str) -> Response:
    desk.session.flush()
    desk.session.refresh(customer)
    if desk.is_htmx:
        return talk.transcript_part(desk, customer)
    return desk.go(f"/inbox/{customer.id}", notice)


ROUTES = [
    Route("/inbox/{customer_id:uuid}/take", staff_change(take_conversation), methods=["POST"]),
    Route("/inbox/{customer_id:uuid}/answer", staff_change(send_answer), methods=["POST"]),
    Route("/inbox/{customer_id:uuid}/back", staff_change(hand_back_view), methods=["POST"]),
]
