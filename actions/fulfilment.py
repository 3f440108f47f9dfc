"""The answers to how an order is wanted and where it goes: a way, an address, a table."""

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.cart import go_on, open_cart, show_catalogue
from actions.questions import ask_again
from actions.terms import (
    ask_for_address,
    ask_for_table,
    ask_for_way,
    open_terms,
    say_not_offered,
)
from actions.tracker_reading import is_of_other_conversation, names_product, was_meant
from actions.turn import ShopAction, Turn
from shop.fulfilment import addresses
from shop.fulfilment.addresses import Address
from shop.orders.terms import Terms
from shop.steps import steps
from shop.steps.step import Question

# WhatsApp's carts say something of their own.
CART = "order"
MOST_WORDS = 8
MOST_OF_A_TABLE = 20


class ChooseFulfilment(ShopAction):
    """Takes the way in which an order is wanted; without one, offers the ways."""

    called = "action_choose_fulfilment"

    def act(self, turn: Turn) -> list[EventType]:
        if is_of_other_conversation(turn.tracker):
            turn.say("utter_old_tap")
            return ask_again(turn)
        return take_terms(turn) if turn.entity("fulfilment") else ask_for_way(turn, open_cart(turn))


class GiveAddress(ShopAction):
    """Takes an address: typed, or one of the customer's own; asks for it where another is wanted."""

    called = "action_give_address"

    def act(self, turn: Turn) -> list[EventType]:
        chosen = turn.entity("address_id")
        if chosen is None:
            return take_terms(turn)
        if is_of_other_conversation(turn.tracker):
            turn.say("utter_old_tap")
            return ask_again(turn)
        cart = open_cart(turn)
        own = addresses.own_address(turn.session, turn.customer, chosen)
        if own is None:
            return ask_for_address(turn, cart, open_terms(turn).without_address(), known=[])
        return take_terms(turn, open_terms(turn).with_address(own))
