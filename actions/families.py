"""Asks which product is meant by a name that fits several, and keeps the rest of the message."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from rasa_sdk.events import EventType

from actions.noted import say_noted
from actions.order_terms import enter_order_step
from actions.product_taps import product_taps
from actions.terms import Terms, open_terms
from actions.turn import Turn
from shop.carts.cart import Cart
from shop.carts.lines import lines_of_items
from shop.carts.mentions import is_refused
from shop.products import catalogue
from shop.products.finding.search import fitting_products
from shop.products.pack_names import name_without_size
from shop.steps import steps
from storage.models import Product

Entity = Mapping[str, Any]
# How many earlier messages of the customer are searched for the one with the ambiguous name.
FARTHEST = 6


def families_in(entities: Sequence[Entity]) -> list[Entity]:
    """The entities whose name fits several products."""
    return [one for one in entities if one["entity"] == "candidates"]


def skus_of_families(turn: Turn) -> list[str]:
    """All products that an ambiguous name in this message fits."""
    found = families_in(turn.tracker.latest_message.get("entities", []))
    return [sku for one in found for sku in one["value"]]


def settle_families(turn: Turn) -> Turn:
    """The turn with ambiguous names settled: a name with one available product is that product, and
    a sold-out product becomes a choice of others that match the words."""
    message = turn.tracker.latest_message
    aside = without_sold_out(turn, message)
    if aside is not message:
        turn = with_entities(turn, message, aside["entities"])
    chosen: list[str | None] = []
    for one in families_in(turn.tracker.latest_message.get("entities", [])):
        offered = offered_of(turn, one)
        if speaks_of_the_cart(turn, one):
            offered = on_the_cart(turn, offered) or offered
        chosen.append(offered[0].sku if len(offered) == 1 else None)
    return with_message(turn, turn.tracker.latest_message, chosen) if any(chosen) else turn


def speaks_of_the_cart(turn: Turn, family: Entity) -> bool:
    """Whether the words around a name change or remove something of the cart: "make the pizza
    large", "butter rehne do"."""
    if is_refused(turn.signs, family["start"], family["end"]):
        return True
    entities = turn.tracker.latest_message.get("entities", [])
    own = [one for one in entities if one.get("group") == family.get("group")]
    numbers = [one["value"] for one in own if one["entity"] == "quantity"]
    return turn.says("is_made") and numbers in ([], [1])  # A size means that it is one.


def on_the_cart(turn: Turn, offered: Sequence[Product]) -> list[Product]:
    """The products that are on the cart; else those of which another pack is."""
    skus = {line.product for line in lines_of_items(turn.cart)}
    known = catalogue.find_by_sku(turn.session, skus) if skus else {}
    names = {name_without_size(product.name) for product in known.values()}
    there = [one for one in offered if one.sku in skus]
    return there or [one for one in offered if name_without_size(one.name) in names]


def ask_which(turn: Turn, cart: Cart) -> list[EventType] | None:
    """Asks which product of the first ambiguous name is meant; None if there is nothing to ask."""
    found = families_in(turn.tracker.latest_message.get("entities", []))
    families = [offered for one in found if len(offered := offered_of(turn, one)) > 1]
    if not families:
        return None
    first = next(one for one in found if offered_of(turn, one))
    buttons = product_taps(turn, families[0])
    words = named_so(turn, first)
    turn.dispatcher.utter_message(response="utter_which_product", buttons=buttons, thing=words)
    return enter_order_step(steps.CATEGORY_SELECTION, cart, open_terms(turn))


def named_so(turn: Turn, family: Entity) -> str:
    """The customer's word for an ambiguous name."""
    text = turn.tracker.latest_message.get("text") or ""
    return str(text[family["start"] : family["end"]])


def restore_message(turn: Turn) -> Turn | None:
    """The earlier message, with the tapped product in place of the ambiguous name; None if the tap
    does not answer that question."""
    if not turn.is_tap:
        return None
    tapped = str(turn.entity("product"))
    asked, known = open_question(turn)
    chosen = [_chosen(one, [tapped, *known]) for one in families_in(asked.get("entities") or [])]
    return with_message(turn, asked, chosen) if any(chosen) else None


