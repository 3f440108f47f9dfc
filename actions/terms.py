"""How, where and when an order is wanted: what is known of it, and the question for the rest."""

from collections.abc import Iterable, Sequence
from typing import Any

from rasa_sdk.events import EventType, FollowupAction

from actions.turn import Turn, enter_step
from shop.fulfilment import addresses
from shop.fulfilment.addresses import Address
from shop.orders.cart import Cart
from shop.orders.terms import Terms
from shop.steps import steps
from shop.steps.step import Step
from storage.models import CustomerAddress

# What a list of WhatsApp's holds beside the row for another address.
MOST_ADDRESSES = 9


def open_terms(turn: Turn) -> Terms:
    """What this conversation knows of how, where and when."""
    return Terms.from_json(turn.slot("terms"))


def enter_order_step(turn: Turn, step: Step, cart: Cart, terms: Terms) -> list[EventType]:
    """Goes to a step of ordering with the cart and its terms; a form asks where the step has one."""
    form = step.question.form
    entered = enter_step(step, cart=cart.as_json(), terms=terms.as_json())
    return [*entered, FollowupAction(form.name)] if form else entered


def ask_fulfilment(turn: Turn, ways: Sequence[str]) -> None:
    """Offers the shop's ways."""
    turn.dispatcher.utter_message(
        response="utter_ask_fulfilment",
        buttons=[way_button(turn, way) for way in ways],
    )


def way_button(turn: Turn, way: str) -> dict[str, str]:
    return tap(turn.word(f"way_{way}"), "choose_fulfilment", "fulfilment", way)


def ask_address(turn: Turn, known: Sequence[CustomerAddress]) -> None:
    """Offers the customer's own addresses; where there is none, asks for the place on the map."""
    if not known:
        turn.ask_for_location("utter_ask_address")
        return
    rows = [address_row(each) for each in known[:MOST_ADDRESSES]]
    other = tap(turn.word("new_address"), "choose_address", "address_id", "new")
    turn.dispatcher.utter_message(response="utter_which_address", buttons=[*rows, other])


def address_row(known: CustomerAddress) -> dict[str, str]:
    return tap(known.text, "choose_address", "address_id", str(known.id))


def tap(title: str, intent: str, entity: str, value: str) -> dict[str, str]:
    """A button that says an intent with one entity."""
    return {"title": title, "payload": f'/{intent}{{"{entity}": "{value}"}}'}
