"""Answers where the shop delivers and what that costs, from its zones."""

from collections.abc import Sequence
from decimal import Decimal

from actions.cart import open_cart
from actions.place_questions import say_pick_up_instead
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

    False if there are no zones and the owner has an answer, which is sent instead.
    """
    zones, settings = read_zones(turn.session), read_settings(turn.session)
    if not zones and own_answer(turn, turn.entity("topic") or "delivery_area"):
        return False
    if "delivery" not in settings.fulfilment:
        turn.say("utter_fulfilment_not_offered", way=turn.word("way_delivery"))
        say_pick_up_instead(turn)
    elif not zones:
        minimum = settings.minimum_order
        turn.say("utter_delivers_anywhere", terms=terms_in_words(turn, minimum))
    else:
        say_zones(turn, zones)
    return True


def say_zones(turn: Turn, zones: Sequence[DeliveryZone]) -> None:
    """Says whether the shop delivers to the place in the question, else all its zones."""
    address = asked_place(turn)
    if address is None or not say_place(turn, zones, address):
        turn.dispatcher.utter_message(text=zones_in_words(turn, zones))
        if any(zone.postcodes for zone in zones):
            turn.say("utter_ask_with_postcode")


def own_answer(turn: Turn, topic: str) -> str | None:
    """The owner's answer to a topic."""
    return answers.find_own_answer(turn.session, topic, turn.language)


def own_charge(turn: Turn) -> str | None:
    """The delivery charge in the owner's words; None if there are zones, or no answer."""
    return None if read_zones(turn.session) else own_answer(turn, "delivery_charge")


def charge_in_words(turn: Turn) -> str | None:
    """The delivery charge by the zones, else in the owner's words, else that it is free. None if
    the shop does not deliver."""
    if own := own_charge(turn):
        return own
    zones = read_zones(turn.session)
    if "delivery" not in read_settings(turn.session).fulfilment:
        return None
    if not zones:
        return format_response("utter_delivery_is_free", turn.language)
    return zones_in_words(turn, zones)


def asked_place(turn: Turn) -> Address | None:
    """The place that a question names: an address, or a PIN code alone."""
    if named := Address.from_json(turn.entity("address")):
        return named
    postcode = postcode_in(turn.typed)
    return Address(postcode, postcode) if postcode else None


def say_place(turn: Turn, zones: Sequence[DeliveryZone], address: Address) -> bool:
    """Says whether the shop delivers there; False if the address lacks what the zones need."""
    settings = read_settings(turn.session)
    found = find_zone(zones, address, open_cart(turn).total, settings.minimum_order)
    if found.delivery and found.delivery.zone:
        said = zone_terms(turn, found.delivery.zone, settings.minimum_order)
        turn.say("utter_delivered_there", address=address.text, lines=said)
    elif found.where == "outside":
        turn.say("utter_not_delivered_there", address=address.text)
        say_pick_up_instead(turn)
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
    """Fee, free from which amount, minimum order (`least` is the shop's own) and minutes."""
    minutes = turn.word("delivery_minutes", minutes=str(zone.minutes))
    return f"{terms_in_words(turn, max(zone.minimum, least), zone)}, {minutes}"


def terms_in_words(turn: Turn, minimum: Decimal, zone: DeliveryZone | None = None) -> str:
    """Fee, free from which amount, and minimum order; without a zone delivery is free."""
    fee = zone.fee if zone else Decimal(0)
    free_from = zone.free_from if zone and zone.fee else None
    terms = [
        turn.word("delivery_fee", fee=format_rupees(fee)) if fee else turn.word("delivery_free"),
        free_from is not None and turn.word("delivery_free_from", amount=format_rupees(free_from)),
        minimum and turn.word("delivery_minimum", amount=format_rupees(minimum)),
    ]
    return ", ".join(term for term in terms if term)
