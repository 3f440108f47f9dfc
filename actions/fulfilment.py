"""Takes the answers about the way, the address and the table of an order."""

from dataclasses import replace
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.cart import ask_next_question, noted_cart, open_cart, said_cart, show_catalogue
from actions.families import ask_which_again
from actions.form_values import accept_extracted
from actions.leading_away import leads_away
from actions.left_cart import with_left_cart
from actions.notes import find_unread
from actions.old_taps import is_of_other_conversation
from actions.order_terms import enter_order_step
from actions.place_questions import ask_for_place, say_ways
from actions.placed_order import open_order
from actions.placed_terms import change_placed_terms
from actions.questions import ask_again
from actions.support import take_issue
from actions.terms import Terms, kept_terms, open_terms, with_postcode
from actions.turn import ShopAction, Turn
from shop.faq import answers
from shop.fulfilment.addresses import Address
from shop.fulfilment.postcodes import postcode_in
from shop.fulfilment.saved_addresses import find_own_address
from shop.steps import steps

LONGEST_TABLE = 20


class ChooseFulfilment(ShopAction):
    """Takes the way in which an order is wanted; without one, offers the ways."""

    called = "action_choose_fulfilment"

    def act(self, turn: Turn) -> list[EventType]:
        if is_of_other_conversation(turn.tracker):
            return say_old_tap(turn)
        if turn.step is steps.ISSUE_SELECTION and turn.entity("fulfilment") == "delivery":
            return take_issue(turn, "delivery")
        if turn.entity("fulfilment") is None and turn.cart:
            say_ways(turn)
            return enter_order_step(steps.FULFILMENT_CHOICE, open_cart(turn), open_terms(turn))
        turn = with_left_cart(turn, is_change=True)
        is_choosing = turn.step is steps.CATEGORY_SELECTION
        if turn.entity("fulfilment") == "pickup" and not (turn.cart or is_choosing):
            return say_where_to_fetch(turn)
        return take_terms(turn, open_terms(turn))


class GiveAddress(ShopAction):
    """Takes an address: typed, or one of the customer's own; asks for one where it is another, and
    offers the own ones where it is only to be changed."""

    called = "action_give_address"

    def act(self, turn: Turn) -> list[EventType]:
        chosen, terms = turn.entity("address_id"), open_terms(turn)
        if chosen is None and turn.intent == "give_address":
            return take_terms(turn, terms)
        if is_of_other_conversation(turn.tracker):
            return say_old_tap(turn)
        if chosen is None:
            return take_terms(turn, replace(terms.to(None), offers_own=True))
        return take_terms(turn, terms.to(find_own_address(turn.session, turn.customer, chosen)))


class InformTable(ShopAction):
    """Takes the table that somebody sits at."""

    called = "action_inform_table"

    def act(self, turn: Turn) -> list[EventType]:
        return take_terms(turn, open_terms(turn))


class TakeAddress(ShopAction):
    """Goes on after the address is known."""

    called = "action_take_address"

    def act(self, turn: Turn) -> list[EventType]:
        return take_terms(turn, kept_terms(turn).to(Address.from_json(turn.slot("address"))))


class TakeTable(ShopAction):
    """Goes on after the table is known."""

    called = "action_take_table"

    def act(self, turn: Turn) -> list[EventType]:
        table = turn.slot("table_number")
        terms = replace(kept_terms(turn), fulfilment="dine_in", table_number=table)
        return take_terms(turn, terms)


class AskAddress(ShopAction):
    """Asks where the order goes, or what is missing of the address that was given."""

    called = "action_ask_address"

    def act(self, turn: Turn) -> list[EventType]:
        if not turn.is_aside:
            ask_for_place(turn, open_cart(turn), kept_terms(turn))
        return []


class AskTableNumber(ShopAction):
    """Asks for the table."""

    called = "action_ask_table_number"

    def act(self, turn: Turn) -> list[EventType]:
        if not turn.is_aside:
            turn.say("utter_ask_table_number")
        return []


class ValidateAddress(FormValidationAction):
    """Takes a place on the map, or words that answer the question, as the address."""

    def name(self) -> str:
        return "validate_address_form"

    async def extract_address(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        asked = tracker.get_slot("requested_slot") == "address"
        given = read_address(tracker) if asked else None
        return {"address": given.as_json()} if given else {}

    validate_address = accept_extracted("address")


class ValidateTable(FormValidationAction):
    """Takes a number or a few letters as the table."""

    def name(self) -> str:
        return "validate_table_form"

    async def extract_table_number(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        asked = tracker.get_slot("requested_slot") == "table_number"
        table = read_table(tracker) if asked else None
        return {"table_number": table} if table else {}

    validate_table_number = accept_extracted("table_number")


def take_terms(turn: Turn, terms: Terms) -> list[EventType]:
    """Goes on with the open cart; else changes the order that was placed; else starts one."""
    cart = noted_cart(turn) if find_unread(turn) else open_cart(turn)
    if asked := ask_which_again(turn, cart, terms):
        return asked
    if cart.lines:
        return ask_next_question(turn, cart, terms)
    if turn.is_tap:  # The tapped offer has expired.
        return say_old_tap(turn)
    if turn.requested_lines():  # "4 samosas tomorrow at 10" is another order than the placed one.
        return ask_next_question(turn, said_cart(turn), terms)
    changed = change_placed_terms(turn, terms)
    return show_catalogue(turn, terms=terms) if changed is None else changed


def say_where_to_fetch(turn: Turn) -> list[EventType]:
    """Answers "I will pick it up" with the shop's address and the waiting order; an order for
    delivery becomes one for pick-up."""
    order = open_order(turn)
    if order and order.fulfilment != "pickup":
        return change_placed_terms(turn, open_terms(turn)) or []
    if answer := answers.find_answer(turn.session, "address", turn.language):
        turn.dispatcher.utter_message(text=answer)
    else:
        turn.say("utter_address")
    if order:
        status = turn.word(order.status)
        turn.say("utter_order_to_fetch", order_number=order.order_id, status=status)
    return []


def say_old_tap(turn: Turn) -> list[EventType]:
    turn.say("utter_old_tap")
    return ask_again(turn)


def read_address(tracker: Tracker) -> Address | None:
    """The address in an answer to the question for it; None if the message leads away."""
    place = next(tracker.get_latest_entity_values("place"), None)
    if place:
        return Address.from_pin(place)
    words = tracker.latest_message.get("text") or ""
    before = Address.from_json((tracker.get_slot("terms") or {}).get("address"))
    said = Address.from_json(next(tracker.get_latest_entity_values("address"), None))
    if said is None and postcode_in(words) and not any(map(str.isalpha, words)):
        return with_postcode(before, words) if before else Address.from_words(words)
    if said is None and not leads_away(tracker, steps.ADDRESS_INPUT.question):
        said = Address.from_words(words)
    # If the PIN code was asked for, a landmark is not another address.
    is_open = before is not None and before.postcode is None
    return (before.with_more(said) if before and said and is_open else None) or said


def read_table(tracker: Tracker) -> str | None:
    """The table in an answer to the question for it; None if the message leads away."""
    if table := next(tracker.get_latest_entity_values("table_number"), None):
        return str(table)
    words = " ".join((tracker.latest_message.get("text") or "").split())
    if leads_away(tracker, steps.TABLE_INPUT.question) or len(words) > LONGEST_TABLE:
        return None
    return words
