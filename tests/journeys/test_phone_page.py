"""The emulator's page in a real browser: a coffee is ordered with the mouse."""

from playwright.sync_api import Locator, expect

from tests.browser import chromium
from tests.journeys.play import Customer


def tap(phone: Locator, name: str) -> None:
    phone.get_by_role("button", name=name).last.click()


def test_a_coffee_is_ordered_on_the_page(asha: Customer) -> None:
    with chromium() as browser:
        page = browser.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(asha.stack.emulator)
        page.get_by_label("Customers").get_by_role("button", name=asha.name).click()
        phone = page.locator("section.phone").filter(has_text=asha.name)

        phone.locator("textarea").fill("hi")
        phone.locator("textarea").press("Enter")
        tap(phone, "Place Order")
        tap(phone, "View Products")
        phone.get_by_text("Coffee", exact=True).click()
        tap(phone, "Send")
        expect(phone.get_by_text("Great choice!")).to_be_visible()
        tap(phone, "2")
        tap(phone, "Confirm Order")
        expect(phone.get_by_text("Order Confirmed!")).to_be_visible()
        assert problems == []
    [order] = asha.orders()
    assert order["items"][0]["quantity"] == 2
    assert (
        order["order_id"]
        in asha.stack.control("GET", f"/customers/{asha.phone}/chat")["messages"][-1]["text"]
    )
