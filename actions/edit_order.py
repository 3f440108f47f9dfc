"""Changing the cart before it is confirmed."""

from textwrap import shorten

from rasa_sdk.events import EventType

from actions.asked_product import order_what_was_asked
from actions.cancel_order import give_up
from actions.cart import (
    ask_next_question,
    ask_quantity,
    is_first_choice,
    noted_cart,
    offer_choices,
    open_cart,
    praise_choice,
    reckon_cart,
    show_catalogue,
)
from actions.changes import changed_by, list_changes
from actions.delivery_place import keep_wish
from actions.earlier_carts import forget_left
from actions.fallback import not_understood
from actions.families import ask_which, settle_families
from actions.fulfilment import take_terms
from actions.joined_order import join_placed
from actions.left_cart import with_left_cart
from actions.line_options import asked_now
from actions.naming import example_product
from actions.not_sold import say_what_is_not_sold
from actions.notes import notes_now
from actions.options import take_said
from actions.placed_order import (
    change_placed,
    edit_placed,
    open_order,
)
from actions.quantities import is_of_part, names_number, set_quantity, take_number
from actions.questions import ask_again
from actions.terms import kept_terms, open_terms
from actions.turn import ShopAction, Turn
from shop.carts.cart import MOST_OF_ONE, Cart
from shop.carts.cart_changes import Said, apply_changes, with_quantity
from shop.carts.change_phrases import number_change
from shop.carts.lines import RequestedLine, line_keys
from shop.fulfilment.postcodes import postcode_in
from shop.opening.reading import read_settings

# The longest number that is said back, such as "half a dozen".
_LONGEST_NUMBER = 40


class EditOrder(ShopAction):
    """Takes a change that was said; without one, offers what can be changed."""

    called = "action_edit_order"

    def act(self, turn: Turn) -> list[EventType]:
        turn = with_left_cart(turn, is_change=True)
        cart = open_cart(turn)
        # About its delivery; staff do what the bot cannot change.
        if turn.says("where_or_when") and not turn.requested_lines():
            terms = open_terms(turn)
            says_terms = terms != kept_terms(turn) or turn.entity("time")
            return take_terms(turn, terms) if says_terms else keep_wish(turn, cart)
        turn = settle_families(turn)
        if found := (order_what_was_asked(turn) or ask_which(turn, cart)):
            return found
        if not cart.lines:
            return edit_placed(turn)
        if turn.is_old_tap:
            turn.say("utter_old_tap")
            return ask_again(turn)
        joined = join_placed(turn, cart)
        return edit_cart(turn, cart) if joined is None else joined


def says_more(turn: Turn) -> bool:
    """Whether the message says more than a number: "2 more", "make it 3"."""
    return not turn.typed.strip().isdecimal()


class ChangeQuantity(ShopAction):
    """Takes a number when no quantity was asked: changes the cart if it has one line."""

    called = "action_change_quantity"

    def act(self, turn: Turn) -> list[EventType]:
        cart = open_cart(turn)
        if turn.is_old_tap:
            turn.say("utter_old_tap")
            return ask_again(turn)
        if found := (order_what_was_asked(turn) or take_postcode(turn, cart)):
            return found
        if is_of_part(turn):
            return ask_next_question(turn, noted_cart(turn))
        counts = cart.lines and names_number(turn, cart)
        if turn.step.question.number_is_unclear and not (counts and says_more(turn)):
            return not_understood(turn)
        if counts:
            return set_quantity(turn, cart)
        return take_loose_number(turn, cart)


def take_postcode(turn: Turn, cart: Cart) -> list[EventType]:
    """Takes a PIN code while an order is open, if the shop delivers; else does nothing."""
    is_one = cart.lines and turn.typed and turn.step.has_whole_cart and postcode_in(turn.typed)
    if not is_one or "delivery" not in read_settings(turn.session).fulfilment:
        return []
    return take_terms(turn, open_terms(turn))


def take_loose_number(turn: Turn, cart: Cart) -> list[EventType]:
    """Takes a number that fits no line: changes the placed order, or asks what it is for."""
    if cart.lines:  # "half", "2.5"
        turn.say("utter_quantity_not_whole", most=MOST_OF_ONE)
        return ask_again(turn)
    if turn.step.is_at_rest and turn.says("makes_it") and (order := open_order(turn)):
        return change_placed(turn, order)
    return ask_number_of_what(turn)


def ask_number_of_what(turn: Turn) -> list[EventType]:
    """Asks which product a number is for, with the catalogue to choose from."""
    number = turn.entity("quantity") or shorten(turn.typed, _LONGEST_NUMBER)
    turn.say("utter_number_of_what", number=number, product=example_product(turn))
    return show_catalogue(turn) if turn.step.is_at_rest else ask_again(turn)


class RemoveItem(ShopAction):
    """Removes a line from the cart by a tap."""

    called = "action_remove_item"

    def act(self, turn: Turn) -> list[EventType]:
        named = [RequestedLine(requested.product) for requested in turn.requested_lines()]
        left = apply_changes(open_cart(turn).requested_lines(), "remove", named)
        went_on = ask_next_question(turn, reckon_cart(turn, left))
        return went_on if left else [*went_on, *forget_left()]


def edit_cart(turn: Turn, cart: Cart) -> list[EventType]:
    """Changes the open cart by the words or the tap; without a change, asks what to change."""
    named = list_changes(turn, cart.requested_lines())
    if named and turn.is_tap:
        return ask_how_many_instead(turn, cart, named[0].product)
    if named:
        return change_cart(turn, cart, named)
    if done := take_said(turn, cart) or take_number(turn, cart):
        return done
    noted = noted_cart(turn)
    if notes_now(turn) or noted.notes != turn.cart.get("notes", {}):
        return ask_next_question(turn, noted)
    if turn.step.question.is_about_line and number_change(turn.signs) == "remove":
        return drop_unasked(turn, cart)
    return offer_choices(turn, cart, int(turn.entity("page") or 1))


def ask_how_many_instead(turn: Turn, cart: Cart, key: str) -> list[EventType]:
    """Asks for the quantity of a tapped line, unless it is no longer on the cart."""
    lines = cart.requested_lines()
    by_key = dict(zip(line_keys(line.product for line in lines), lines, strict=True))
    if key not in by_key:
        return ask_next_question(turn, cart)
    return ask_quantity(turn, reckon_cart(turn, with_quantity(lines, by_key[key].key, None)))


def change_cart(turn: Turn, cart: Cart, said: list[Said]) -> list[EventType]:
    """Adds, removes or sets the named products."""
    is_other_kind = say_what_is_not_sold(turn)
    after = reckon_cart(turn, changed_by(turn, cart.requested_lines(), said))
    if cart.lines and not after.lines:
        turn.say("utter_cart_empty")
        return [*ask_next_question(turn, after), *forget_left()]
    if is_first_choice(after) and not is_other_kind:
        praise_choice(turn, after.lines[0])
    return ask_next_question(turn, after)


def drop_unasked(turn: Turn, cart: Cart) -> list[EventType]:
    """ "remove it", to the question about a line: removes the line, or the order with it."""
    asked = asked_now(turn)
    left = [
        requested
        for at, requested in enumerate(cart.requested_lines())
        if requested.quantity is not None and not (asked and asked.line == at)
    ]
    return ask_next_question(turn, reckon_cart(turn, left)) if left else give_up(turn)
