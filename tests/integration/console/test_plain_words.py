"""What owners read is in words of theirs: no settings, codes or states of the program."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from shop.orders import news, order_status
from storage.engine import session
from storage.models import AuditEntry, Order, OrderNotice, Product
from tests.integration.console.test_board_changes import post
from tests.integration.console.test_board_trade import trade
from tests.integration.console.test_orders import place
from tests.integration.console.test_promises import PAGES as EVERY_PAGE

# Names of settings and columns, language codes before a word, states as the tables have them.
JARGON = re.compile(r"\b[A-Za-z]+_[A-Za-z_]+\b|\b(?:hi|en): |\bpending\b|\bNone\b|\bnull\b")
# What customers are told, and the names that Meta asks for in its forms.
OTHERS_WORDS = {"/answers/words", "/going-live"}
PAGES = (
    *sorted({*EVERY_PAGE} - OTHERS_WORDS),
    "/orders?q=98", "/orders?q=nobody", "/numbers?days=1", "/inbox?q=nobody",
    "/inbox?only=waiting", "/inbox/tickets?status=closed", "/inbox/tickets?status=working",
)  # fmt: skip


def read(page):
    """The words that a page shows, and those it says to whoever does not see."""
    body = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page)
    # A menu's own name, beside the title that owners read.
    body = re.sub(r'<small class="mono">.*?</small>', " ", body)
    # What is filled in stands between braces, in the words that the owner edits.
    body = re.sub(r"\{\w+\}", " ", body)
    labels = re.findall(r'(?:aria-label|title|placeholder|data-confirm|alt)="([^"]*)"', body)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", body), *labels]))


# Lines of the log whose subjects and details stand in the tables as codes.
LOGGED = (
    ("published the menu", "product_catalog", {"changes": ["Switched off"]}),
    ("changed the bot's words", "utter_order_confirmed", {"before": "Yes", "after": "Yes!"}),
    ("changed the answer", "delivery_charge", {"before": "₹30", "after": "₹40"}),
    ("chose the language", "hi", {}),
    ("added the product", "ginger_tea", {"price": "90"}),
    (
        "changed how the shop trades",
        "shop",
        {
            "before": {"accepts_orders": "automatically", "fulfilment": "['pickup']"},
            "after": {"accepts_orders": "by_staff", "fulfilment": "['pickup', 'dine_in']"},
        },
    ),
)


@pytest.fixture
def odd_orders(engine):
    """An order of each kind and status, with everything that may stand beside it."""
    orders = []
    for status in order_status.STATUSES:
        for way in ("pickup", "delivery", "dine_in"):
            orders.append(place(status=status, fulfilment=way, address={"text": "12 MG Road"}))
    with session() as opened:
        opened.add(Product(sku="ginger_tea", name="Ginger tea", price=90))
        opened.add(Order(total=1, status="cancelled", cancel_reason=news.UNACCEPTED))
        opened.get_one(Order, orders[0]).reminded_at = datetime.now(UTC)
        opened.get_one(Order, orders[1]).due_at = datetime.now(UTC) + timedelta(days=2)
        for state in ("waiting", "queued", "held", "dropped"):
            opened.add(
                OrderNotice(order_id=orders[0], status="pending", state=state, reason="24 h")
            )
        change = {"before": "pending", "after": "confirmed"}
        opened.add(AuditEntry(staff_name="Ravi", action="moved", subject=orders[0], details=change))
        for action, subject, details in LOGGED:
            opened.add(
                AuditEntry(staff_name="Asha", action=action, subject=subject, details=details)
            )
    return orders


def test_pages_are_without_jargon(asha, odd_orders):
    wrong = {}
    for path in [*PAGES, *(f"/orders/{order}" for order in odd_orders)]:
        words = read(asha.sees(path))
        found = [words[max(0, one.start() - 30) : one.end() + 30] for one in JARGON.finditer(words)]
        if found:
            wrong[path] = found
    assert wrong == {}


def test_the_log_names_things_as_owners_do(asha, odd_orders):
    words = " ".join(read(asha.sees("/log")).split())
    for said in (
        "published the menu Product catalog",
        "changed the bot's words Order confirmed",
        "changed the answer What does delivery cost?",
        "chose the language Hindi",
        "added the product Ginger tea for ₹90",
        "changed how the shop trades How customers get their order: pick-up → pick-up, at",
    ):
        assert said in words


def test_what_cannot_be_done_is_said_without_jargon(ravi, odd_orders):
    for order in odd_orders:
        for path in (f"move?from=ready&x={order}", "move", "accept", "refuse", "cook"):
            for status in ("pending", "ready", "delivered", "nonsense"):
                answer = post(ravi, f"/orders/{order}/{path}", status=status, minutes="15")
                if answer.status_code >= 400:
                    assert not JARGON.search(answer.text), answer.text
                    assert "cannot become" not in answer.text


def test_the_form_of_a_product_says_where_sizes_are_made(asha):
    assert '<a href="/products/options">Choices</a>' in asha.sees("/products/new")


def test_who_forgot_the_password_is_told_what_the_only_owner_does(asha):
    asha.sends("/logout")
    assert "“make owner” on the shop’s machine" in asha.gets("/login").text


def test_previews_show_the_shops_name(asha):
    trade(shop_name="Amma's Oven")
    for path in ("/menus/main_menu", "/answers/words/utter_order_confirmed"):
        page = asha.sees(path)
        assert "<b>Amma&#39;s Oven</b>" in page
        assert "Your shop" not in page


def test_a_product_that_is_used_up_is_not_called_available(asha):
    with session() as opened:
        opened.scalars(select(Product).where(Product.sku == "tea")).one().stock = 0
    row = asha.sees("/products").split('id="product-tea"')[1].split("</article>")[0]
    assert "Nothing left" in row
    assert ">Available" not in row
    assert "0 left" in row
