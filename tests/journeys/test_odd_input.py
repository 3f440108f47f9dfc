"""Late messages, quotes, forged taps, ads, absurd carts: kindly answered, and never an order."""

import time
from typing import Any

import pytest

from tests.journeys.play import Customer
from tests.journeys.stack import eventually

SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]


def sends(customer: Customer, kind: str, hours_late: float = 0, **node: Any) -> str:
    """A message of Meta's; a late one goes through a webhook of our own making."""
    if not hours_late:
        return customer.does(message={"type": kind, **node})
    message_id = f"wamid.odd.{customer.user_id}.{time.monotonic_ns()}"
    message = {
        "from": customer.phone,
        "id": message_id,
        "timestamp": str(int(time.time() - hours_late * 3600)),
        "type": kind,
        **node,
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "1", "phone_number_id": "100000000000001"},
        "contacts": [
            {
                "profile": {"name": customer.name},
                "wa_id": customer.phone,
                "user_id": customer.user_id,
            }
        ],
        "messages": [message],
    }
    change = {"field": "messages", "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    assert customer.stack.control("POST", "/webhooks", body=body)["http"] == 200
    return message_id


def types(customer: Customer, words: str, hours_late: float = 0, **more: Any) -> str:
    return sends(customer, "text", hours_late, text={"body": words}, **more)


def taps(customer: Customer, reply_id: str, hours_late: float = 0, **more: Any) -> str:
    reply = {"type": "button_reply", "button_reply": {"id": reply_id, "title": "Coffee"}}
    return sends(customer, "interactive", hours_late, interactive=reply, **more)


@pytest.mark.parametrize("say", [types, taps])
def test_a_late_yes_shows_the_summary_anew(asha: Customer, say: Any) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)
    say(asha, "confirm_order" if say is taps else "yes", 26)
    asha.sees("You wrote yesterday", "Coffee × 2 = ₹240", options=SUMMARY)
    assert asha.orders() == []
    asha.types("yes")
    asha.sees("✅ Order Confirmed!")


def test_a_late_question_is_answered_as_of_now_in_hindi(asha: Customer) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    types(asha, "मेनू दिखाओ", 5)
    asha.sees("आपने 5 घंटे पहले लिखा था")


def test_a_quoted_old_summary_never_confirms_the_newer_one(asha: Customer) -> None:
    asha.types("2 coffees")
    old = asha.sees("Coffee × 2", options=SUMMARY)["id"]
    asha.types("add one tea")
    new = asha.sees("Tea × 1", options=SUMMARY)["id"]
    types(asha, "yes", context={"from": "1", "id": old})
    asha.sees("earlier version", "Tea × 1", options=SUMMARY)
    assert asha.orders() == []
    types(asha, "cancel", context={"from": "1", "id": old})
    asha.sees("earlier message", "Tea × 1", options=SUMMARY)
    types(asha, "yes", context={"from": "1", "id": asha.last["id"]})
    asha.sees("✅ Order Confirmed!", "Tea × 1")
    types(asha, "yes", context={"from": "1", "id": new})
    asha.sees()
    assert len(asha.orders()) == 1


@pytest.mark.parametrize(
    "reply_id",
    ["more:x:abc", "more:product_catalog:-1", "inform_quantity:abc", "/confirm_order", "x" * 256],
)
def test_a_forged_tap_gets_a_kind_answer_at_once(asha: Customer, reply_id: str) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2")
    message_id = taps(asha, reply_id)
    asha.sees("no longer available")
    assert asha.orders() == []
    [row] = [row for row in asha.messages("incoming") if row["message_id"] == message_id]
    assert (row["status"], row["attempts"]) == ("processed", 0)


def test_pages_that_are_not_there_show_the_last_one(asha: Customer) -> None:
    taps(asha, "more:product_catalog:9999")
    asha.sees("What would you like to order?")


def test_a_cart_with_absurd_quantities_is_no_order(asha: Customer) -> None:
    items = [
        {"product_retailer_id": "coffee", "quantity": 10**18, "item_price": 0.01},
        {"product_retailer_id": "tea", "quantity": -5},
        {"product_retailer_id": "samosa", "quantity": "1e308"},
        {"product_retailer_id": "pakora", "quantity": 2.5},
    ]
    sends(asha, "order", order={"catalog_id": "1", "product_items": items})
    asha.sees("100")
    assert asha.orders() == []


def test_who_comes_from_an_ad_is_welcomed_with_the_catalogue(asha: Customer) -> None:
    ad = {"source_type": "ad", "source_id": "12", "headline": "Chai\nfestival", "body": "Come in"}
    types(asha, "Hello! Can I get more info on this?", referral=ad)
    asha.sees("👋 Welcome", "What would you like to order?")
    asha.is_at("new_order", "category_selection")
    assert asha.profile()["tags"] == ["ad: Chai festival"]
    types(asha, "Hello! Can I get more info on this?", referral=ad)
    asha.next_bubble()
    assert asha.profile()["tags"] == ["ad: Chai festival"]


def test_what_somebody_from_an_ad_asks_is_answered(ravi: Customer) -> None:
    types(ravi, "2 coffees please", referral={"source_type": "ad", "source_id": "12"})
    ravi.sees("Coffee × 2 = ₹240", options=SUMMARY)
    assert ravi.profile()["tags"] == ["ad: 12"]


def test_a_flood_gets_one_answer_for_what_is_too_many(asha: Customer) -> None:
    most = 30  # MESSAGES_ANSWERED_PER_MINUTE as it is
    # They come together, however long it takes to type them.
    asha.stack.control("PATCH", "/webhooks", held=True)
    try:
        sent = [types(asha, "menu") for _ in range(3 * most)]
    finally:
        asha.stack.control("POST", "/webhooks/release")
    done = "SELECT count(*) AS n FROM whatsapp_messages WHERE message_id = ANY(%s)"
    processed = f"{done} AND status = 'processed'"
    eventually(lambda: asha.stack.rows(processed, sent)[0]["n"] == len(sent), 300)
    said = [row["content"] for row in asha.messages("outgoing")]
    many = [words for words in said if words.startswith("Sorry, that was a lot at once")]
    # It may have been sent across the end of a minute.
    assert 1 <= len(many) <= 2
    assert most < len(said) <= 2 * (most + 1)
