"""What an order would come to if it were placed now: way, zone, fee, minimum and promise.

Nothing is locked here: the placing checks all of it again (shop/orders/trade_checks.py).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from shop.carts.terms import OrderTerms
from shop.fulfilment.promises import lead_minutes, promise_time
from shop.fulfilment.zones import ZoneAnswer, find_zone, read_zones
from shop.opening.reading import read_schedule, read_settings
from shop.opening.schedule import Schedule
from shop.opening.state import OpeningState, busy_minutes, opening_state
from shop.orders.changing import ordered_terms
from shop.orders.placing import latest_orders
from shop.orders.trade_checks import known_way, least_worth
from storage import engine
from storage.models import Fulfilment, ShopSettings, UserProfile

# The ways that are reused from the last order; a table differs each time.
REMEMBERED = ("pickup", "delivery")


@dataclass(frozen=True)
class Quote:
    """terms: with the shop's only way, and the fee as it is now. zone: of a delivery's address.
    missing: the amount below the minimum. minutes: how long it takes now. is_usual: whether the
    promise is the shop's plain preparation time, as the usual confirmation says it.
    """

    settings: ShopSettings
    schedule: Schedule
    opening: OpeningState
    terms: OrderTerms
    zone: ZoneAnswer | None
    minimum: Decimal
    missing: Decimal
    minutes: int
    promised_at: datetime
    is_usual: bool

    @property
    def ways(self) -> list[Fulfilment]:
        """The ways that the shop offers, each once."""
        return list(dict.fromkeys(self.settings.fulfilment))

    @property
    def has_to_wait(self) -> bool:
        """Whether nothing is promised before staff accept it."""
        return self.settings.accepts_orders == "by_staff"


def quote_order(session: Session, goods: Decimal, terms: OrderTerms) -> Quote:
    """Quotes goods of this worth with these terms."""
    now = engine.now(session)
    settings = read_settings(session)
    schedule = read_schedule(session, settings, now)
    way = known_way(settings, terms)
    zone = None
    if way == "delivery":
        zone = find_zone(read_zones(session), terms.address, goods, settings.minimum_order)
    delivery = zone.delivery if zone else None
    minimum = least_worth(settings, delivery)
    minutes = delivery.minutes if delivery else None
    fee = delivery.fee if delivery else Decimal(0)
    is_plain = way != "delivery" and terms.due_at is None and not busy_minutes(settings, now)
    return Quote(
        settings=settings,
        schedule=schedule,
        opening=opening_state(settings, schedule, now),
        terms=replace(terms, fulfilment=way, fee=fee),
        zone=zone,
        minimum=minimum,
        missing=max(Decimal(0), minimum - goods),
        minutes=lead_minutes(settings, now, way or "pickup", minutes),
        promised_at=promise_time(settings, now, way or "pickup", minutes, terms.due_at),
        is_usual=is_plain,
    )


def terms_of_last_order(session: Session, customer: UserProfile | None) -> OrderTerms:
    """The way that the customer took last time, if the shop still offers it, and the address."""
    last = next(iter(latest_orders(session, customer, most=1)), None)
    if last is None or last.fulfilment not in REMEMBERED:
        return OrderTerms()
    if last.fulfilment not in read_settings(session).fulfilment:
        return OrderTerms()
    address = ordered_terms(last).address if last.fulfilment == "delivery" else None
    return OrderTerms(last.fulfilment, address)
