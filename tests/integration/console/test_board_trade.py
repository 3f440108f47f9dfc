"""The board of a shop that trades: ways, promises, options, orders for later, acceptance."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from console.orders import reading
from shop.opening.reading import read_settings
from shop.orders import unseen_orders
from storage.engine import session
from storage.models import Order, OrderNotice, Staff
from tests.integration.console.test_orders import place, status_of

MINUTE = timedelta(minutes=1)


def now():
    return datetime.now(UTC)


def trade(**values):
    with session() as opened:
        found = read_settings(opened)
        for column, value in values.items():
            setattr(found, column, value)


def kept(order):
    with session() as opened:
        found = opened.get_one(Order, order)
        opened.expunge(found)
        return found


def card_of(page, order):
    found = re.search(
        rf'<div class="order([^"]*)"[^>]*data-order="{order}".*?</footer>', page, re.S
    )
    assert found, f"{order} is not on the board"
    return found[1].split(), found[0]


def test_a_card_says_how_and_when_it_is_wanted(ravi):
    options = [{"group": "Size", "name": "Large", "price": 40}, {"group": "Milk", "name": "Oat"}]
    items = [{"product": "coffee", "product_name": "Coffee", "quantity": 2, "options": options}]
    table = place(items=items, fulfilment="dine_in", table_number="4")
    brought = place(fulfilment="delivery", address={"text": "12 MG Road"})
    page = ravi.sees("/orders")
    _, card = card_of(page, table)
    assert "Table 4" in card
    assert (
        '2 × Coffee<span class="line-option">Large</span><span class="line-option">Oat</span>'
        in card
    )
    assert "Delivery" in card_of(page, brought)[1]
    assert '<span class="line-option">Large</span>' in ravi.sees(f"/orders/{table}")


@pytest.mark.parametrize(
    ("minutes", "lateness", "said"),
    [(30, "is-on_time", "29 min left"), (4, "is-soon", "3 min left"), (-7, "is-late", "min late")],
)
def test_a_card_turns_amber_and_then_red(ravi, minutes, lateness, said):
    order = place(promised_at=now() + minutes * MINUTE, status="confirmed")
    classes, card = card_of(ravi.sees("/orders"), order)
    assert lateness in classes
    assert said in card
    done = place(promised_at=now() - MINUTE, status="delivered")
    assert "is-late" not in card_of(ravi.sees("/orders"), done)[0]


def test_scheduled_orders_come_when_their_time_comes(ravi):
    soon = place(due_at=now() + 10 * MINUTE, accepted_at=now())
    later = place(due_at=now() + timedelta(hours=26), accepted_at=now())
    page = ravi.sees("/orders")
    card_of(page, soon)
    assert f'data-order="{later}"' not in page
    assert 'aria-label="1 later, the next ' in page
    assert f'href="/orders/{later}"' in page
    with session() as opened:
        assert unseen_orders.count_unseen_orders(opened) == 1
        before = reading.board_mark(opened)
        opened.get_one(Order, later).due_at = now() + 14 * MINUTE
    with session() as opened:
        assert reading.board_mark(opened) != before
        assert unseen_orders.count_unseen_orders(opened) == 2
    page = ravi.sees("/orders")
    card_of(page, later)
    assert "later, the next" not in page


def test_an_accepted_order_calls_again_when_its_time_comes(ravi):
    trade(accepts_orders="by_staff")
    order = place(due_at=now() + timedelta(hours=2))
    _, card = card_of(ravi.sees("/orders"), order)
    assert "Accept for " in card
    assert ravi.sends(f"/orders/{order}/accept").status_code == 303
    assert kept(order).promised_at == kept(order).due_at
    assert f'data-order="{order}"' not in ravi.sees("/orders")
    with session() as opened:
        unseen_orders.mark_all_seen(opened, opened.scalars(select(Staff)).first())
        opened.get_one(Order, order).due_at = now() + MINUTE
    with session() as opened:
        assert unseen_orders.count_unseen_orders(opened) == 1
        unseen_orders.mark_all_seen(opened, opened.scalars(select(Staff)).first())
        assert unseen_orders.count_unseen_orders(opened) == 0


def test_staff_accept_with_a_promise(ravi):
    order = place()
    assert "Accept" not in card_of(ravi.sees("/orders"), order)[1]
    trade(accepts_orders="by_staff")
    _, card = card_of(ravi.sees("/orders"), order)
    assert re.findall(r'name="minutes" value="(\d+)"', card) == ["10", "15", "20", "30", "45", "60"]
    assert f"Confirm {order}" not in card
    assert ravi.sends(f"/orders/{order}/accept", minutes="7").status_code == 400
    assert status_of(order) == "pending"
    assert ravi.sends(f"/orders/{order}/accept", minutes="45").status_code == 303
    found = kept(order)
    assert (found.status, bool(found.accepted_at)) == ("confirmed", True)
    assert timedelta(minutes=44) < found.promised_at - now() <= timedelta(minutes=45)
    assert ravi.sends(f"/orders/{order}/accept", minutes="45").status_code == 409
    ravi.sends(f"/orders/{order}/move", status="pending")
    assert "Accept" in card_of(ravi.sees("/orders"), order)[1]


def test_an_order_that_nobody_accepts_calls_again(ravi):
    trade(accepts_orders="by_staff")
    order = place()
    ravi.sends("/orders/seen")
    with session() as opened:
        assert unseen_orders.count_unseen_orders(opened) == 0
        opened.get_one(Order, order).reminded_at = now() + MINUTE
    with session() as opened:
        assert unseen_orders.count_unseen_orders(opened) == 1
    assert "Nobody has accepted it for" in card_of(ravi.sees("/orders"), order)[1]


def test_staff_refuse_with_a_reason(ravi):
    trade(accepts_orders="by_staff")
    order = place()
    assert ravi.sends(f"/orders/{order}/refuse", reason="  ").status_code == 400
    assert ravi.sends(f"/orders/{order}/refuse", reason="x" * 201).status_code == 400
    assert status_of(order) == "pending"
    ravi.sends(f"/orders/{order}/refuse", reason="The oven is broken")
    assert (kept(order).status, kept(order).cancel_reason) == ("cancelled", "The oven is broken")
    assert "The oven is broken" in ravi.sees(f"/orders/{order}")


def test_a_cancellation_may_have_a_reason(ravi):
    trade(accepts_orders="automatically")
    said, silent = place(accepted_at=now()), place(accepted_at=now())
    ravi.sends(f"/orders/{said}/move", status="cancelled", reason="Sold out")
    ravi.sends(f"/orders/{silent}/move", status="cancelled", reason="")
    assert (kept(said).cancel_reason, kept(silent).cancel_reason) == ("Sold out", None)
    with session() as opened:
        notices = opened.scalars(select(OrderNotice.status).where(OrderNotice.order_id == said))
        assert list(notices) == ["cancelled"]


def test_the_board_accepts_and_refuses_in_place(page):
    trade(accepts_orders="by_staff")
    taken, refused = place(), place()
    page.goto("/orders")
    page.evaluate("window.stays = true")
    page.get_by_role("button", name=f"Accept {taken} in 20 minutes").click()
    page.locator(f"#column-confirmed [data-order={taken}]").wait_for()
    assert "left" in page.locator(f"[data-order={taken}] .promise").inner_text()
    page.get_by_role("button", name=f"Refuse {refused}").click()
    page.get_by_role("button", name="Refuse the order", exact=True).click()
    assert status_of(refused) == "pending", "not without a reason"
    page.get_by_label("Why? The customer is told.").fill("No milk left")
    page.get_by_role("button", name="Refuse the order", exact=True).click()
    page.locator(f"#column-cancelled [data-order={refused}]").wait_for()
    assert kept(refused).cancel_reason == "No milk left"
    assert page.evaluate("window.stays")
