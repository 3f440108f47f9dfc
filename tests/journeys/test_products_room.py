"""The room of products beside a customer: what an owner imports, chooses and deletes there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.counter import log_in
from tests.journeys.play import Customer, wait_until_understood
from tests.journeys.stack import Stack

CHOICES = (
    "choice\tat least\tat most\toption\tprice\tother words\n"
    "Cone\t1\t1\tWaffle\t30\twafer\nCone\t1\t1\tPaper\t0\tplain cone\n"
)
PRODUCTS = (
    "Name\tPrice\tCategory\tOther words\tChoices\n"
    'Kulfi Royale\t"1,050"\tFrozen\troyale\tCone\n'
    "आम कुल्फी\t70\tFrozen\taam kulfi\t\n"
    "Kulfi Cheap\t12,50\tFrozen\t\t\n"
)


@pytest.fixture
def counter(browser: Browser, stack: Stack) -> Iterator[Page]:
    """The console, the owner having logged in; what a test has made is taken out again."""
    context = browser.new_context(base_url=stack.console, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log_in(page)
    yield page
    context.close()
    stack.rows("DELETE FROM products WHERE category = 'Frozen'")
    stack.rows("DELETE FROM categories WHERE name = 'Frozen'")
    stack.rows("DELETE FROM option_groups WHERE name = 'Cone'")


def bring(counter: Page, table: str, lines: str) -> None:
    """Pastes a table, looks at it, and takes over so many lines; the samples stay."""
    counter.goto("/products/import")
    counter.get_by_label("Paste the cells here").fill(table)
    counter.get_by_role("button", name="Look at it first").click()
    counter.get_by_role("heading", name="New", exact=False).wait_for()
    samples = counter.get_by_label("Remove the samples")
    if samples.count():
        samples.uncheck()
        counter.get_by_role("button", name=f"Take over {lines}").click()
        counter.get_by_text("This is not what you saw before").wait_for()
    counter.get_by_role("button", name=f"Take over {lines}").click()
    counter.get_by_text("2 new, 0 changed.").wait_for()


def test_an_imported_table_is_sold_and_leaves_again(
    counter: Page, asha: Customer, ravi: Customer
) -> None:
    bring(counter, CHOICES, "2 lines")
    bring(counter, PRODUCTS, "2 lines")
    wait_until_understood(asha.stack, "2 kulfi royale with waffle", "Kulfi Royale (Waffle)")
    asha.types("2 kulfi royale with waffle")
    asha.sees("Kulfi Royale (Waffle) × 2 = ₹2,160")
    ravi.types("one aam kulfi")
    ravi.sees("आम कुल्फी × 1 = ₹70")
    ravi.types("one royale")
    ravi.sees("Kulfi Royale: which Cone would you like?", options=["Waffle ₹1,080", "Paper ₹1,050"])

    counter.goto("/products?category=Frozen")
    counter.get_by_role("link", name="Kulfi Royale").click()
    counter.get_by_role("button", name="Delete Kulfi Royale").click()
    counter.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    counter.get_by_text("Kulfi Royale is deleted.").wait_for()
    asha.taps("Confirm Order")
    assert "royale" in asha.sees("no longer sell")["text"].casefold()
    assert asha.orders() == []


def test_prices_and_stock_of_the_table_are_said_to_customers(
    counter: Page, stack: Stack, asha: Customer
) -> None:
    stack.rows(
        "INSERT INTO products (sku, name, category, price)"
        " VALUES ('falooda', 'Falooda', 'Frozen', 90)"
    )
    counter.goto("/products/table?category=Frozen")
    counter.get_by_label("Price in ₹: Falooda").fill("95")
    counter.get_by_label("Left: Falooda").fill("2")
    counter.get_by_role("button", name="Save all").click()
    counter.get_by_text("Saved.").wait_for()
    wait_until_understood(stack, "1 falooda", "Falooda × 1 = ₹95")
    asha.types("3 falooda")
    asha.sees("2")
    asha.types("2 falooda")
    asha.sees("Falooda × 2 = ₹190")
