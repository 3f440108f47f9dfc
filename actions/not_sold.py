"""Says which requested products the shop does not sell."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.turn import Turn
from shop.carts.cart import Cart
from shop.products import catalogue, kinds
from shop.products.finding.search import nearest_products
from shop.products.translation import name_product

# The longest name of a thing that is repeated to the customer.
MOST_NEAREST = 2


def say_what_is_not_sold(turn: Turn) -> bool:
    """Names what is not sold, and asks whether a product of another kind will do: Masala Chai for
    "green tea". Returns whether it has asked that."""
    if beside := turn.entities("not_sold"):
        things = ", ".join(beside)
        if nearest := nearest_names(turn, beside):
            turn.say("utter_not_sold_nearest", things=things, products=", ".join(nearest))
        else:
            turn.say("utter_not_sold", things=things)
    asked = False
    products = catalogue.find_by_sku(
        turn.session, [requested.product for requested in turn.requested_lines()]
    )
    for words, kind, sku in other_kinds(turn):
        product = products.get(sku)
        if product and product.is_on_offer and not kinds.is_said_of(product, kind):
            turn.say("utter_other_kind", thing=words, product=kinds.name_with_kind(product))
            asked = True
    return asked


def say_what_is_missing(turn: Turn, cart: Cart) -> None:
    """Names the products of a cart that are sold out or no longer sold."""
    if cart.withdrawn:
        products = [name for name in cart.missing if name in cart.withdrawn]
        turn.say("utter_no_longer_sold", products=", ".join(products))
    if sold_out := [name for name in cart.missing if name not in cart.withdrawn]:
        turn.say("utter_not_available", products=", ".join(sold_out))


def nearest_names(turn: Turn, things: Sequence[str]) -> list[str]:
    """The names of the available products that are most like what is not sold."""
    found = (nearest_products(turn.session, thing)[:MOST_NEAREST] for thing in things)
    names = (name_product(one, turn.language) for products in found for one in products)
    return list(dict.fromkeys(names))


def other_kinds(turn: Turn) -> list[tuple[str, str, str]]:
    """For each product that is named as another kind: the customer's words, the part of them that
    names the kind, and the sku: ("green tea", "green ", "tea")."""
    entities: list[dict[str, Any]] = turn.tracker.latest_message.get("entities", [])
    lines = {one.get("group"): one for one in entities if one["entity"] == "product"}
    return [
        (one["value"], kind_in(one, line), line["value"])
        for one in entities
        if one["entity"] == "other_kind" and (line := lines.get(one["group"]))
    ]


def kind_in(named: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    """What of the words for another kind says which: those around the product's own name."""
    words: str = named["value"]
    start, end = line["start"] - named["start"], line["end"] - named["start"]
    return f"{words[:start]} {words[end:]}".strip()
