"""The page in a real browser: by mouse, by keyboard, on a narrow screen, after a restart."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.machine import free_port
from tests.browser import chromium
from tests.integration.emulator.test_conversation import BUTTONS, ROWS
from tests.integration.emulator.world import (
    ASHA,
    RAVI,
    Phone,
    eventually,
    start_emulator,
)

WIDE = {"width": 1280, "height": 860}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser, talking: Phone) -> Iterator[Page]:
    """The page with Asha, who has written, and Ravi; it must neither fail nor look elsewhere."""
    found = browser.new_page(viewport=WIDE)
    problems: list[str] = []
    found.on("pageerror", lambda error: problems.append(str(error)))
    found.on("request", lambda request: problems.extend(elsewhere(request.url, talking.url)))
    found.goto(talking.url)
    yield found
    found.close()
    assert problems == []


def elsewhere(url: str, home: str) -> list[str]:
    return [] if url.startswith((home, "data:", "blob:")) else [url]


def of(page: Page, key: str = ASHA) -> Locator:
    return page.locator(f'.phone[data-key="{key}"]')


def test_a_phones_settings_close_as_a_menu_does(page):
    online = of(page).get_by_label("Online")
    for close in (
        lambda: page.keyboard.press("Escape"),
        lambda: of(page, RAVI).locator(".owner-name").click(),
        lambda: page.locator("body").click(position={"x": 5, "y": 5}),
    ):
        of(page).get_by_label("Settings of this phone").click()
        expect(online).to_be_visible()
        close()
        expect(online).to_be_hidden()


def test_two_customers_stand_side_by_side_and_a_third_is_added(page, talking):
    expect(page.locator(".phone")).to_have_count(2)
    page.get_by_role("button", name="Add a customer").click()
    expect(page.locator(".phone")).to_have_count(3)
    third = page.locator(".phone").last
    expect(third.locator("textarea")).to_be_focused()
    third.get_by_role("button", name="hi", exact=True).click()
    expect(third.locator(".message .words")).to_have_text("hi")


def test_typed_text_arrives_and_its_ticks_turn_blue(page, talking, shop):
    of(page).locator("textarea").fill("2 coffees ☕")
    of(page).locator("textarea").press("Enter")
    message = eventually(lambda: shop.messages[1:])[0]
    assert message["text"]["body"] == "2 coffees ☕"
    mine = of(page).locator(".message").last
    expect(mine).to_contain_text("Delivered")
    talking.graph(
        {"messaging_product": "whatsapp", "status": "read", "message_id": message["id"]}
        | {"typing_indicator": {"type": "text"}}
    )
    expect(mine).to_contain_text("Read")
    expect(of(page).locator(".shop-state")).to_have_text("typing…")
    talking.sends("Here")
    expect(of(page).locator(".shop-state")).to_have_text("business account")


def test_an_old_button_can_still_be_tapped(page, talking, shop):
    old = talking.send("interactive", BUTTONS).json()["messages"][0]["id"]
    talking.sends("Something newer")
    of(page).get_by_role("button", name="Get Support").click()
    tapped = eventually(lambda: [m for m in shop.messages if m["type"] == "interactive"])[0]
    assert tapped["interactive"]["button_reply"]["id"] == "support"
    assert tapped["context"]["id"] == old


def test_a_list_by_keyboard_alone(page, talking, shop):
    talking.send("interactive", ROWS)
    opener = of(page).get_by_role("button", name="View Products")
    opener.focus()
    page.keyboard.press("Enter")
    sheet = of(page).get_by_role("dialog", name="View Products")
    expect(sheet.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(sheet.get_by_role("radio", name="Coffee")).to_be_checked()
    page.keyboard.press("Enter")
    tapped = eventually(lambda: [m for m in shop.messages if m["type"] == "interactive"])[0]
    assert tapped["interactive"]["list_reply"]["id"] == "coffee"


def test_formatting_is_drawn_and_html_is_not(page, talking):
    talking.sends("*bold* _italic_ ~gone~ ```mono``` 2*3*4 <img src=x onerror=alert(1)>")
    words = of(page).locator(".message .words").last
    expect(words.locator("strong")).to_have_text("bold")
    expect(words.locator("em")).to_have_text("italic")
    expect(words.locator("s")).to_have_text("gone")
    expect(words.locator("code")).to_have_text("mono")
    expect(words.locator("img")).to_have_count(0)
    expect(words).to_contain_text("2*3*4 <img src=x onerror=alert(1)>")


def test_reply_and_reaction(page, talking, shop):
    bubble = talking.sends("Hello")
    item = of(page).locator(f'[data-id="{bubble}"]')
    item.hover()
    item.get_by_role("button", name="Reply or react").click()
    page.get_by_role("button", name="React with 👍").click()
    expect(item.locator(".reactions")).to_have_text("👍")
    item.hover()
    item.get_by_role("button", name="Reply or react").click()
    item.get_by_role("button", name="Reply", exact=True).click()
    of(page).locator("textarea").fill("Yes")
    of(page).get_by_role("button", name="Send", exact=True).click()
    reply = eventually(lambda: [m for m in shop.messages if m.get("context")])[0]
    assert reply["context"]["id"] == bubble
    expect(of(page).locator(".message").last.locator(".cited")).to_contain_text("Hello")


def test_a_photo_and_a_voice_note(page, talking, shop):
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n"}
    of(page).locator(".file").set_input_files(picture)
    eventually(lambda: [m for m in shop.messages if m["type"] == "image"])
    of(page).get_by_role("button", name="Attach").click()
    of(page).get_by_role("button", name="Voice").click()
    voice = eventually(lambda: [m for m in shop.messages if m["type"] == "audio"])[0]
    assert voice["audio"]["voice"] is True


def test_the_log_tells_what_was_refused(page, talking):
    button = {"type": "reply", "reply": {"id": "a", "title": "x" * 21}}
    content = {"type": "button", "body": {"text": "?"}, "action": {"buttons": [button]}}
    talking.send("interactive", content)
    page.get_by_role("button", name="Graph log 1 refused").click()
    entry = page.get_by_label("Graph log", exact=True).locator(".entry")
    expect(entry).to_contain_text("refused 131009")
    expect(entry).to_contain_text("Button title length invalid. Min length: 1, Max length: 20")


def test_a_narrow_screen_shows_one_phone_at_a_time(page, talking):
    page.set_viewport_size(NARROW)
    expect(of(page)).to_be_visible()
    expect(of(page, RAVI)).to_be_hidden()
    talking.says({"text": "hi"}, RAVI)
    talking.sends("Hello Ravi", RAVI)
    tab = page.get_by_label("Customers").get_by_role("button", name="Ravi")
    expect(tab).to_contain_text("1")
    tab.click()
    expect(of(page, RAVI)).to_be_visible()
    expect(of(page)).to_be_hidden()
    expect(of(page, RAVI).get_by_text("Hello Ravi")).to_be_in_viewport()


def test_the_page_finds_back_after_a_restart(browser, shop):
    port = free_port()
    process = start_emulator(port, shop.port)
    page = browser.new_page(viewport=WIDE)
    page.goto(f"http://127.0.0.1:{port}")
    of(page).get_by_role("button", name="hi", exact=True).click()
    expect(of(page).locator(".message")).to_have_count(1)
    process.terminate()
    assert process.wait(60) == 0
    expect(page.get_by_text("The emulator does not answer")).to_be_visible()
    again = start_emulator(port, shop.port)
    try:
        expect(of(page).locator(".message")).to_have_count(0)
        expect(page.get_by_text("The emulator does not answer")).to_be_hidden()
        of(page).get_by_role("button", name="hi", exact=True).click()
        expect(of(page).locator(".message")).to_have_count(1)
    finally:
        again.terminate()
        again.wait(60)


def test_the_test_bench_looks_at_the_phone_that_is_shown(page):
    page.get_by_role("button", name="Test bench").click()
    looked_at = page.locator(".bench-customer")
    expect(looked_at).to_have_value(ASHA)
    page.get_by_label("Customers").get_by_role("button", name="Asha").click()
    expect(of(page)).to_have_count(0)
    expect(looked_at).to_have_value(RAVI)
    page.reload()
    page.get_by_role("button", name="Test bench").click()
    expect(looked_at).to_have_value(RAVI)