def ask_which_again(turn: Turn, cart: Cart, terms: Terms) -> list[EventType] | None:
    """Asks again which product is meant, if that question is open and the message ("pickup", an
    address) does not answer it. What the message says is kept with the question."""
    if turn.requested_lines():
        return None
    asked, known = open_question(turn)
    chosen = [_chosen(one, known) for one in families_in(asked.get("entities") or [])]
    if not chosen or all(chosen):
        return None
    terms = say_noted(turn, terms)
    then = with_message(turn, asked, chosen)
    then.tracker.slots = {**turn.tracker.slots, "terms": terms.as_slot()}
    return ask_which(then, cart)


def open_question(turn: Turn) -> tuple[Mapping[str, Any], list[str]]:
    """The message of this conversation whose families were asked about, and the products that were
    chosen since; an empty message if the open question is about something else."""
    known: list[str] = []
    if turn.step is not steps.CATEGORY_SELECTION:
        return {}, known
    for event in heard_before(turn):
        parsed = without_sold_out(turn, event.get("parse_data") or {})
        entities = parsed.get("entities") or []
        if families_in(entities):
            return parsed, known
        products = [str(one["value"]) for one in entities if one["entity"] == "product"]
        is_tap = str(parsed.get("text") or event.get("text") or "").startswith("/")
        if products and not is_tap:
            return {}, known
        known += products
    return {}, known


def heard_before(turn: Turn) -> list[Mapping[str, Any]]:
    """The last messages of this conversation before this one, the latest first."""
    found: list[Mapping[str, Any]] = []
    for event in reversed(turn.tracker.events):
        if event["event"] == "session_started":
            break
        if event["event"] == "user":
            found.append(event)
    return found[1 : FARTHEST + 1]


def with_message(turn: Turn, message: Mapping[str, Any], chosen: Sequence[str | None]) -> Turn:
    """The turn as if this message had come now, with chosen products for its ambiguous names."""
    entities = message.get("entities") or []
    by_group = {
        one["group"]: sku for one, sku in zip(families_in(entities), chosen, strict=True) if sku
    }
    meant = [
        {**one, "entity": "product", "value": by_group[one["group"]]}
        if one["entity"] == "candidates" and one["group"] in by_group
        else one
        for one in entities
    ]
    return with_entities(turn, message, meant)


def with_entities(turn: Turn, message: Mapping[str, Any], entities: Sequence[Entity]) -> Turn:
    """The turn as if this message, with these entities, had come now."""
    now = turn.tracker.latest_message
    tracker = copy(turn.tracker)
    tracker.latest_message = {
        **now,
        **message,
        "entities": list(entities),
        "message_id": now.get("message_id"),
    }
    return Turn(turn.session, turn.dispatcher, tracker)


def without_sold_out(turn: Turn, message: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message with each sold-out product replaced by the available products that match the same
    words: "coffee" by the Filter Coffee."""
    entities, text = message.get("entities") or [], str(message.get("text") or "")
    typed = [one for one in entities if one["entity"] == "product" and "group" in one]
    known = catalogue.find_by_sku(turn.session, [one["value"] for one in typed]) if typed else {}
    meant = []
    for one in entities:
        product = known.get(one["value"]) if one["entity"] == "product" else None
        others = (
            fitting_products(turn.session, text[one["start"] : one["end"]])
            if product and not product.is_on_offer and one in typed
            else []
        )
        skus = [each.sku for each in others]
        meant.append({**one, "entity": "candidates", "value": skus} if skus else one)
    return {**message, "entities": meant} if meant != list(entities) else message


def offered_of(turn: Turn, family: Entity) -> list[Product]:
    """The products of a family that are on offer, in the owner's order."""
    known = catalogue.find_by_sku(turn.session, family["value"])
    return [known[sku] for sku in family["value"] if sku in known and known[sku].is_on_offer]


def _chosen(family: Entity, tapped: Sequence[str]) -> str | None:
    return next((sku for sku in tapped if sku in family["value"]), None)
