"""Views by which staff take over a conversation, answer, and hand it back to the bot."""

from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change
from console.inbox import reading, talk
from console.refusals import NotFound, Refused
from console.request_context import RequestContext
from console.translation import say
from shop.customers import handing_back, handover, staff_pictures
from shop.faq import canned_replies
from shop.products.pictures import MOST_BYTES, UnfitPicture
from shop.staff import audit
from shop.support import assignment, tickets
from shop.whatsapp import bodies, consents, staff_messages
from shop.whatsapp.bodies import Body
from shop.whatsapp.notice_templates import choose_template
from storage import engine
from storage.models import Order, Ticket, UserProfile
from storage.models.messages import Direction
from trays import turn_end, wake

# The form holds the text and the token beside the picture.
_LARGEST_UPLOAD = MOST_BYTES + 100_000


def take_conversation(desk: RequestContext) -> Response:
    """Takes the conversation over; the bot stops answering."""
    customer = _locked(desk)
    handover.take_over(desk.session, customer, desk.staff.name)
    desk.record("took over the conversation with", str(customer.id))
    return _back(desk, customer, "You have the conversation: the bot is silent.")


def send_answer(desk: RequestContext) -> Response:
    """Queues a staff message; its author takes over the conversation."""
    customer = _locked(desk)
    body = _body(desk, customer)
    # Locks the lane before its messages, in the same order as the sender.
    turn_end.queue_reply(engine.driver(desk.session), customer.id, body)
    handover.take_over(desk.session, customer, desk.staff.name)
    desk.record("answered", str(customer.id), by=body["type"])
    assignment.take_up_tickets(desk.session, customer.id, desk.staff)
    closed = _close_tickets(desk, customer, body)
    return _waking(desk, _sent(desk, customer, closed))


def hand_back_view(desk: RequestContext) -> Response:
    """Hands the conversation back to the bot, and tells the customer."""
    customer = _locked(desk)
    body = handing_back.back_message(customer, engine.now(desk.session))
    if body:
        # The bot sends this text, so it does not count as an answer by staff.
        with audit.acting_as_bot(desk.session, desk.staff):
            turn_end.queue_reply(engine.driver(desk.session), customer.id, body)
    handover.hand_back(desk.session, customer)
    desk.record("handed back the conversation with", str(customer.id))
    return _waking(desk, _back(desk, customer, "The bot answers again."))


def wake_tray(sessions: talk.Sessions, direction: Direction) -> None:
    """Wakes the workers of a tray after the commit."""
    with sessions() as session:
        wake.wake_workers(engine.driver(session), direction)


def _locked(desk: RequestContext) -> UserProfile:
    """The customer, locked.

    Raises:
        Refused: a colleague took over after the page was loaded.
    """
    customer = handover.lock_customer(desk.session, talk.shown_customer(desk))
    holder = reading.conversation_holder(customer, engine.now(desk.session))
    if holder not in ("", desk.staff.name, desk.form.text("had")):
        phrase = "{who} has taken this conversation over. Look what was said first."
        raise Refused(409, say(phrase, who=holder))
    return customer


def _body(desk: RequestContext, customer: UserProfile) -> Body:
    words, number = desk.form.text("words") or _reply(desk, customer), desk.form.text("order")
    picture, now = desk.form.file("picture"), engine.now(desk.session)
    try:
        if number:
            order = _order(desk, customer, number)
            return _by_template(desk, order, customer, words)
        if picture:
            return staff_pictures.picture_message(desk.session, customer, picture, words, now)
        return staff_messages.free_message(customer, words, now)
    except (staff_messages.Unsent, UnfitPicture) as unsent:
        raise Refused(400, str(unsent)) from None


def _reply(desk: RequestContext, customer: UserProfile) -> str:
    """The text of the canned reply that was tapped, or ""."""
    chosen = desk.form.number("reply")
    replies = canned_replies.list_replies(desk.session) if chosen else []
    found = (reply for reply in replies if reply.id == chosen)
    return next((reply.said_in(customer.language) for reply in found), "")


def _close_tickets(desk: RequestContext, customer: UserProfile, body: Body) -> list[str]:
    """Closes the customer's tickets that this answer is marked to close; returns their numbers."""
    closed = []
    said = staff_messages.written_words(body)
    for number in desk.form.texts("closes"):
        ticket = desk.session.get(Ticket, number)
        if ticket is None or ticket.customer_id != customer.id:
            raise NotFound("ticket")
        if tickets.is_closed_by_answer(ticket):
            before = assignment.close_ticket(ticket, said, is_answered=True)
            desk.record("answered and closed", number, before=before, after=ticket.status)
            closed.append(number)
    return closed


def _sent(desk: RequestContext, customer: UserProfile, closed: list[str]) -> Response:
    if not closed:
        return _back(desk, customer, "Sent.")
    response = _back(desk, customer, say("Sent; {numbers} closed.", numbers=", ".join(closed)))
    # Reload, since the ticket must vanish from the form and from the list.
    if desk.is_htmx:
        response.headers["HX-Refresh"] = "true"
    return response


def _waking(desk: RequestContext, response: Response) -> Response:
    response.background = BackgroundTask(wake_tray, desk.request.app.state.sessions, "outgoing")
    return response


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
    Route(
        "/inbox/{customer_id:uuid}/answer",
        staff_change(send_answer),
        methods=["POST"],
        max_body_size=_LARGEST_UPLOAD,
    ),
    Route("/inbox/{customer_id:uuid}/back", staff_change(hand_back_view), methods=["POST"]),
]
