"""An order's page: what ran out is marked, with a picture of what will be said, and taken back."""

import html
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage.engine import session
from storage.models import AuditEntry, Order, OrderNotice, Product, Shortage, UserProfile
from tests.integration.console.test_orders import place

ITEMS = [
    {"product": "coffee", "product_name": "Coffee", "price": 120, "quantity": 2},
    {"product": "samosa", "product_name": "Samosa", "price": 40, "quantity": 1},
]


@pytest.fixture
def order(engine):
    """Meera's order; she has just written."""
    number = place(items=ITEMS, total=280, status="preparing")
    with session() as opened:
        opened.scalars(select(UserProfile)).one().last_interaction = datetime.now(UTC)
    return number


def newest():
    with session() as opened:
        found = opened.scalars(select(Shortage).order_by(Shortage.id.desc()).limit(1)).one()
        opened.expunge(found)
        return found


def settle_notices(state, reason=None):
    with session() as opened:
        for notice in opened.scalars(select(OrderNotice)):
            notice.state, notice.reason = state, reason


def part(page, name):
    found = re.search(rf'<(\w+) [^>]*class="[^"]*\b{name}\b.*?</\1>', page, re.S)
    return html.unescape(found[0]) if found else ""


def test_the_page_shows_what_will_be_said(ravi, order):
    page = html.unescape(ravi.sees(f"/orders/{order}"))
    assert "Something ran out?" in page
    assert "Sorry, we have run out of Coffee × 2" in page
    assert "Juice × 2 instead: ₹60 less" in page
    assert "Chai Corner" in part(page, "phone-top")
    chosen = html.unescape(ravi.sees(f"/orders/{order}/short?line=samosa&offer=sandwich"))
    assert "run out of Samosa × 1" in chosen
    assert "Swap for Sandwich" in chosen
    assert "<html" not in chosen
    nothing = html.unescape(ravi.sees(f"/orders/{order}/short?line=samosa&offer=nothing"))
    assert "Swap for" not in nothing


def test_a_line_is_marked_and_shown(ravi, order):
    answer = ravi.sends(f"/orders/{order}/short", line="coffee", offer="tea", stop_selling="yes")
    assert answer.status_code == 303
    assert [item["product"] for item in newest().offered] == ["tea"]
    with session() as opened:
        coffee = opened.scalars(select(Product).where(Product.sku == "coffee")).one()
        assert not coffee.is_available
    page = ravi.sees(f"/orders/{order}")
    assert "About to ask the customer about Coffee × 2" in page
    assert "is about to ask the customer about what ran out" in page
    settle_notices("queued")
    assert "Asked the customer about Coffee × 2" in ravi.sees("/orders")
    settle_notices("held", "24 hours")
    assert "Could not ask about Coffee × 2: 24 hours" in ravi.sees("/orders")
    assert ravi.sends(f"/orders/{order}/short", line="coffee").status_code == 409
    assert ravi.sends(f"/orders/{order}/short", line="caviar").status_code == 409


def test_what_was_found_is_taken_back_once(ravi, order):
    ravi.sends(f"/orders/{order}/short", line="coffee", stop_selling="yes")
    path = f"/orders/{order}/short/{newest().id}/found"
    assert ravi.sends(path).status_code == 303
    assert ravi.sends(path).status_code == 409
    page = ravi.sees(f"/orders/{order}")
    assert "About to ask" not in page
    assert "</b> found Coffee × 2" in page
    with session() as opened:
        assert opened.scalars(select(Product.is_available).where(Product.sku == "coffee")).one()
        assert len(opened.scalars(select(OrderNotice)).all()) == 1


def test_staff_answer_for_a_customer_who_called(ravi, order):
    ravi.sends(f"/orders/{order}/short", line="coffee", offer="tea")
    path = f"/orders/{order}/short/{newest().id}/answer"
    assert ravi.sends(path, answer="swap9").status_code == 409
    assert ravi.sends(path, answer="swap1").status_code == 303
    with session() as opened:
        found = opened.get_one(Order, order)
        assert ([item["product"] for item in found.items], found.total) == (["tea", "samosa"], 200)
        changes = opened.scalars(select(AuditEntry).where(AuditEntry.action == "changed")).one()
        assert changes.details["after"] == "2 × Tea, 1 × Samosa"
        assert changes.staff_name == "Ravi"
    assert "The customer takes Tea × 2 instead of Coffee × 2" in ravi.sees(f"/orders/{order}")
    assert ravi.sends(path, answer="without").status_code == 409


def test_the_only_line_is_not_left_out(ravi, engine):
    number = place(items=ITEMS[:1], status="confirmed")
    ravi.sends(f"/orders/{number}/short", line="coffee")
    path = f"/orders/{number}/short/{newest().id}/answer"
    assert ravi.sends(path, answer="without").status_code == 409


def test_what_is_over_is_not_marked(ravi, engine):
    number = place(items=ITEMS, status="delivered")
    assert "Something ran out?" not in ravi.sees(f"/orders/{number}")
    assert ravi.sends(f"/orders/{number}/short", line="coffee").status_code == 409
    assert ravi.gets("/orders/ORD-0/short").status_code == 404
    assert ravi.sends(f"/orders/{number}/short/7/found").status_code == 404


def test_nobody_marks_without_our_form(ravi, order):
    assert ravi.sends(f"/orders/{order}/short", line="coffee", csrf="0").status_code == 403


def test_the_picture_follows_the_choice(page, order):
    page.goto(f"/orders/{order}")
    page.get_by_text("Something ran out?").click()
    page.get_by_label("Samosa × 1").check()
    page.locator(".wa-body", has_text="run out of Samosa × 1").wait_for()
    page.get_by_label("Offer instead").select_option("sandwich")
    page.locator(".wa-button", has_text="Swap for Sandwich").wait_for()
    page.get_by_role("button", name="Ask the customer").click()
    page.get_by_text("About to ask the customer about Samosa × 1").wait_for()
    page.get_by_role("button", name="Found after all").click()
    page.get_by_text("Samosa × 1 stays on the order.").wait_for()
