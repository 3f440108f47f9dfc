"""The console and the phone side by side in a browser: what staff does, customers see, and back."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.counter import log_in
from tests.journeys.play import Customer, wait_until_understood
from tests.journeys.stack import Stack, eventually


@pytest.fixture
def counter(browser: Browser, stack: Stack) -> Iterator[Page]:
    """The console, the owner having logged in; no script of it may fail."""
    context = browser.new_context(base_url=stack.console, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    log_in(page)
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def phone(browser: Browser, asha: Customer) -> Iterator[Locator]:
    """Asha's phone on the emulator's page."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(asha.stack.emulator)
    page.get_by_label("Customers").get_by_role("button", name=asha.name).click()
    yield page.locator("section.phone").filter(has_text=asha.name)
    context.close()


def types(phone: Locator, text: str) -> None:
    phone.locator("textarea").fill(text)
    phone.locator("textarea").press("Enter")


def tap(phone: Locator, name: str) -> None:
    phone.get_by_role("button", name=name).last.click()


def sees(phone: Locator, words: str) -> None:
    expect(phone.get_by_text(words).last).to_be_visible()


def change_price(counter: Page, product: str, price: str) -> None:
    counter.get_by_role("link", name="Products").click()
    counter.get_by_role("link", name=product).click()
    counter.get_by_label("Price in ₹").fill(price)
    counter.get_by_role("button", name="Save").click()
    counter.get_by_text(f"{product}: saved.").wait_for()


def open_talk(counter: Page, customer: Customer) -> None:
    counter.get_by_role("link", name="Inbox").click()
    counter.get_by_role("searchbox").fill(customer.name)
    counter.locator(".talk-row").filter(has_text=customer.name).click()
    counter.locator("#transcript").wait_for()


def test_a_newcomer_changes_a_price(counter: Page, phone: Locator, stack: Stack) -> None:
    change_price(counter, "Pakora", "65")
    try:
        wait_until_understood(stack, "two pakoras", "Pakora × 2 = ₹130")
        types(phone, "two pakoras")
        sees(phone, "Pakora × 2 = ₹130")
    finally:
        change_price(counter, "Pakora", "60")


def test_a_newcomer_publishes_a_menu_and_goes_back(
    counter: Page, phone: Locator, stack: Stack
) -> None:
    counter.get_by_role("link", name="Menus").click()
    counter.get_by_role("link", name="main_menu").click()
    counter.get_by_role("button", name="Edit").click()
    # What is typed before the page's script is there shows only with the next letter.
    counter.wait_for_url("**/menus/drafts/**")
    counter.get_by_role("textbox", name="Text", exact=False).first.fill("Namaste! *Chai* is ready.")
    counter.locator(".wa-body b", has_text="Chai").wait_for()
    counter.get_by_text("What changes").wait_for()
    counter.get_by_role("button", name="Publish").click()
    counter.get_by_text("Main menu is live").wait_for()
    wait_until_understood(stack, "hi", "Namaste!")
    types(phone, "hi")
    sees(phone, "Namaste!")

    counter.get_by_role("link", name="Go back to this").first.click()
    counter.get_by_role("button", name="again").click()
    counter.get_by_text("Main menu is as it was").wait_for()
    wait_until_understood(stack, "hi", "Welcome! How can we help you today?")
    types(phone, "hi")
    sees(phone, "Welcome! How can we help you today?")


def test_an_order_goes_from_the_phone_to_the_board_and_back(
    counter: Page, phone: Locator, asha: Customer
) -> None:
    types(phone, "one tea")
    sees(phone, "Tea × 1 = ₹80")
    expect(counter.locator(".order", has_text=asha.name)).to_have_count(0)
    tap(phone, "Confirm Order")
    sees(phone, "Order Confirmed!")
    card = counter.locator(".order", has_text=asha.name)
    expect(card).to_be_visible()
    expect(card).to_contain_text("Tea")
    expect(counter.locator("#ring")).to_be_visible()

    for button in ("Confirm", "Prepare", "Ready"):
        step = card.locator(".onward", has_text=button)
        if step.count():
            counter.wait_for_timeout(1000)  # the board takes no tap on what has just moved
            step.click()
            expect(step).to_have_count(0)
    expect(counter.locator("#column-ready .order", has_text=asha.name)).to_be_visible()
    sees(phone, "your order is ready to collect!")
    assert asha.orders()[0]["status"] == "ready"


def test_a_person_has_the_conversation_while_a_hundred_messages_come(
    counter: Page, phone: Locator, asha: Customer
) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    open_talk(counter, asha)
    sent = [threading.Thread(daemon=True, target=asha.types, args=("hi",)) for _ in range(100)]
    for thread in sent[:20]:
        thread.start()
    counter.get_by_role("button", name="Take over").click()
    expect(counter.locator("#holder")).to_contain_text("You have this conversation")
    [taken_at] = asha.stack.rows("SELECT now() AS now")
    for thread in sent[20:]:
        thread.start()
    counter.get_by_label("Your answer").fill("Meena here. What can I do?")
    counter.get_by_role("button", name="Send", exact=True).click()
    for thread in sent:
        thread.join()
    sees(phone, "Meena here.")
    # What came after the hand-back would rightly be answered: all hundred must have come.
    eventually(lambda: asha.heard() == len(sent) + 1, 300)
    written_since = (
        "SELECT content, written_by FROM whatsapp_messages"
        " WHERE to_phone = %s AND direction = 'outgoing' AND created_at > %s"
    )
    [answer] = asha.stack.rows(written_since, asha.phone, taken_at["now"])
    assert answer == {"content": "Meena here. What can I do?", "written_by": "owner"}
    counter.get_by_role("button", name="Hand back to the bot").click()
    expect(counter.locator("#holder")).to_contain_text("The bot answers")
    types(phone, "one samosa")
    sees(phone, "Samosa × 1 = ₹40")
