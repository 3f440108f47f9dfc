"""The owner's menus, changed by SQL while the bot runs."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.play import Customer, wait_until_understood
from tests.journeys.stack import Stack

CATALOGUE = ["Coffee", "Tea", "Juice", "Samosa", "Pakora", "Sandwich"]
# Menus that are older are read again before they are shown.
SOON = 4.0

INSERT = (
    "INSERT INTO workflow_templates (template_name, template_type, trigger_keywords,"
    " menu_structure) VALUES (%s, %s, %s, %s)"
)


@pytest.fixture
def sql(stack: Stack) -> Callable[..., list[dict[str, Any]]]:
    """SQL by hand, and as long as menus may be shown as they were before.

    Other tables are read in the background, which a busy machine may do later.
    """

    def run(statement: str, *values: Any) -> list[dict[str, Any]]:
        found = stack.rows(statement, *values)
        time.sleep(SOON)
        return found

    return run


def buttons(body: str, *options: tuple[str, str], **parts: Any) -> str:
    replies = [{"type": "reply", "reply": {"id": i, "title": title}} for i, title in options]
    action = {"buttons": replies}
    return json.dumps({"type": "button", "body": {"text": body}, "action": action, **parts})


def change(sql: Callable, name: str, menu: str) -> None:
    sql("UPDATE workflow_templates SET menu_structure = %s WHERE template_name = %s", menu, name)


def test_a_change_is_seen_and_a_broken_one_is_not(
    stack: Stack, sql: Callable, asha: Customer, ravi: Customer
) -> None:
    sql(INSERT, "offers", "button", ["Deal!", "🎁"], buttons("Two for one", ("tea", "Tea")))
    asha.types(" DEAL ")
    asha.sees("Two for one", options=["Tea"])
    asha.is_at("main_menu", "menu_shown", {})

    change(sql, "offers", buttons("Three for one", ("tea", "Tea"), ("main_menu", "Main Menu")))
    ravi.types("🎁")
    ravi.sees("Three for one", options=["Tea", "Main Menu"])

    change(sql, "offers", buttons("Four for one", ("tea", "A title far too long for WhatsApp")))
    asha.types("deal")
    asha.sees("Three for one", options=["Tea", "Main Menu"])
    asha.taps("Tea")
    asha.sees("Great choice!")

    [problem] = stack.rows("SELECT * FROM menu_problems WHERE template_name = 'offers'")
    assert "20 characters" in problem["reason"]
    assert problem["version"] == 3
    kept = "SELECT version FROM workflow_template_versions WHERE template_name = 'offers'"
    assert len(stack.rows(kept)) == 3

    sql("DELETE FROM workflow_templates WHERE template_name = 'offers'")
    ravi.types("🎁")
    assert "for one" not in ravi.next_bubble()["text"]


def test_a_new_product_is_understood_and_orderable(sql: Callable, asha: Customer) -> None:
    sql("INSERT INTO products (sku, name, price, aliases) VALUES ('lassi', 'Lassi', 70, '{lasi}')")
    wait_until_understood(asha.stack, "2 lassi please", "Lassi × 2 = ₹140")
    asha.types("2 lassi please")
    asha.sees("Lassi × 2 = ₹140")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    assert asha.orders()[0]["total"] == 140
    asha.types("order")
    asha.sees("What would you like to order?", options=[*CATALOGUE, "Lassi"])
    asha.taps("Lassi")
    asha.sees("Great choice!", "Lassi")
    sql("UPDATE products SET is_available = false WHERE sku = 'lassi'")
    wait_until_understood(asha.stack, "how much is a lassi?", "not available")
    asha.types("how much is a lassi?")
    asha.sees("not available", "Lassi")
    sql("DELETE FROM products WHERE sku = 'lassi'")


def test_a_tier_sees_its_own_main_menu(
    stack: Stack, sql: Callable, asha: Customer, ravi: Customer
) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    stack.rows(
        "UPDATE user_profiles SET customer_tier = 'gold', tags = '{vip}', notes = 'Likes tea'"
        " WHERE whatsapp_phone = %s",
        asha.phone,
    )
    menu = buttons("Welcome back, golden guest!", ("new_order", "Place Order"))
    sql(INSERT, "main_menu@gold", "button", [], menu)
    asha.types("menu")
    asha.sees("golden guest", options=["Place Order"])
    ravi.types("menu")
    ravi.sees("Welcome! How can we help you today?")

    [known] = stack.rows("SELECT * FROM user_profiles WHERE whatsapp_phone = %s", asha.phone)
    assert (known["tags"], known["notes"]) == (["vip"], "Likes tea")
    assert known["total_messages"] == 2
    last = asha.messages("incoming")[-1]["timestamp"]
    assert abs((known["last_interaction"] - last).total_seconds()) < 60
    stack.rows("DELETE FROM workflow_templates WHERE template_name = 'main_menu@gold'")


def test_a_long_menu_is_shown_in_pages(sql: Callable, asha: Customer, ravi: Customer) -> None:
    titles = [f"Order {number}" for number in range(24)]
    rows = [{"id": f"track_order:ORD-{n}", "title": title} for n, title in enumerate(titles)]
    sections = [{"title": "First", "rows": rows[:5]}, {"title": "Then", "rows": rows[5:]}]
    action = {"button": "Look", "sections": sections}
    menu = json.dumps({"type": "list", "body": {"text": "Everything"}, "action": action})
    sql(INSERT, "everything", "list", ["all of it", "सब कुछ"], menu)
    asha.types("All  of it?")
    first = asha.sees("Everything", options=[*titles[:9], "More"])
    assert [s["title"] for s in first["content"]["action"]["sections"]][:2] == ["First", "Then"]
    asha.taps("More")
    asha.sees("Everything", options=[*titles[9:18], "More"])
    asha.taps("More")
    asha.sees("Everything", options=titles[18:])
    ravi.types("सब कुछ।")
    ravi.sees("Everything", options=[*titles[:9], "और देखें"])


def test_more_than_three_buttons_become_a_list(sql: Callable, asha: Customer) -> None:
    choices = [("coffee", "Coffee"), ("tea", "Tea"), ("samosa", "Samosa"), ("support", "Help")]
    sql(INSERT, "favourites", "button", ["favourites"], buttons("Favourites", *choices))
    asha.types("Favourites?")
    asha.sees("Favourites", options=[title for _, title in choices])
    asha.taps("Help")
    asha.sees("How can we support you?")


def test_headers_footers_and_pictures_are_shown(sql: Callable, asha: Customer) -> None:
    picture = {"type": "image", "image": {"link": "https://shop.example/offers.png"}}
    footer = {"text": "Until Sunday"}
    menu = buttons("Fresh today", ("juice", "Juice"), header=picture, footer=footer)
    sql(INSERT, "fresh", "button", ["fresh"], menu)
    asha.types("fresh")
    shown = asha.sees("Fresh today", options=["Juice"])["content"]
    assert (shown["header"], shown["footer"]) == (picture, footer)

    line = {"type": "text", "text": "Today only"}
    change(sql, "fresh", buttons("Fresh today", ("juice", "Juice"), header=line))
    asha.types("fresh")
    shown = asha.sees("Fresh today")["content"]
    assert shown["header"] == line
    assert "footer" not in shown


def test_a_menu_can_open_a_flow(sql: Callable, asha: Customer) -> None:
    parameters = {
        "flow_message_version": "3",
        "flow_id": "1234567890",
        "flow_cta": "Book a table",
        "flow_action": "navigate",
        "flow_action_payload": {"screen": "WHEN"},
    }
    menu = {
        "type": "flow",
        "header": {"type": "text", "text": "Tables"},
        "body": {"text": "When would you like to come?"},
        "footer": {"text": "We keep it for 15 minutes"},
        "action": {"name": "flow", "parameters": parameters},
    }
    sql(INSERT, "table", "flow", ["book a table"], json.dumps(menu))
    asha.types("Book a table!")
    assert asha.sees("When would you like to come?")["content"] == menu
    asha.does(flow={"time": "19:00"})
    asha.next_bubble()


@pytest.fixture
def answers(stack: Stack) -> Iterator[None]:
    """The owner's answers as they were before, afterwards."""
    before = stack.rows("SELECT topic, answer FROM faq_answers")
    yield
    for row in before:
        change = "UPDATE faq_answers SET answer = %s WHERE topic = %s"
        stack.rows(change, row["answer"], row["topic"])


