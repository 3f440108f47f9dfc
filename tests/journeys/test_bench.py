"""The emulator's test bench beside a running shop: the X-ray, and a conversation as a story."""

from pathlib import Path

import requests
import yaml
from playwright.sync_api import expect

from tests.browser import chromium
from tests.journeys.play import Customer
from tests.journeys.stories import read_story
from tests.journeys.test_stories import Actor


def turn_of(customer: Customer, message: str) -> dict:
    return customer.stack.control("GET", f"/customers/{customer.user_id}/turns/{message}?wait=30")


def story_of(customer: Customer, after: int = 0) -> str:
    url = f"{customer.stack.emulator}/emulator/customers/{customer.user_id}/story"
    answer = requests.get(f"{url}?after={after}&name=coffee", timeout=60)
    assert answer.ok, answer.text
    return answer.text


def orders_two(customer: Customer) -> str:
    said = customer.types("2 coffees please")
    customer.sees("Coffee × 2 = ₹240")
    customer.taps("✅ Confirm Order")
    customer.sees("Order Confirmed!")
    return said


def test_the_x_ray_tells_what_became_of_a_message(asha: Customer) -> None:
    turn = turn_of(asha, orders_two(asha))
    assert turn["intent"]["name"] == "new_order"
    products = [each["value"] for each in turn["entities"] if each["entity"] == "product"]
    assert products == ["coffee"]
    assert turn["rules"] == ["products with quantities are summed up"]
    assert turn["slots"]["step"] == "confirmation"
    assert (turn["state"]["flow"], turn["state"]["step"]) == ("new_order", "confirmation")
    assert [step["action"] for step in turn["steps"] if "action" in step] == ["action_new_order"]
    assert len(turn["rows"]["whatsapp_messages"]) == 2
    confirmed = turn_of(asha, asha.messages("incoming")[-1]["message_id"])
    assert [row["total"] for row in confirmed["rows"]["orders"]] == ["240.00"]


def test_a_conversation_is_recorded_and_played_again(asha: Customer, ravi: Customer) -> None:
    orders_two(asha)
    [story] = yaml.safe_load(story_of(asha))["stories"]
    assert [step["action"] for step in story["steps"] if "action" in step] == [
        "action_new_order",
        "action_confirm_order",
    ]
    Actor(ravi, read_story("test_recorded", story)).plays()
    assert len(ravi.orders()) == 1


def test_the_bench_on_the_page(asha: Customer, tmp_path: Path) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(asha.stack.emulator)
        page.get_by_label("Customers").get_by_role("button", name=asha.name).click()
        page.get_by_role("button", name="Test bench").click()
        bench = page.locator(".bench")
        bench.get_by_label("Customer", exact=True).select_option(label=asha.name)
        bench.get_by_role("button", name="Record a story").click()
        phone = page.locator("section.phone").filter(has_text=asha.name)
        phone.locator("textarea").fill("2 coffees please")
        phone.locator("textarea").press("Enter")
        expect(bench.get_by_text("products with quantities are summed up")).to_be_visible()
        phone.get_by_role("button", name="Confirm Order").last.click()
        expect(bench.get_by_text("the order is placed when it is confirmed")).to_be_visible()
        with page.expect_download() as saved:
            bench.get_by_label("Name").fill("two coffees")
            bench.get_by_role("button", name="Save story").click()
        assert saved.value.suggested_filename == "test_two_coffees.yml"
        saved.value.save_as(tmp_path / "test_two_coffees.yml")
        [story] = yaml.safe_load((tmp_path / "test_two_coffees.yml").read_text())["stories"]
        assert story["story"] == "two coffees"

        page.get_by_role("tab", name="Requests").click()
        expect(bench.get_by_text("shop → Graph").first).to_be_visible()
        page.get_by_role("tab", name="Webhooks").click()
        bench.get_by_label("Example").select_option("Text")
        bench.get_by_role("button", name="Send to the shop").click()
        expect(bench.get_by_text("HTTP 200")).to_be_visible()
        page.get_by_role("tab", name="Trouble").click()
        bench.get_by_role("button", name="Refused: too fast").click()
        expect(bench.get_by_text("Waiting: Refused: too fast.")).to_be_visible()
        bench.get_by_role("button", name="None of these").click()
        expect(bench.get_by_text("Nothing waits")).to_be_visible()
        assert problems == []
