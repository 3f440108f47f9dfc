"""Changes without an open cart, which are about the placed order if there is one."""

from rasa_sdk.events import EventType

from actions.cart import ask_next_question, said_cart, show_catalogue
from actions.changes import changed_by, list_changes, noted_lines
from actions.journeys import enter_step
from actions.not_sold import say_what_is_missing
from actions.notes import notes_now, say_note_of_what, whole_note
from actions.option_changes import lines_with_options
from actions.place_questions import with_fee_now
from actions.quantities import lines_after_number
from actions.questions import ask_again, ask_before_cancelling
from actions.summary import placed_lines
from actions.turn import Turn
from shop.carts.cart import MOST_OF_ONE, Cart
from shop.carts.change_phrases import speaks_of_a_change
from shop.carts.lines import RequestedLine, price_key
from shop.carts.notes import WHOLE
from shop.customers.conversations import LIFETIME
from shop.language.signs import END
from shop.orders import changing, order_status
from shop.orders.order_checks import NotPlaceable, QuantityOutOfBounds
from shop.orders.placing import find_order, latest_orders, of_session
from shop.steps import steps
from shop.support import tickets
from storage import engine
from storage.models import Order


def edit_placed(turn: Turn) -> list[EventType]:
    """Changes the placed order if possible; else says its status, or starts a new order."""
    if (changed := change_just_placed(turn)) is not None:
        return changed
    order = order_meant(turn)
    if order and not turn.is_tap and order.status in order_status.OPEN:
        return change_placed(turn, order)
    if order and (turn.is_old_tap or order.status in order_status.OPEN):
        return say_placed(turn, order)
    if turn.is_old_tap and turn.requested_lines():
        turn.say("utter_old_tap")
        return ask_again(turn)
    if turn.requested_lines():
        return ask_next_question(turn, said_cart(turn))
    say_note_of_what(turn)
    return show_catalogue(turn)


def change_placed(turn: Turn, order: Order) -> list[EventType]:
    """Applies the change while the order is pending; later passes it to staff."""
    before = changing.ordered_lines(order)
    after = lines_said(turn, before)
    wish = whole_note(turn, "", before)
    if after is None and not wish:
        return say_placed(turn, order)
    try:
        changing.lock_pending(turn.session, order)
    except changing.NotPending:
        return leave_to_staff(turn, order)
    if after == []:
        return ask_before_cancelling(turn, order)
    note = whole_note(turn, (order.notes or {}).get(WHOLE, ""), before)
    lines = before if after is None else after
    cart = changing.ordered_cart(turn.session, order, lines, note)
    return write_change(turn, order, with_fee_now(turn, cart))


def change_just_placed(turn: Turn) -> list[EventType] | None:
    """Changes the order that was just placed, if words that could begin a new one are about it:
    "make the tea 3", "2 more juices", "coffee without sugar"; None if they are not."""
    if turn.cart or not turn.typed or not turn.step.is_at_rest:
        return None
    order = pending_order(turn)
    if not order or is_long_ago(turn, order):
        return None
    return change_placed(turn, order) if speaks_of_lines(turn, order) else None


def speaks_of_lines(turn: Turn, order: Order) -> bool:
    """Whether the words count or note things on the order, or add to it."""
    if is_addition(turn):
        return True
    if lines_with_options(turn, changing.ordered_lines(order)):
        return True
    entities = turn.tracker.latest_message.get("entities", [])
    places = {each["entity"]: each["start"] for each in entities}
    there = {item["product"] for item in order.items}
    if not {line.product for line in turn.requested_lines()} <= there:
        return False
    if "quantity" not in places:
        return bool(notes_now(turn, changing.ordered_lines(order)))
    # "make me 2 teas" wants two; "make the tea 2" changes how many.
    return turn.says("makes_it") and places.get("product", END) < places["quantity"]


def is_addition(turn: Turn) -> bool:
    """Whether the words only add: "2 more", "also 10 coffees", "aur 2 samosa". A way, a place or a
    time makes it another order; so does a counted product that is not added ("2 samosa aur 1
    chai")."""
    if any(map(turn.entity, ("fulfilment", "address", "table_number", "time"))):
        return False
    said = list_changes(turn, [])
    if not said:
        return turn.says("more")
    return all(one.change == "add" for one in said) or (
        turn.says("more") and not any(one.change == "set" and one.quantity for one in said)
    )


def is_long_ago(turn: Turn, order: Order) -> bool:
    """Whether the order is too old to be meant without its number: older than a cart lives in its
    conversation."""
    return engine.now(turn.session) - order.created_at > LIFETIME


