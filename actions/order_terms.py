"""Asks for missing terms (way, place, time) in a fixed order, then shows the summary."""

from dataclasses import replace
from decimal import Decimal

from rasa_sdk.events import EventType, FollowupAction

from actions.closed import keep_while_closed, takes_orders
from actions.journeys import enter_step
from actions.noted import say_noted_time
from actions.order_time import ask_time, read_times, take_said_time
from actions.place_questions import find_delivery, say_ways, with_offered_way
from actions.summary import order_lines, summarise_cart
from actions.terms import Terms
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.fulfilment.addresses import Address
from shop.fulfilment.zones import Delivery
from shop.opening.reading import read_settings
from shop.opening.state import read_opening_state
from shop.orders.quote import terms_of_last_order
from shop.orders.trade_checks import least_worth
from shop.steps import steps
from shop.steps.step import Step
from storage.models import ShopSettings


def settle_terms(turn: Turn, cart: Cart, terms: Terms) -> list[EventType]:
    """Asks for the first missing term; shows the summary once none is missing. While nothing can
    be ordered at all, nothing is asked: the cart is kept."""
    settings, state = read_settings(turn.session), read_opening_state(turn.session)
    if not takes_orders(turn, state):
        return keep_while_closed(turn, state, cart, terms)
    terms = with_last_terms(turn, settings, with_offered_way(turn, terms))
    if terms.fulfilment is None and len(settings.fulfilment) > 1:
        say_what_was_taken(turn, cart)
        terms = say_noted_time(turn, terms)
        say_ways(turn)
        return enter_order_step(steps.FULFILMENT_CHOICE, cart, terms)
    if terms.fulfilment == "dine_in" and terms.table_number is None:
        say_what_was_taken(turn, cart)
        return enter_order_step(steps.TABLE_INPUT, cart, say_noted_time(turn, terms))
    delivery = None
    if terms.fulfilment == "delivery":
        found = find_delivery(turn, cart, terms)
        if terms.address is None or found.delivery is None:
            say_what_was_taken(turn, cart)
            return enter_order_step(steps.ADDRESS_INPUT, cart, say_noted_time(turn, terms))
        delivery = found.delivery
    terms = replace(terms, fee=delivery.fee if delivery else Decimal(0))
    return settle_time(turn, cart, terms, delivery)


def say_what_was_taken(turn: Turn, cart: Cart) -> None:
    """Shows the lines above a question that comes before the summary, if they are new or if the
    message names products."""
    taken = cart.as_json() or {}
    is_known = all(taken.get(name) == turn.cart.get(name) for name in ("items", "notes"))
    if is_known and not turn.requested_lines():
        return
    lines = order_lines(turn, taken.get("items", []), cart.notes, cart.total, Terms())
    turn.say("utter_taken_so_far", lines=lines)


def settle_time(turn: Turn, cart: Cart, terms: Terms, delivery: Delivery | None) -> list[EventType]:
    """Asks for the time if that is open; else shows the summary."""
    times = read_times(turn, terms, delivery)
    state, settings = times.state, times.settings
    terms, is_possible = take_said_time(times, terms)
    is_for_later = terms.due_at is not None and state.condition != "paused"
    missing = least_worth(settings, delivery) - cart.total
    if is_possible and not terms.asks_time and (state.is_open or is_for_later):
        return summarise_cart(turn, cart, terms, missing=missing)
    if state.condition != "paused" and ask_time(times, terms):
        return enter_order_step(steps.TIME_CHOICE, cart, terms)
    if state.is_open:  # Orders can only be for now.
        turn.say("utter_no_times")
        return summarise_cart(turn, cart, terms.at(None), missing=missing)
    return keep_while_closed(turn, state, cart, terms)


def with_last_terms(turn: Turn, settings: ShopSettings, terms: Terms) -> Terms:
    """The terms with values that need no question: the shop's only way, the customer's last
    choice."""
    if terms.fulfilment is None and len(settings.fulfilment) == 1:
        [only] = settings.fulfilment
        if only == "pickup":  # Pick-up only: the way is not mentioned, whatever it was last time.
            return terms
        terms = replace(terms, fulfilment=only)
    if terms.asks_other or (terms.fulfilment and terms.fulfilment != "delivery"):
        return terms
    last = terms_of_last_order(turn.session, turn.customer)
    if terms.fulfilment is None:
        terms = replace(terms, fulfilment=last.fulfilment)
    is_delivered = terms.fulfilment == last.fulfilment == "delivery" and terms.address is None
    if is_delivered and last.address and is_there(last.address, terms.said_postcode):
        terms = terms.to(last.address)
    return terms


def is_there(address: Address, postcode: str | None) -> bool:
    """Whether an address may lie where this PIN code is; None: no PIN code was said."""
    return postcode is None or address.postcode in (None, postcode)


def enter_order_step(step: Step, cart: Cart, terms: Terms) -> list[EventType]:
    """Goes to a step of ordering; if a form asks its question, the form comes next."""
    entered = enter_step(step, cart=cart.as_json(), terms=terms.as_slot())
    form = step.question.form
    return [*entered, FollowupAction(form.name)] if form else entered
