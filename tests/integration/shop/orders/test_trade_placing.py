"""What is checked again in the transaction that places an order, and what the order then says."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, text, update
from sqlalchemy.orm import Session

from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine, lines_of_items
from shop.carts.terms import OrderTerms
from shop.fulfilment.saved_addresses import as_address, own_addresses
from shop.opening import switch
from shop.orders import refusals
from shop.orders.order_checks import PriceChanged
from shop.orders.order_status import cancel_order
from shop.orders.placing import place_order
from shop.products.options import ChosenOption
from storage import engine as database
from storage.models import Order, Product, UserProfile
from tests.integration.shop.orders.trading import (
    HOME,
    add_sizes,
    add_zone,
    cart_of,
    close_the_day,
    first_slot,
    settle,
    somebody,
)

LARGE, OAT = ChosenOption("Size", "Large"), ChosenOption("Milk", "Oat")


@pytest.fixture
def asha(session: Session) -> UserProfile:
    return somebody(session)


def refused(session, customer, cart, kind):
    """Tries to place it; the refusal, and nothing was written."""
    with pytest.raises(kind) as raised:
        place_order(session, customer, cart, "wamid.1")
    assert session.scalar(text("SELECT count(*) FROM orders")) == 0
    return raised.value


def test_with_the_defaults_an_order_is_accepted_as_it_is_placed(session, asha) -> None:
    order = place_order(session, asha, cart_of(session), "wamid.1")
    session.flush()
    session.refresh(order)
    assert (order.status, order.fulfilment, order.fee) == ("pending", "pickup", 0)
    assert order.accepted_at == order.created_at
    assert timedelta(minutes=14) < order.promised_at - order.created_at < timedelta(minutes=16)
    assert (order.address, order.table_number, order.due_at, order.stock_taken) == (
        None, None, None, {},
    )  # fmt: skip
    assert order.items == [
        {"product": "coffee", "product_name": "Coffee", "price": 120, "quantity": 2}
    ]


def test_busy_minutes_are_promised(session, asha) -> None:
    switch.set_busy(session, 20)
    order = place_order(session, asha, cart_of(session), "wamid.1")
    session.refresh(order)
    assert timedelta(minutes=34) < order.promised_at - order.created_at < timedelta(minutes=36)


def test_by_staff_nothing_is_promised_before_they_accept(session, asha) -> None:
    settle(session, accepts_orders="by_staff")
    order = place_order(session, asha, cart_of(session), "wamid.1")
    assert (order.accepted_at, order.promised_at) == (None, None)


def test_nothing_is_placed_while_closed(session, asha) -> None:
    close_the_day(session)
    found = refused(session, asha, cart_of(session), refusals.NotTakingOrders)
    assert found.state.condition == "closed"
    assert found.state.opens_at is not None


def test_nothing_is_placed_while_paused(session, asha) -> None:
    switch.pause_until_reopened(session, "The gas is out")
    settle(session, order_ahead_days=1)
    for due_at in (None, database.now(session) + timedelta(days=1)):
        found = refused(session, asha, cart_of(session, due_at=due_at), refusals.NotTakingOrders)
        assert (found.state.condition, found.state.note) == ("paused", "The gas is out")


def test_an_order_ahead_is_promised_for_its_slot(session, asha) -> None:
    settle(session, order_ahead_days=1)
    close_the_day(session)
    session.execute(text("TRUNCATE opening_hours"))
    due = first_slot(session)
    order = place_order(session, asha, cart_of(session, due_at=due), "wamid.1")
    assert (order.due_at, order.promised_at) == (due, due)


def test_times_that_are_no_slots(session, asha) -> None:
    due = database.now(session) + timedelta(days=1)
    refused(session, asha, cart_of(session, due_at=due), refusals.TimeNotOffered)
    settle(session, order_ahead_days=1)
    early = first_slot(session) - timedelta(minutes=1)  # Nothing is prepared so soon.
    refused(session, asha, cart_of(session, due_at=early), refusals.TimeNotOffered)
    past = first_slot(session) - timedelta(days=3)
    refused(session, asha, cart_of(session, due_at=past), refusals.SlotPast)
    beyond = first_slot(session) + timedelta(days=3)
    refused(session, asha, cart_of(session, due_at=beyond), refusals.TimeNotOffered)


def test_a_time_between_slots_counts_for_its_slot(session, asha) -> None:
    settle(session, order_ahead_days=1, slot_capacity=1)
    slot = first_slot(session)
    between = cart_of(session, due_at=slot + timedelta(minutes=10))
    assert place_order(session, asha, between, "wamid.0").due_at == between.terms.due_at
    session.flush()
    for minutes in (0, 20):
        full = cart_of(session, due_at=slot + timedelta(minutes=minutes))
        with pytest.raises(refusals.SlotFull):
            place_order(session, asha, full, "wamid.1")
    later = cart_of(session, due_at=slot + timedelta(minutes=30))
    assert place_order(session, asha, later, "wamid.1").due_at == later.terms.due_at


def test_a_full_slot_is_free_again_after_a_cancellation(session, asha) -> None:
    settle(session, order_ahead_days=1, slot_capacity=1)
    cart = cart_of(session, due_at=first_slot(session))
    order = place_order(session, asha, cart, "wamid.0")
    session.flush()
    with pytest.raises(refusals.SlotFull):
        place_order(session, asha, cart, "wamid.1")
    cancel_order(session, order)
    assert place_order(session, asha, cart, "wamid.1").due_at == cart.terms.due_at


def test_stock_is_taken_and_given_back(session, asha) -> None:
    session.execute(update(Product).where(Product.sku == "coffee").values(stock=3))
    order = place_order(session, asha, cart_of(session), "wamid.1")
    session.flush()
    assert order.stock_taken == {"coffee": 2}
    stock = text("SELECT stock FROM products WHERE sku = 'coffee'")
    assert session.scalar(stock) == 1
    with pytest.raises(refusals.OutOfStock) as raised:
        place_order(session, asha, cart_of(session), "wamid.2")
    assert (raised.value.product_name, raised.value.wanted, raised.value.left) == ("Coffee", 2, 1)
    cancel_order(session, order)
    assert session.scalar(stock) == 3
    session.execute(text("UPDATE orders SET status = 'pending'"))
    assert session.scalar(stock) == 1


def test_the_same_message_takes_stock_once(session, asha) -> None:
    session.execute(update(Product).where(Product.sku == "coffee").values(stock=5))
    for _ in range(2):
        place_order(session, asha, cart_of(session), "wamid.1")
    session.flush()
    assert session.scalar(text("SELECT stock FROM products WHERE sku = 'coffee'")) == 3


def test_what_is_sold_out_is_not_on_the_menu(session) -> None:
    session.execute(update(Product).where(Product.sku == "coffee").values(stock=0))
    assert Cart.reckon(session, [RequestedLine("coffee", 1)]).missing == ("Coffee",)


def test_daily_stock_is_set_back_once_after_the_days_opening(session, asha) -> None:
    coffee = update(Product).where(Product.sku == "coffee")
    session.execute(coffee.values(stock_daily=4, stock=0))
    session.execute(coffee.values(restocked_at=func.now() - timedelta(days=2)))
    session.expire_all()
    cart = replace(cart_of(session, RequestedLine("tea", 1)))
    coffees = replace(cart.lines[0], product="coffee", product_name="Coffee", price=Decimal(120))
    place_order(session, asha, replace(cart, lines=(replace(coffees, quantity=3),)), "wamid.1")
    session.flush()
    assert session.scalar(text("SELECT stock FROM products WHERE sku = 'coffee'")) == 1
    with pytest.raises(refusals.OutOfStock):
        place_order(session, asha, cart_of(session), "wamid.2")


def test_options_are_priced_exactly_and_kept_with_the_line(session, asha) -> None:
    add_sizes(session)
    lines = [
        RequestedLine("coffee", 2, options=(LARGE, OAT)),
        RequestedLine("coffee", 1, options=(LARGE,)),
    ]
    cart = cart_of(session, *lines)
    assert [line.price for line in cart.lines] == [Decimal("175.5"), Decimal("150.5")]
    assert lines_of_items(cart.as_json()) == cart.requested_lines()
    order = place_order(session, asha, cart, "wamid.1")
    assert order.total == Decimal("501.50")
    assert order.items[0]["price"] == 175.5
    assert order.items[0]["options"] == [
        {"group": "Size", "name": "Large", "price": 30.5},
        {"group": "Milk", "name": "Oat", "price": 25},
    ]


def test_lines_with_other_options_stay_apart_and_equal_ones_merge(session) -> None:
    add_sizes(session)
    lines = [RequestedLine("coffee", 1, options=(LARGE,)), RequestedLine("coffee", 1)]
    cart = cart_of(session, *lines, *lines)
    assert [(line.quantity, bool(line.options)) for line in cart.lines] == [(2, True), (2, False)]


def test_a_required_choice_is_required_everywhere(session, asha) -> None:
    add_sizes(session)
    found = refused(session, asha, cart_of(session), refusals.OptionMissing)
    assert (found.product_name, found.choice.name) == ("Coffee", "Size")


@pytest.mark.parametrize(
    ("change", "vanished"),
    [
        ("UPDATE options SET is_available = false WHERE name = 'Oat'", ["Oat"]),
        ("DELETE FROM option_groups WHERE name = 'Milk'", ["Oat"]),
        ("UPDATE options SET price = 26 WHERE name = 'Oat'", []),
    ],
)
def test_options_that_changed_meanwhile(session, asha, change, vanished) -> None:
    add_sizes(session)
    cart = cart_of(session, RequestedLine("coffee", 2, options=(LARGE, OAT)))
    session.execute(text(change))
    found = refused(session, asha, cart, refusals.OptionsChanged)
    assert [option.name for option in found.vanished] == vanished


def test_more_options_than_a_group_allows(session, asha) -> None:
    add_sizes(session)
    small = ChosenOption("Size", "Small")
    cart = cart_of(session, RequestedLine("coffee", 1, options=(small, LARGE)))
    refused(session, asha, cart, refusals.TooManyOptions)


def test_the_products_own_price_counts_beside_the_options(session, asha) -> None:
    add_sizes(session)
    cart = cart_of(session, RequestedLine("coffee", 1, options=(LARGE,)))
    session.execute(update(Product).where(Product.sku == "coffee").values(price=Decimal(130)))
    refused(session, asha, cart, PriceChanged)


@pytest.fixture
def delivering(session: Session) -> Session:
    """A shop that delivers to 560001 for ₹30, from ₹300 on for nothing, and lets pick up."""
    settle(session, fulfilment=["pickup", "delivery"])
    add_zone(session, name="Centre", postcodes=["5600*"], fee=30, minimum=100, free_from=300,
             minutes=40)  # fmt: skip
    return session


def test_a_delivery_has_address_fee_and_the_zones_minutes(delivering, asha) -> None:
    terms = {"fulfilment": "delivery", "address": HOME, "fee": Decimal(30)}
    order = place_order(delivering, asha, cart_of(delivering, **terms), "wamid.1")
    delivering.flush()
    delivering.refresh(order)
    assert (order.fulfilment, order.fee, order.total) == ("delivery", 30, 270)
    assert order.address == {"text": HOME.text, "postcode": "560001"}
    assert timedelta(minutes=39) < order.promised_at - order.created_at < timedelta(minutes=41)
    assert [as_address(row) for row in own_addresses(delivering, asha)] == [HOME]
    free = cart_of(delivering, RequestedLine("coffee", 3), fulfilment="delivery", address=HOME)
    assert place_order(delivering, asha, free, "wamid.2").total == 360


@pytest.mark.parametrize(
    ("terms", "kind"),
    [
        ({}, refusals.WayNotOffered),
        ({"fulfilment": "dine_in"}, refusals.WayNotOffered),
        ({"fulfilment": "delivery"}, refusals.AddressMissing),
        (
            {"fulfilment": "delivery", "address": replace(HOME, postcode=None)},
            refusals.AddressMissing,
        ),
        ({"fulfilment": "delivery", "address": HOME}, refusals.FeeChanged),
        ({"fulfilment": "pickup", "fee": Decimal(30)}, refusals.FeeChanged),
        (
            {"fulfilment": "delivery", "address": replace(HOME, postcode="110001")},
            refusals.OutsideZones,
        ),
    ],
)
def test_a_way_that_cannot_be(delivering, asha, terms, kind) -> None:
    refused(delivering, asha, cart_of(delivering, **terms), kind)


def test_the_larger_minimum_holds(delivering, asha) -> None:
    tea = RequestedLine("tea", 1)
    terms = {"fulfilment": "delivery", "address": HOME, "fee": Decimal(30)}
    found = refused(delivering, asha, cart_of(delivering, tea, **terms), refusals.BelowMinimum)
    assert (found.minimum, found.missing) == (100, 20)
    settle(delivering, minimum_order=200)
    found = refused(delivering, asha, cart_of(delivering, tea, **terms), refusals.BelowMinimum)
    assert (found.minimum, found.missing) == (200, 120)
    pickup = cart_of(delivering, tea, fulfilment="pickup")
    assert refused(delivering, asha, pickup, refusals.BelowMinimum).missing == 120


def test_a_table_is_needed_to_eat_there(session, asha) -> None:
    settle(session, fulfilment=["dine_in"])
    refused(session, asha, cart_of(session), refusals.TableMissing)
    order = place_order(session, asha, cart_of(session, table_number="7"), "wamid.1")
    assert (order.fulfilment, order.table_number) == ("dine_in", "7")


def test_a_pin_that_nobody_asked_for_goes_with_the_order(session, asha) -> None:
    order = place_order(session, asha, cart_of(session, address=HOME), "wamid.1")
    assert (order.fulfilment, order.address["text"]) == ("pickup", HOME.text)
    assert own_addresses(session, asha) == []


def test_terms_travel_as_json(session) -> None:
    due = database.now(session)
    terms = OrderTerms("delivery", HOME, None, Decimal("30.50"), due)
    assert OrderTerms.from_json(terms.as_json()) == terms
    assert OrderTerms().as_json() == {}
    assert OrderTerms.from_json({"fulfilment": "drone", "due_at": "soon", "address": 3}) == (
        OrderTerms()
    )


def test_an_order_of_another_zone_keeps_its_own_minutes(delivering, asha) -> None:
    settle(delivering, accepts_orders="by_staff")
    terms = {"fulfilment": "delivery", "address": HOME, "fee": Decimal(30)}
    order = place_order(delivering, asha, cart_of(delivering, **terms), "wamid.1")
    delivering.execute(text("UPDATE delivery_zones SET minutes = 90"))
    delivering.execute(text("UPDATE orders SET status = 'confirmed'"))
    delivering.refresh(order)
    assert round((order.promised_at - order.accepted_at) / timedelta(minutes=1)) == 40


def test_all_of_an_order_is_there(session, asha) -> None:
    place_order(session, asha, cart_of(session), "wamid.1")
    session.commit()
    [order] = session.query(Order).all()
    assert order.customer_phone == asha.whatsapp_phone