@pytest.mark.usefixtures("answers")
def test_common_questions_are_answered_in_the_owners_words(sql: Callable, asha: Customer) -> None:
    sql("UPDATE faq_answers SET answer = 'We ride to Indiranagar' WHERE topic = 'delivery_area'")
    wait_until_understood(asha.stack, "which areas do you deliver to?", "We ride to Indiranagar")
    asha.types("which areas do you deliver to?")
    asha.sees("We ride to Indiranagar")
    asha.types("which payment methods do you take?")
    asha.sees("by UPI")
    sql("UPDATE faq_answers SET answer = 'Below the old clock tower' WHERE topic = 'address'")
    wait_until_understood(asha.stack, "where is your shop?", "Below the old clock tower")
    asha.types("where is your shop?")
    asha.sees("Below the old clock tower")
    asha.types("how much is delivery?")
    asha.sees("We ride to Indiranagar")
    asha.types("what are your opening hours?")
    asha.sees("all day, every day")
    asha.types("how much is a samosa?")
    asha.sees("₹40")


def test_many_products_are_one_bubble(stack: Stack, sql: Callable, asha: Customer) -> None:
    stack.rows(
        "INSERT INTO products (sku, name, price, position, description)"
        " SELECT 'dish' || n, 'Dish Number ' || n, 50, 100 + n, repeat('Very fine indeed. ', 12)"
        " FROM generate_series(1, 14) AS n"
    )
    sql("INSERT INTO products (sku, name, price) VALUES ('vadapav', 'Vada Pav', 35)")
    wait_until_understood(stack, "what is in the vada pav?", "Vada Pav - ₹35")
    asha.types("what are the ingredients?")
    assert "and more" in asha.sees("Here is what I can tell you:", "Dish Number 1")["text"]
    asha.types("price list")
    asha.sees("Our prices today:", "Dish Number 14 - ₹50")
    asha.sees_nothing_more()
    asha.types("what is in the vada pav?")
    assert "Vada Pav - ₹35" in asha.sees("Here is what I can tell you:")["text"]
    sql("DELETE FROM products WHERE sku = 'vadapav' OR starts_with(sku, 'dish')")


def test_sold_out_is_no_dead_end(
    stack: Stack, sql: Callable, asha: Customer, ravi: Customer
) -> None:
    menu = buttons("Tea for you", ("tea", "Tea"))
    stack.rows(INSERT, "only_tea", "button", ["teatime"], menu)
    sql("UPDATE products SET is_available = false")
    asha.types("teatime")
    ways = ["Place Order", "Main Menu", "Talk to a person"]
    asha.sees("sold out", options=ways)
    asha.types("order")
    asha.sees("everything is sold out", options=["Main Menu", "Talk to a person"])
    ravi.types("price list")
    ravi.sees("everything is sold out", options=["Place Order", "Track Order", "Main Menu"])
    stack.rows("UPDATE products SET is_available = true")
    asha.types("teatime")
    asha.sees("Tea for you", options=["Tea"])
    sql("DELETE FROM workflow_templates WHERE template_name = 'only_tea'")