def write_change(turn: Turn, order: Order, cart: Cart) -> list[EventType]:
    """Gives the locked order this cart and says so; if that is refused, says why."""
    prices = {price_key(item): item["price"] for item in order.items}
    say_what_is_missing(turn, cart)
    if cart.missing:
        return say_placed(turn, order)
    for product, option in cart.vanished:
        turn.say("utter_option_gone", product=product, option=option)
    try:
        changing.change_order(turn.session, order, cart)
    except QuantityOutOfBounds:
        turn.say("utter_quantity_out_of_bounds", most=MOST_OF_ONE)
        return say_placed(turn, order)
    except NotPlaceable:
        return leave_to_staff(turn, order)
    if any(prices.get(price_key(item), item["price"]) != item["price"] for item in order.items):
        turn.say("utter_order_changed")
    lines = placed_lines(turn, order)
    turn.say("utter_placed_changed", order_number=order.order_id, lines=lines)
    return [] if turn.step.is_at_rest else enter_step(steps.NOWHERE)


def lines_said(turn: Turn, before: list[RequestedLine]) -> list[RequestedLine] | None:
    """The order's lines after the change; None if the words do not change them."""
    if chosen := lines_with_options(turn, before):
        chosen = noted_lines(turn, chosen, before)
        return None if chosen == before else chosen
    said = list_changes(turn, before)
    if not said and not any(one.many for one in notes_now(turn, before)):
        after = lines_after_number(turn, before)
        if after is not None:
            return noted_lines(turn, after, before)
    after = changed_by(turn, before, said)
    return None if after == before else after


def leave_to_staff(turn: Turn, order: Order) -> list[EventType]:
    """Passes the wish to staff with the order's number, since the order is under way."""
    ticket = tickets.call_person(
        turn.session, turn.customer, f"{order.order_id}: {turn.typed}", turn.cause
    )
    ticket.order_id = order.order_id
    turn.say(
        "utter_change_to_staff",
        order_number=order.order_id,
        status=turn.word(order.status),
        ticket_number=ticket.ticket_id,
    )
    return [] if turn.step.is_at_rest else enter_step(steps.NOWHERE)


def note_on_placed(turn: Turn, order: Order, words: str) -> list[EventType]:
    """Adds a note to the order while it is pending; later passes it to staff."""
    try:
        changing.lock_pending(turn.session, order)
    except changing.NotPending:
        return leave_to_staff(turn, order)
    changing.note_wish(turn.session, order, words)
    turn.say("utter_noted", order_number=order.order_id, words=words)
    return []


def open_order(turn: Turn) -> Order | None:
    """The customer's last order, if it is unfinished."""
    latest = next(iter(latest_orders(turn.session, turn.customer, most=1)), None)
    return latest if latest and latest.status in order_status.OPEN else None


def pending_order(turn: Turn) -> Order | None:
    """The customer's last order, if it is still pending."""
    order = open_order(turn)
    return order if order and order.status == "pending" else None


def order_meant(turn: Turn) -> Order | None:
    """The placed order that a wish to change something means, if it means one."""
    if turn.is_old_tap:
        return of_session(turn.session, turn.customer, (turn.tapped or {})["session"])
    if turn.requested_lines() and not speaks_of_placed(turn):
        return None
    number = turn.entity("order_id") or turn.slot("order_id")
    if number:
        return find_order(turn.session, turn.customer, number)
    return next(iter(latest_orders(turn.session, turn.customer, most=1)), None)


def speaks_of_placed(turn: Turn) -> bool:
    """Whether the words change an order or add to it; "2 teas" is a new one.

    A customer who is looking at the catalogue makes a new one.
    """
    said = list_changes(turn, [])
    adds = any(one.change == "add" for one in said) or speaks_of_a_change(turn.signs, said)
    return turn.step is not steps.CATEGORY_SELECTION and (adds or turn.says("an_order"))


def say_placed(turn: Turn, order: Order) -> list[EventType]:
    """Tells the order's current state, and offers ways to go on."""
    words = {"order_number": order.order_id, "status": turn.word(order.status)}
    if order.status not in order_status.OPEN:
        turn.say("utter_already_placed", **words)
        return ask_again(turn)
    pending = order.status == "pending"
    turn.say("utter_order_is_placed" if pending else "utter_order_under_way", **words)
    return [] if turn.step.is_at_rest else enter_step(steps.NOWHERE)
