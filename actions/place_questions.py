"""Asks where an order goes, or for a missing part of the address."""

from collections.abc import Sequence
from dataclasses import replace

from actions.terms import Terms
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.fulfilment.addresses import Address
from shop.fulfilment.saved_addresses import own_addresses
from shop.fulfilment.zones import ZoneAnswer, find_zone, read_zones
from shop.opening.reading import read_settings
from storage.models import CustomerAddress


def find_delivery(turn: Turn, cart: Cart, terms: Terms) -> ZoneAnswer:
    """Whether the shop delivers this cart to its address, and what that costs and takes; of an
    address only the PIN code may be known."""
    least = read_settings(turn.session).minimum_order
    return find_zone(read_zones(turn.session), known_place(terms), cart.goods, least)


def with_fee_now(turn: Turn, cart: Cart) -> Cart:
    """A placed order's cart with the fee of its delivery, which depends on what the goods cost."""
    terms = cart.terms
    if terms.fulfilment != "delivery":
        return cart
    delivery = find_delivery(turn, cart, Terms(address=terms.address)).delivery
    return replace(cart, terms=replace(terms, fee=delivery.fee)) if delivery else cart


def known_place(terms: Terms) -> Address | None:
    """The address, else the PIN code that was said before it."""
    if terms.address is None and terms.said_postcode:
        return Address(terms.said_postcode, terms.said_postcode)
    return terms.address


def ask_for_place(turn: Turn, cart: Cart, terms: Terms) -> None:
    """Asks for the address, or for its missing part."""
    where, place = find_delivery(turn, cart, terms).where, known_place(terms)
    if terms.address is None and place and where != "outside":
        turn.ask_for_location("utter_ask_street", postcode=place.text)
    elif place is None:
        offers_own = terms.offers_own or not terms.asks_other
        ask_for_address(turn, own_addresses(turn.session, turn.customer) if offers_own else [])
    elif where == "needs_postcode":
        turn.say("utter_ask_postcode", address=place.text)
    elif where == "needs_pin":
        turn.ask_for_location("utter_ask_map_pin", address=place.text)
    else:
        say_outside(turn, place)


def ask_for_address(turn: Turn, known: Sequence[CustomerAddress]) -> None:
    """Offers the customer's own addresses; without any, a button for the phone's location."""
    if not known:
        turn.ask_for_location("utter_ask_address")
        return
    rows = [
        make_tap(each.text, "choose_address", "address_id", str(each.id), each.text)
        for each in known
    ]
    other = make_tap(turn.word("new_address"), "choose_address", "address_id", "new")
    turn.dispatcher.utter_message(response="utter_which_address", buttons=[*rows, other])


def say_outside(turn: Turn, address: Address) -> None:
    """Says that the shop does not deliver there; offers pick-up, if the shop has it, or another
    address."""
    ways = [way for way in read_settings(turn.session).fulfilment if way != "delivery"]
    buttons = [
        *(
            make_tap(turn.word(f"way_{way}"), "choose_fulfilment", "fulfilment", way)
            for way in ways[:1]
        ),
        make_tap(turn.word("new_address"), "choose_address", "address_id", "new"),
        {"title": turn.word("cancel"), "payload": "/cancel_order"},
    ]
    turn.dispatcher.utter_message(
        response="utter_not_delivered_there", buttons=buttons, address=address.text
    )


def say_ways(turn: Turn) -> None:
    """Offers the shop's ways."""
    buttons = [
        make_tap(turn.word(f"way_{way}"), "choose_fulfilment", "fulfilment", way)
        for way in read_settings(turn.session).fulfilment
    ]
    turn.dispatcher.utter_message(response="utter_ask_fulfilment", buttons=buttons)


def term_choices(turn: Turn, terms: Terms) -> list[dict[str, str]]:
    """Buttons for the terms that can be changed; empty if the shop offers no choice."""
    settings = read_settings(turn.session)
    choices = {
        "way": ("choose_fulfilment", len(settings.fulfilment) > 1),
        "address": ("choose_address", terms.fulfilment == "delivery"),
        "time": ("choose_time", settings.order_ahead_days > 0),
    }
    return [
        {"title": turn.word(f"change_{what}"), "payload": f"/{intent}"}
        for what, (intent, is_possible) in choices.items()
        if is_possible
    ]


def with_offered_way(turn: Turn, terms: Terms) -> Terms:
    """Without a way that the shop does not offer, which is said."""
    way = terms.fulfilment
    if way is None or way in read_settings(turn.session).fulfilment:
        return terms
    turn.say("utter_fulfilment_not_offered", way=turn.word(f"way_{way}"))
    return replace(terms, fulfilment=None)


def say_pick_up_instead(turn: Turn) -> None:
    """Offers pick-up, if the shop has it."""
    if "pickup" in read_settings(turn.session).fulfilment:
        turn.say("utter_pick_up_instead")


def make_tap(title: str, intent: str, entity: str, value: str, more: str = "") -> dict[str, str]:
    """A button for an intent with one entity; with `more` as its description, a row of a list."""
    described = {"description": more} if more else {}
    return {"title": title, "payload": f'/{intent}{{"{entity}": "{value}"}}', **described}
