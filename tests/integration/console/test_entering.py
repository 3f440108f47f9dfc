"""Orders that staff enter for a caller go the way of all orders."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text

from shop.opening.reading import read_settings, shop_zone
from storage.engine import session
from storage.models import (
    AuditEntry,
    DeliveryZone,
    Option,
    OptionGroup,
    Order,
    Product,
    ProductOptionGroup,
    UserProfile,
)
from tests.browser import wait_until
from tests.integration.console.test_board_trade import trade

TWO = {"many.coffee": "2"}


def enter(worker, **fields):
    """The form as it is sent, each time a fresh one."""
    return worker.sends("/orders/new", token=token(worker), **fields)


def token(worker):
    found = re.search(r'name="token" value="([0-9a-f]{32})"', worker.sees("/orders/new"))
    assert found
    return found[1]


def orders():
    with session() as opened:
        found = opened.scalars(select(Order).order_by(Order.created_at)).all()
        opened.expunge_all()
        return found


def test_an_order_for_a_caller(ravi):
    answer = enter(ravi, **TWO, name="Meera", phone="098000 00001", note="less  sugar")
    [order] = orders()
    assert (answer.status_code, answer.headers["location"]) == (303, f"/orders/{order.order_id}")
    assert (order.total, order.fulfilment, order.customer_phone) == (240, "pickup", "919800000001")
    assert order.notes == {"": "less sugar"}
    assert order.promised_at
    assert order.accepted_at
    with session() as opened:
        customer = opened.get_one(UserProfile, order.customer_id)
        assert (customer.whatsapp_phone, customer.display_name) == ("919800000001", "Meera")
        logged = opened.scalars(select(AuditEntry).where(AuditEntry.subject == order.order_id))
        assert [(one.staff_name, one.action) for one in logged] == [("Ravi", "entered")]
    page = ravi.sees(f"/orders/{order.order_id}")
    assert "2 × Coffee" in page
    enter(ravi, **TWO, phone="+91 98000 00001", name="Somebody else")
    assert len({one.customer_id for one in orders()}) == 1, "the number is known"


def test_a_form_that_is_sent_twice_places_one_order(ravi):
    same = token(ravi)
    for _ in range(2):
        assert ravi.sends("/orders/new", token=same, **TWO).status_code == 303
    assert len(orders()) == 1


def test_without_a_number_the_name_is_noted(ravi):
    enter(ravi, **TWO, name="Arjun")
    [order] = orders()
    assert (order.customer_id, order.notes) == (None, {"": "For Arjun"})


def test_a_delivery_pays_the_zones_fee_and_the_total_can_be_asked_for(ravi):
    trade(fulfilment=["pickup", "delivery", "dine_in"])
    with session() as opened:
        opened.add(DeliveryZone(name="Centre", postcodes=["560001"], fee=30, minimum=200))
    asked = {**TWO, "fulfilment": "delivery", "address": "12 MG Road 560 001"}
    page = enter(ravi, **asked, do="check")
    assert page.status_code == 200
    assert "₹270" in page.text
    assert 'value="12 MG Road 560 001"' in page.text
    assert orders() == []
    enter(ravi, **asked)
    [order] = orders()
    assert (order.total, order.fee, order.address["postcode"]) == (Decimal(270), 30, "560001")


@pytest.mark.parametrize(
    ("fields", "beside", "said"),
    [
        ({}, "", "Say how many of at least one product."),
        ({"many.coffee": "two"}, "many.coffee", "A whole number from 1 to 100."),
        ({"many.coffee": "101"}, "many.coffee", "A whole number from 1 to 100."),
        ({**TWO, "phone": "12"}, "phone", "A phone number"),
        ({**TWO, "fulfilment": "delivery"}, "address", "Where is it to be brought?"),
        (
            {**TWO, "fulfilment": "delivery", "address": "MG Road"},
            "address",
            "Add the PIN code",
        ),
        (
            {**TWO, "fulfilment": "delivery", "address": "MG Road 110001"},
            "address",
            "You do not deliver there.",
        ),
        (
            {"many.tea": "1", "fulfilment": "delivery", "address": "MG Road 560001"},
            "",
            "₹120 is missing to ₹200",
        ),
        ({**TWO, "fulfilment": "dine_in"}, "table_number", "At which table?"),
        ({**TWO, "due_at": "tomorrow"}, "due_at", "Choose one of the times."),
        (
            {**TWO, "due_at": "2031-01-01T10:00:00+05:30"},
            "due_at",
            "Nothing can be ordered for this time:",
        ),
        ({"many.juice": "3"}, "many.juice", "Only 2 left."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(ravi, fields, beside, said):
    trade(fulfilment=["pickup", "delivery", "dine_in"], order_ahead_days=1)
    with session() as opened:
        opened.add(DeliveryZone(name="Centre", postcodes=["560001"], fee=30, minimum=200))
        opened.scalars(select(Product).where(Product.sku == "juice")).one().stock = 2
    answer = enter(ravi, **{"fulfilment": "pickup", **fields})
    assert answer.status_code == 422
    place = f'id="wrong-{beside}">' if beside else 'role="alert">'
    assert re.search(rf"{re.escape(place)}(<svg.*?</svg>)?\s*{re.escape(said)}", answer.text, re.S)
    assert orders() == []
    with session() as opened:
        assert opened.scalar(select(func.count()).select_from(UserProfile)) == 0


def test_a_paused_shop_takes_none_by_phone_either(ravi):
    ravi.sends("/shop/switch", to="pause-30")
    answer = enter(ravi, **TWO)
    assert answer.status_code == 422
    assert "The shop is paused now" in answer.text
    assert orders() == []


def test_options_are_chosen_in_the_form(ravi):
    size, (_, large) = add_sizes()
    field = f"option.coffee.{size}"
    assert "Choose: Size." in enter(ravi, **TWO).text
    assert enter(ravi, **TWO, **{field: large}).status_code == 303
    [order] = orders()
    assert order.total == 320
    assert order.items[0]["options"][0]["name"] == "Large"


def add_sizes():
    """A size of coffee that must be chosen; returns its field and the ids of small and large."""
    with session() as opened:
        size = OptionGroup(name="Size", minimum=1, maximum=1)
        opened.add(size)
        opened.flush()
        opened.add(ProductOptionGroup(sku="coffee", group_id=size.id))
        options = [Option(group_id=size.id, name=name, price=price)
                   for name, price in (("Small", 0), ("Large", 40))]  # fmt: skip
        opened.add_all(options)
        opened.flush()
        return size.id, [str(option.id) for option in options]


def test_two_sizes_of_one_product(ravi):
    size, (small, large) = add_sizes()
    second = ravi.sees("/orders/new/line?sku=coffee&number=2")
    assert f'name="option.coffee#2.{size}"' in second
    assert "/orders/new/line?sku=coffee&number=3" in second
    fields = {
        "many.coffee": "1", f"option.coffee.{size}": small,
        "many.coffee#2": "2", f"option.coffee#2.{size}": large,
    }  # fmt: skip
    page = enter(ravi, **fields, do="check").text
    assert "₹440" in page
    assert re.search(r'name="many.coffee#2" value="2"', page)
    wrong = enter(ravi, **{**fields, "many.coffee#2": "101"})
    assert 'id="wrong-many.coffee#2">A whole number from 1 to 100.' in wrong.text
    enter(ravi, **fields)
    [order] = orders()
    assert [(one["quantity"], one["options"][0]["name"]) for one in order.items] == [
        (1, "Small"), (2, "Large"),
    ]  # fmt: skip
    assert order.total == 440


@pytest.mark.parametrize("query", ["sku=none&number=2", "sku=coffee&number=10", "sku=coffee"])
def test_no_line_of_what_is_not_there(ravi, query):
    assert ravi.gets(f"/orders/new/line?{query}").status_code == 404


def test_where_staff_accept_it_waits_for_them(ravi):
    trade(accepts_orders="by_staff")
    enter(ravi, **TWO)
    [order] = orders()
    assert (order.status, order.accepted_at, order.promised_at) == ("pending", None, None)


def test_times_are_offered_where_the_shop_takes_orders_ahead(ravi):
    assert "As soon as possible" not in ravi.sees("/orders/new")
    trade(order_ahead_days=2)
    page = ravi.sees("/orders/new")
    due = re.findall(r'<option value="([^"]+\+05:30)"', page)[-1]
    assert enter(ravi, **TWO, due_at=due).status_code == 303
    [order] = orders()
    assert order.due_at is not None
    assert order.promised_at == order.due_at


def test_an_exact_time_between_the_offered_ones(ravi):
    trade(order_ahead_days=2)
    due = re.findall(r'<option value="([^"]+\+05:30)"', ravi.sees("/orders/new"))[-1]
    exact = datetime.fromisoformat(due) - timedelta(minutes=7)
    asked = {**TWO, "due_at": due, "exact_time": f"{exact:%H:%M}"}
    page = enter(ravi, **asked, do="check").text
    assert f'name="exact_time" value="{exact:%H:%M}"' in page
    assert enter(ravi, **asked).status_code == 303
    [order] = orders()
    assert order.due_at == order.promised_at == exact


def test_an_exact_time_alone_is_todays(ravi):
    # In a zone in which it is noon, today has a time ahead and one that is over.
    trade(order_ahead_days=1, time_zone=f"Etc/GMT{datetime.now(UTC).hour - 12:+}")
    assert "such as 18:40" in enter(ravi, **TWO, exact_time="six").text
    assert "This time is over." in enter(ravi, **TWO, exact_time="00:20").text
    assert enter(ravi, **TWO, exact_time="23:52").status_code == 303
    [order] = orders()
    with session() as opened:
        zone = shop_zone(read_settings(opened))
    assert f"{order.due_at.astimezone(zone):%H:%M}" == "23:52"
    assert order.due_at - datetime.now(UTC) < timedelta(hours=13)


def test_an_exact_time_is_checked_like_any_other(ravi):
    assert "Nothing can be ordered" in enter(ravi, **TWO, exact_time="23:52").text
    trade(order_ahead_days=1)
    with session() as opened:
        opened.execute(
            text("INSERT INTO opening_exceptions (day) SELECT current_date + n"
                 " FROM generate_series(-2, 3) AS n")
        )  # fmt: skip
    due = datetime.now(UTC) + timedelta(hours=24)
    asked = {**TWO, "due_at": due.isoformat(), "exact_time": "13:07"}
    assert "Nothing can be ordered" in enter(ravi, **asked).text
    assert orders() == []


def test_the_form_shows_what_the_chosen_way_needs_and_grows_by_a_line(page):
    trade(fulfilment=["pickup", "delivery", "dine_in"])
    add_sizes()
    page.goto("/orders/new")
    address = page.get_by_label("Address, for a delivery")
    table = page.get_by_label("Table", exact=True)
    assert not address.is_visible()
    page.get_by_text("Delivery", exact=True).click()
    assert address.is_visible()
    assert not table.is_visible()
    page.get_by_role("button", name="Another Coffee").click()
    page.locator('[name="many.coffee#2"]').wait_for()
    wait_until(page, "document.activeElement.name === 'many.coffee#2'")
