"""Delivery zones: which one an address lies in, and the fee there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.fulfilment.addresses import Address
from shop.fulfilment.postcodes import matches_postcode
from storage.models import DeliveryZone

_EARTH_KM = 6371.0088
# The minutes of a delivery without zones; also the default of a zone.
USUAL_MINUTES = 45

# Whether an address is inside or outside the zones, or what to ask for to find out, since nothing
# is geocoded.
Where = Literal["inside", "outside", "needs_postcode", "needs_pin"]


@dataclass(frozen=True)
class Delivery:
    """The delivery of goods of a certain worth to an address; `zone` None: a shop without zones."""

    zone: DeliveryZone | None
    fee: Decimal
    minimum: Decimal
    minutes: int


@dataclass(frozen=True)
class ZoneAnswer:
    """Where an address lies; `delivery` is set only for `inside`."""

    where: Where
    delivery: Delivery | None = None


EVERYWHERE = ZoneAnswer("inside", Delivery(None, Decimal(0), Decimal(0), USUAL_MINUTES))


def read_zones(session: Session) -> Sequence[DeliveryZone]:
    """The active zones in the owner's order."""
    query = select(DeliveryZone).where(DeliveryZone.is_active)
    query = query.order_by(DeliveryZone.position, DeliveryZone.id)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def find_zone(
    zones: Sequence[DeliveryZone], address: Address | None, goods: Decimal, minimum: Decimal
) -> ZoneAnswer:
    """The zone that delivers goods of this worth to an address; `minimum` is the shop's own.

    Of several zones: first those whose minimum is met, then the cheapest, the lowest minimum, the
    owner's order.
    """
    if not zones:
        return EVERYWHERE
    fitting = [zone for zone in zones if address and fits_zone(zone, address)]
    if not fitting:
        return ZoneAnswer(_what_is_missing(zones, address))

    def preference(zone: DeliveryZone) -> tuple[bool, Decimal, Decimal, int, int]:
        is_short = goods < max(zone.minimum, minimum)
        return is_short, fee_for(zone, goods), zone.minimum, zone.position, zone.id

    best = min(fitting, key=preference)
    return ZoneAnswer("inside", Delivery(best, fee_for(best, goods), best.minimum, best.minutes))


def fee_for(zone: DeliveryZone, goods: Decimal) -> Decimal:
    """The fee of a zone; 0 from its `free_from` on."""
    is_free = zone.free_from is not None and goods >= zone.free_from
    return Decimal(0) if is_free else zone.fee


def fits_zone(zone: DeliveryZone, address: Address) -> bool:
    """Whether an address lies in a zone, by its postcode or its point."""
    postcode = address.postcode
    if postcode and any(matches_postcode(postcode, pattern) for pattern in zone.postcodes):
        return True
    return _is_within(zone, address)


def distance_km(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """The distance of two points on the globe, by the haversine formula."""
    north, south = radians(latitude), radians(other_latitude)
    east = radians(other_longitude - longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def _is_within(zone: DeliveryZone, address: Address) -> bool:
    if zone.latitude is None or zone.longitude is None or zone.radius_km is None:
        return False
    if address.latitude is None or address.longitude is None:
        return False
    distance = distance_km(zone.latitude, zone.longitude, address.latitude, address.longitude)
    return distance <= float(zone.radius_km)


def _what_is_missing(zones: Iterable[DeliveryZone], address: Address | None) -> Where:
    """The missing part: a PIN code if a zone has PIN codes; the location if all go by radius."""
    if any(zone.postcodes for zone in zones):
        return "outside" if address and address.postcode else "needs_postcode"
    if any(zone.radius_km is not None for zone in zones):
        return "outside" if address and address.has_point else "needs_pin"
    return "outside"
