"""Random zones and addresses against an oracle that sorts, and against vectors on the globe."""

from decimal import Decimal
from math import acos, cos, pi, sin

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from shop.fulfilment.addresses import Address
from shop.fulfilment.zones import distance_km, find_zone
from storage.models import DeliveryZone

money = st.integers(0, 6).map(lambda n: Decimal(50 * n))
near = st.sampled_from([0.0, 0.01, 0.02, 0.05, 0.1])
postcodes = st.sampled_from(["560001", "560 001", "560002", "5600*", "56*", "400001"])


@st.composite
def zones(draw, key):
    is_round = draw(st.booleans())
    return DeliveryZone(
        id=key,
        name=str(key),
        postcodes=draw(st.lists(postcodes, max_size=2)),
        latitude=12 + draw(near) if is_round else None,
        longitude=77 + draw(near) if is_round else None,
        radius_km=Decimal(draw(st.sampled_from([1, 2, 5, 12]))) if is_round else None,
        fee=draw(money),
        minimum=draw(money),
        free_from=draw(st.none() | money),
        minutes=draw(st.sampled_from([30, 45])),
        position=draw(st.integers(0, 2)),
    )


some_zones = st.integers(0, 4).flatmap(
    lambda many: st.tuples(*(zones(key) for key in range(1, many + 1))).map(list)
)
addresses = st.none() | st.builds(
    lambda postcode, point: Address("x", postcode, *point),
    st.none() | st.sampled_from(["560001", "560002", "560099", "110001"]),
    st.just((None, None)) | st.tuples(near.map((12.0).__add__), near.map((77.0).__add__)),
)


def oracle_fits(zone, address):
    """By text alone, and by the angle between two vectors."""
    for pattern in (pattern.replace(" ", "") for pattern in zone.postcodes):
        if address.postcode and (
            address.postcode == pattern
            or (pattern[-1] == "*" and address.postcode[: len(pattern) - 1] == pattern[:-1])
        ):
            return True
    return bool(zone.radius_km and address.latitude) and flat_km(zone, address) <= zone.radius_km


def flat_km(zone, address):
    def vector(latitude, longitude):
        north, east = latitude * pi / 180, longitude * pi / 180
        return cos(north) * cos(east), cos(north) * sin(east), sin(north)

    both = vector(zone.latitude, zone.longitude), vector(address.latitude, address.longitude)
    return acos(min(1, sum(a * b for a, b in zip(*both, strict=True)))) * 6371.0088


def oracle(zones, address, goods, shop_minimum):
    """(where, id, fee) in the words of the contract, one after the other."""
    if not zones:
        return "inside", None, 0
    found = [zone for zone in zones if address and oracle_fits(zone, address)]
    if not found:
        if any(zone.postcodes for zone in zones):
            return "outside" if address and address.postcode else "needs_postcode", None, None
        if any(zone.radius_km for zone in zones):
            return "outside" if address and address.latitude else "needs_pin", None, None
        return "outside", None, None

    def fee(zone):
        return 0 if zone.free_from is not None and goods >= zone.free_from else zone.fee

    # Sorted by the least important first: Python's sorting keeps the order of equals.
    found.sort(key=lambda zone: zone.id)
    found.sort(key=lambda zone: zone.position)
    found.sort(key=lambda zone: zone.minimum)
    found.sort(key=fee)
    found.sort(key=lambda zone: goods >= zone.minimum and goods >= shop_minimum, reverse=True)
    return "inside", found[0].id, fee(found[0])


@given(some_zones, addresses, money, money)
@examples(max_examples=500, deadline=None)
def test_zones_as_the_oracle_says(zones, address, goods, shop_minimum):
    answer = find_zone(zones, address, goods, shop_minimum)
    found = answer.delivery
    zone = found.zone.id if found and found.zone else None
    expected = oracle(zones, address, goods, shop_minimum)
    assert (answer.where, zone, found.fee if found else None) == expected


def test_distances_on_the_globe():
    assert 735 < distance_km(12.9716, 77.5946, 18.5204, 73.8567) < 736  # Bengaluru - Pune
    assert round(distance_km(0, 0, 0, 180)) == 20015
    assert distance_km(12.5, 77.5, 12.5, 77.5) == 0


def test_a_shop_without_zones_delivers_everywhere_for_nothing():
    answer = find_zone([], None, Decimal(0), Decimal(500))
    assert answer.where == "inside"
    assert (answer.delivery.fee, answer.delivery.minimum, answer.delivery.minutes) == (0, 0, 45)
