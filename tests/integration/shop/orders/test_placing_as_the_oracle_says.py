"""Random shops, moments and orders: what is placed, and with what, is what a slow oracle says.

Hours, exceptions and clocks (also such as change around the moment), zones, slots, pauses, stock
and minimum all at once, in the real database; the oracle knows the words of the contract alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, event, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.carts.terms import OrderTerms
from shop.fulfilment.addresses import Address
from shop.opening.schedule import Hours, Schedule
from shop.orders.order_checks import NotPlaceable
from shop.orders.placing import place_order
from storage import engine
from storage.models import DeliveryZone, OpeningException, OpeningHours, Order
from tests.integration.shop.orders.trading import settle, somebody
from tests.unit.shop.fulfilment.test_zones import addresses, some_zones
from tests.unit.shop.fulfilment.test_zones import oracle as zone_oracle
from tests.unit.shop.opening.test_schedule import CLOCKS, hours, oracle_openings

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
COFFEE = Decimal(120)
WAYS = ("pickup", "delivery", "dine_in")


@dataclass
class World:
    """A shop at a moment, and an order that somebody wants to place."""

    schedule: Schedule
    now: datetime
    settings: dict[str, Any]
    zones: list[DeliveryZone]
    stock: int | None
    quantity: int
    terms: OrderTerms
    # When other orders are due, and whether they are cancelled.
    others: list[tuple[datetime, bool]] = field(default_factory=list)

    @property
    def lead(self) -> timedelta:
        return self.settings["preparation_minutes"] * MINUTE

    @property
    def step(self) -> timedelta:
        return self.settings["slot_minutes"] * MINUTE

    @property
    def goods(self) -> Decimal:
        return COFFEE * self.quantity


filled = st.lists(hours, min_size=1, max_size=2).map(tuple)


@st.composite
def worlds(draw: Any) -> World:
    zone = draw(st.sampled_from(sorted(CLOCKS)))
    around = draw(st.sampled_from(CLOCKS[zone]))
    near = st.integers(-2, 3).map(lambda days: around + days * DAY)
    schedule = Schedule(
        ZoneInfo(zone),
        draw(st.dictionaries(st.integers(1, 7), filled, max_size=7)),
        draw(st.dictionaries(near, st.just(()) | filled, max_size=3)),
    )
    now = datetime.combine(around, time(), UTC) + draw(st.integers(-1440, 1440)) * MINUTE
    starts = [start for start, _ in oracle_openings(schedule, around, 2)]
    if starts and draw(st.integers(0, 2)):  # Mostly while it is open.
        now = draw(st.sampled_from(starts)) + draw(st.integers(0, 240)) * MINUTE
    settings = {
        "time_zone": zone,
        "preparation_minutes": draw(st.sampled_from([0, 15, 40])),
        "slot_minutes": draw(st.sampled_from([15, 30, 45])),
        "order_ahead_days": draw(st.sampled_from([0, 3, 3, 3, 3])),
        "minimum_order": draw(st.sampled_from([*[0] * 6, COFFEE * 2, COFFEE * 2 + 1])),
        "fulfilment": draw(st.lists(st.sampled_from(WAYS), min_size=1, unique=True)),
        "paused_until": draw(st.sampled_from([*[None] * 6, now - MINUTE, now + MINUTE])),
        "busy_until": draw(st.sampled_from([None, now - MINUTE, now + MINUTE])),
        "busy_minutes": 20,
    }
    stock = draw(st.sampled_from([*[None] * 6, 1, 2]))
    zones = draw(st.just([]) | some_zones)
    world = World(schedule, now, settings, zones, stock, draw(st.integers(1, 3)), OrderTerms())
    return with_others(draw, with_order(draw, world))


def with_order(draw: Any, world: World) -> World:
    """Mostly an order that can be placed: at a time of the shop, with the fee of its zone."""
    way = draw(st.sampled_from([*world.settings["fulfilment"] * 4, *WAYS]))
    slots = [
        start + world.lead + draw(st.integers(0, 3)) * world.step
        for start, _ in oracle_openings(world.schedule, local_day(world, world.now), 3)
    ]
    between = st.sampled_from([0, 0, 7, 14]).map(lambda minutes: minutes * MINUTE)
    slots = [slot + draw(between) for slot in slots]
    slots = [slot for slot in slots if slot > world.now] or slots
    some_time = st.integers(-60, 3 * 1440).map(lambda minutes: world.now + minutes * MINUTE)
    kinds = [st.none(), some_time, *[st.sampled_from(slots or [None])] * 3]
    due = draw(draw(st.sampled_from(kinds)))
    address = draw(st.just(Address("Flat 3", "560001")) | addresses)
    fee = 0
    if way == "delivery" and address:
        least = Decimal(world.settings["minimum_order"])
        fee = zone_oracle(world.zones, address, world.goods, least)[2] or 0
    terms = OrderTerms(
        fulfilment=way,
        address=address if way == "delivery" else None,
        table_number=draw(st.sampled_from(["4", "4", "4", None])),
        fee=Decimal(draw(st.sampled_from([*[fee] * 6, 50]))),
        due_at=due,
    )
    return replace(world, terms=terms)


def with_others(draw: Any, world: World) -> World:
    """With the orders of others, and a time that takes as many, or one more."""
    due = world.terms.due_at or world.now
    near = [due + minutes * MINUTE for minutes in (0, 0, 14, -1, -7)]
    others = draw(st.lists(st.tuples(st.sampled_from(near), st.booleans()), max_size=3))
    openings = list(oracle_openings(world.schedule, local_day(world, world.now), 6))
    slot = slot_of(world, due, openings) or due
    taken = sum(slot <= when < slot + world.step and not is_gone for when, is_gone in others)
    capacity = draw(st.sampled_from([None, taken or 1, taken + 1]))
    return replace(world, others=others, settings={**world.settings, "slot_capacity": capacity})


def local_day(world: World, moment: datetime) -> date:
    return moment.astimezone(world.schedule.zone).date()


def reasons(world: World) -> Iterator[str]:
    """Everything that forbids the order, in no order."""
    settings, terms, now = world.settings, world.terms, world.now
    openings = list(oracle_openings(world.schedule, local_day(world, now), 6))
    is_open = any(start <= now < end for start, end in openings)
    is_paused = bool(settings["paused_until"] and settings["paused_until"] > now)
    if is_paused or (terms.due_at is None and not is_open):
        yield "NotTakingOrders"
    if terms.due_at:
        yield from reasons_of_time(world, terms.due_at, openings)
    if terms.fulfilment not in settings["fulfilment"]:
        yield "WayNotOffered"
    if terms.fulfilment == "dine_in" and not terms.table_number:
        yield "TableMissing"
    if world.stock is not None and world.quantity > world.stock:
        yield "OutOfStock"
    yield from reasons_of_place(world)


def reasons_of_place(world: World) -> Iterator[str]:
    terms, fee, least = world.terms, 0, Decimal(world.settings["minimum_order"])
    if terms.fulfilment == "delivery":
        where, key, found = zone_oracle(world.zones, terms.address, world.goods, least)
        if terms.address is None or where in ("needs_postcode", "needs_pin"):
            yield "AddressMissing"
        if where == "outside":
            yield "OutsideZones"
        fee = found or 0
        least = max([least, *(zone.minimum for zone in world.zones if zone.id == key)])
    if terms.fee != fee:
        yield "FeeChanged"
    if world.goods < least:
        yield "BelowMinimum"


def reasons_of_time(
    world: World, due: datetime, openings: list[tuple[datetime, datetime]]
) -> Iterator[str]:
    settings = world.settings
    if due <= world.now:
        yield "SlotPast"
    ahead = (local_day(world, due) - local_day(world, world.now)).days
    slot = slot_of(world, due, openings)
    if not (slot and settings["order_ahead_days"] and 0 <= ahead <= settings["order_ahead_days"]):
        yield "TimeNotOffered"
        return
    taken = [when for when, gone in world.others if not gone and slot <= when < slot + world.step]
    if settings["slot_capacity"] and len(taken) >= settings["slot_capacity"]:
        yield "SlotFull"


def slot_of(
    world: World, due: datetime, openings: list[tuple[datetime, datetime]]
) -> datetime | None:
    """The start of the latest slot that has begun by then, of the openings that hold the moment."""
    begun = []
    for start, end in openings:
        slot = start + world.lead
        while due < end and slot <= due:
            begun.append(slot)
            slot += world.step
    return max(begun, default=None)


def promised(world: World) -> datetime:
    """When it is there: now, how long it takes, and the rush; a chosen time is its own promise."""
    if world.terms.due_at:
        return world.terms.due_at
    minutes = world.settings["preparation_minutes"]
    if world.terms.fulfilment == "delivery":
        least = Decimal(world.settings["minimum_order"])
        _, key, _ = zone_oracle(world.zones, world.terms.address, world.goods, least)
        minutes = next((zone.minutes for zone in world.zones if zone.id == key), 45)
    is_busy = world.settings["busy_until"] and world.settings["busy_until"] > world.now
    return world.now + (minutes + (20 if is_busy else 0)) * MINUTE


def arrange(session: Session, world: World) -> None:
    """Writes the world's shop."""
    settle(session, **world.settings)
    for weekday, rows in world.schedule.weekly.items():
        session.add_all(OpeningHours(weekday=weekday, opens=h.opens, closes=h.closes) for h in rows)
    for day, rows in world.schedule.exceptions.items():
        found: list[Hours | None] = [*rows] or [None]
        session.add_all(
            OpeningException(day=day, opens=h and h.opens, closes=h and h.closes) for h in found
        )
    columns = DeliveryZone.__table__.columns.keys()
    for zone in world.zones:
        row = {name: getattr(zone, name) for name in columns if name != "is_active"}
        session.execute(insert(DeliveryZone).values(**row))
    stock = text("UPDATE products SET stock = :stock, price = :price WHERE sku = 'coffee'")
    session.execute(stock, {"stock": world.stock, "price": COFFEE})
    for due, is_cancelled in world.others:
        status = "cancelled" if is_cancelled else "pending"
        session.add(Order(items=[], total=0, due_at=due, status=status))
    session.flush()


@given(worlds())
@examples(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_order_is_placed_as_the_oracle_says(
    session: Session, monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    session.rollback()  # What the example before left, where it failed.
    monkeypatch.setattr(engine, "now", lambda _session: world.now)
    arrange(session, world)
    cart = Cart.reckon(session, [RequestedLine("coffee", world.quantity)])
    cart, forbidden = replace(cart, terms=world.terms), set(reasons(world))
    order, refused = placed_or_refused(session, cart)
    event(type(refused).__name__ if refused else "placed")
    if refused:
        assert type(refused).__name__ in forbidden
    if order:
        assert forbidden == set()
        assert (order.fulfilment, order.fee) == (world.terms.fulfilment, world.terms.fee)
        assert order.total == world.goods + world.terms.fee
        assert (order.due_at, order.promised_at) == (world.terms.due_at, promised(world))
    session.rollback()


def placed_or_refused(session: Session, cart: Cart) -> tuple[Order | None, NotPlaceable | None]:
    try:
        return place_order(session, somebody(session), cart, "wamid.1"), None
    except NotPlaceable as refused:
        return None, refused
