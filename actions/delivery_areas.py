"""Answers where the shop delivers and what that costs, from its zones."""

from collections.abc import Sequence
from decimal import Decimal

from actions.cart import open_cart
from actions.turn import Turn
from shop.faq import answers
from shop.fulfilment.addresses import Address
from shop.fulfilment.postcodes import postcode_in
from shop.fulfilment.zones import find_zone, read_zones
from shop.language.responses import format_response
from shop.opening.reading import read_settings
from shop.products.money import format_rupees
from shop.whatsapp.fitting import fit_lines
from storage.models import DeliveryZone


def say_delivery(turn: Turn) -> bool:
    """Says whether the shop delivers to the place in the question, else where it does.

    False where there are no zones: then the owner's own answer says it.
    """
    zones, settings = read_zones(turn.session), read_settings(turn.session)
    if not zones:
        return False
    if "delivery" not in settings.fulfilment:
        turn.say("utter_fulfilment_not_offered", way=turn.word("way_delivery"))
        return True
    address = asked_place(turn)
    if address is None or not say_place(turn, zones, address):
        turn.dispatcher.utter_message(text=zones_in_words(turn, zones))
        if any(zone.postcodes for zone in zones):
            turn.say("utter_ask_with_postcode")
    return True


def charge_in_words(turn: Turn) -> str | None:
    """What delivery costs: by the zones; without any, as the owner says it."""
    zones = read_zones(turn.session)
    if not zones:
        return answers.find_answer(turn.session, "delivery_charge", turn.language)
    is_offered = "delivery" in read_settings(turn.session).fulfilment
    return zones_in_words(turn, zones) if is_offered else None


def asked_place(turn: Turn) -> Address | None:
    """The place that a question names: an address, or a PIN code alone."""
    if named := Address.from_json(turn.entity("address")):
        return named
    postcode = postcode_in(turn.typed)
    return Address(postcode, postcode) if postcode else None


def say_place(turn: Turn, zones: Sequence[DeliveryZone], address: Address) -> bool:
    """Says whether the shop delivers there; False where the address does not tell."""
    settings = read_settings(turn.session)
    found = find_zone(zones, address, open_cart(turn).total, settings.minimum_order)
    if found.delivery and found.delivery.zone:
        said = zone_terms(turn, found.delivery.zone, settings.minimum_order)
        turn.say("utter_delivered_there", address=address.text, lines=said)
    elif found.where == "outside":
        turn.say("utter_not_delivered_there", address=address.text)
        if "pickup" in settings.fulfilment:
            turn.say("utter_pick_up_instead")
    else:
        return False
    return True


def zones_in_words(turn: Turn, zones: Sequence[DeliveryZone]) -> str:
    """Each zone in a line, as many as one message takes."""
    least = read_settings(turn.session).minimum_order
    said = [f"• {zone.name}: {zone_terms(turn, zone, least)}" for zone in zones]
    lines = fit_lines(said, turn.word("and_more_places"))
    return format_response("utter_delivery_zones", turn.language, lines=lines)


def zone_terms(turn: Turn, zone: DeliveryZone, least: Decimal) -> str:
    """Fee, from when on it is free, smallest order (`least` is the shop's own) and minutes."""
    minimum = max(zone.minimum, least)
    terms = [
        turn.word("delivery_fee", fee=format_rupees(zone.fee))
        if zone.fee
        else turn.word("delivery_free"),
        zone.fee
        and zone.free_from is not None
        and turn.word("delivery_free_from", amount=format_rupees(zone.free_from)),
        minimum and turn.word("delivery_minimum", amount=format_rupees(minimum)),
        turn.word("delivery_minutes", minutes=str(zone.minutes)),
    ]
    return ", ".join(term for term in terms if term)
