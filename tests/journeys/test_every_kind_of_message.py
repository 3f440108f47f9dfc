"""Every kind of message that WhatsApp delivers gets a good answer, or is meant to get none."""

import time
from typing import Any

import pytest

from tests.journeys.play import Customer
from tests.journeys.stack import Stack, eventually

SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]
WAYS_ON = ["Place Order", "Track Order", "Main Menu"]


def sends(customer: Customer, kind: str, **node: Any) -> str:
    """A message as Meta writes it."""
    return customer.does(message={"type": kind, **node})


def stored(stack: Stack, message_id: str) -> dict[str, Any]:
    [row] = stack.rows("SELECT * FROM whatsapp_messages WHERE message_id = %s", message_id)
    return row


def is_done_in_silence(customer: Customer, message_id: str) -> None:
    customer.message_becomes(message_id, "processed")
    row = stored(customer.stack, message_id)
    assert (
        customer.stack.rows("SELECT 1 FROM whatsapp_messages WHERE cause_id = %s", row["id"]) == []
    )


@pytest.mark.parametrize("kind", ["image", "video", "document", "audio", "voice", "sticker"])
def test_media_is_kept_and_answered_kindly(asha: Customer, kind: str) -> None:
    message_id = asha.does(**{kind: True})
    asha.sees("only read", options=WAYS_ON)
    row = stored(asha.stack, message_id)
    assert row["message_type"] == ("audio" if kind == "voice" else kind)
    assert row["media_type"]
    assert row["direction"] == "incoming"


def test_words_below_a_picture_are_read(asha: Customer) -> None:
    asha.does(image=True, caption="2 coffees please")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)


def test_a_legacy_voice_message(asha: Customer) -> None:
    sends(asha, "voice", voice={"id": "1234567890", "mime_type": "audio/ogg"})
    asha.sees("only read")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"size": "L"}, "received your answers"),
        ("{broken", "only read"),
        ("[1, 2]", "only read"),
        ("", "only read"),
    ],
    ids=str,
)
def test_a_form_that_was_sent_off(asha: Customer, answer: Any, said: str) -> None:
    """Of a broken one nothing was received, so nobody is thanked for it."""
    asha.types("2 coffees")
    asha.sees("Coffee × 2")
    asha.does(flow=answer)
    asha.sees(said, "Coffee × 2 = ₹240", options=SUMMARY)
    asha.is_at("new_order", "confirmation")


def test_a_cart_of_whatsapps_catalogue_costs_what_ours_costs(asha: Customer) -> None:
    cart = [
        {"product_retailer_id": "coffee", "quantity": 2, "item_price": 1},
        {"product_retailer_id": "prod_samosa", "quantity": 3, "item_price": 0.5},
    ]
    asha.does(order=cart)
    asha.sees("Coffee × 2 = ₹240", "Samosa × 3 = ₹120", "₹360", options=SUMMARY)
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    assert [order["total"] for order in asha.orders()] == [360]


def test_a_cart_with_something_that_we_do_not_sell(asha: Customer) -> None:
    cart = [
        {"product_retailer_id": "pizza", "quantity": 1, "item_price": 300},
        {"product_retailer_id": "tea", "quantity": 1, "item_price": 80},
    ]
    asha.does(order=cart)
    asha.sees("not available", "pizza", "Tea × 1 = ₹80", options=SUMMARY)


@pytest.mark.parametrize("cart", [[], [{"product_retailer_id": "pizza", "quantity": 1}]], ids=len)
def test_a_cart_of_nothing_that_we_sell(asha: Customer, cart: list[dict[str, Any]]) -> None:
    asha.does(order=cart)
    asha.sees("What would you like to order?")
    asha.is_at("new_order", "category_selection", {})


@pytest.mark.parametrize("quantity", [0, -3, 1_000_000])
def test_a_cart_with_an_odd_quantity_is_asked_again(asha: Customer, quantity: int) -> None:
    asha.does(order=[{"product_retailer_id": "coffee", "quantity": quantity, "item_price": 1}])
    asha.sees("1 to 100", "How many")
    asha.is_at("new_order", "quantity_input")
    assert asha.orders() == []


def test_a_place_on_the_map_goes_with_the_order(asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("Coffee × 2")
    asha.does(location={"latitude": 12.97, "longitude": 77.59, "name": "Cubbon Park"})
    asha.sees("📍", "Coffee × 2 = ₹240", options=SUMMARY)
    asha.types("make it 3")
    asha.sees("Coffee × 3 = ₹360")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    [order] = asha.orders()
    place = order["address"]
    assert (place["latitude"], place["longitude"], place["text"]) == (12.97, 77.59, "Cubbon Park")


def test_a_place_said_before_the_order_goes_with_it_too(asha: Customer) -> None:
    asha.does(location={"latitude": 12.97, "longitude": 77.59})
    asha.sees("📍", options=WAYS_ON)
    asha.types("one tea")
    asha.sees("Tea × 1")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    assert asha.orders()[0]["address"]["latitude"] == 12.97


def test_a_broken_place_is_still_answered(asha: Customer) -> None:
    sends(asha, "location", location={"latitude": "north"})
    asha.sees("only read", options=WAYS_ON)


def test_contacts_are_answered(asha: Customer) -> None:
    asha.does(contact={"name": "Ravi"})
    asha.sees("only read", options=WAYS_ON)


def test_a_reaction_is_recorded_and_not_answered(asha: Customer) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    for emoji in ("👍", ""):
        message_id = asha.does(reaction=emoji)
        is_done_in_silence(asha, message_id)
        assert stored(asha.stack, message_id)["message_type"] == "reaction"
    asha.is_at("main_menu", "menu_shown")


@pytest.mark.parametrize("node", [None, {}, {"emoji": "👍"}, "👍"], ids=str)
def test_a_broken_reaction_is_no_reason_to_speak(asha: Customer, node: Any) -> None:
    message_id = sends(asha, "reaction", reaction=node)
    is_done_in_silence(asha, message_id)
    assert stored(asha.stack, message_id)["message_type"] == "reaction"


def test_a_new_number_keeps_the_customer_the_cart_and_the_history(asha: Customer) -> None:
    asha.types("one tea")
    asha.sees("Tea × 1")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!")
    asha.types("2 coffees")
    asha.sees("Coffee × 2")
    before = asha.profile()
    number = f"9170{asha.phone[-8:]}"
    asha.stack.control("POST", f"/customers/{asha.user_id}/number", phone=number)
    query = "SELECT 1 FROM user_profiles WHERE id = %s AND whatsapp_phone = %s"
    eventually(lambda: asha.stack.rows(query, before["id"], number))
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "Coffee × 2")
    assert asha.profile()["id"] == before["id"]
    assert [order["total"] for order in asha.orders()] == [80, 240]
    asha.types("track my order")
    asha.sees("Please provide your order ID")
    assert len(asha.last["options"]) == 3


UNREADABLE: dict[str, dict[str, Any]] = {
    "unsupported": {
        "type": "unsupported",
        "errors": [{"code": 131051, "title": "Message type unknown"}],
        "unsupported": {"type": "poll_creation"},
    },
    "unknown": {"type": "unknown", "errors": [{"code": 131051}]},
    "of the future": {"type": "hologram", "hologram": {"id": "1"}},
    "interactive without its object": {"type": "interactive"},
    "interactive of the future": {"type": "interactive", "interactive": {"type": "wheel"}},
    "reply without an id": {"type": "interactive", "interactive": {"type": "button_reply"}},
    "text without a body": {"type": "text"},
    "blank text": {"type": "text", "text": {"body": " \n "}},
    "picture without a picture": {"type": "image"},
    "order without an order": {"type": "order"},
    "button without a payload": {"type": "button", "button": {}},
    "contacts without contacts": {"type": "contacts", "contacts": []},
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_gets_the_way_on(asha: Customer, case: str) -> None:
    asha.does(message=UNREADABLE[case])
    asha.sees("only read", options=WAYS_ON)


@pytest.mark.parametrize(
    "text", ["😀", "?!", "\u0000", "/", "a" * 4096, "؟", "\u202e2 coffees", "0"]
)
def test_any_text_is_answered_once(asha: Customer, text: str) -> None:
    message_id = asha.types(text)
    asha.next_bubble()
    asha.message_becomes(message_id, "processed")
    assert asha.orders() == []


def test_an_edit_is_read_as_what_it_says_now(asha: Customer) -> None:
    first = asha.types("one coffee")
    asha.sees("Coffee × 1")
    changed = {"type": "text", "text": {"body": "make it 2"}}
    sends(asha, "edit", edit={"original_message_id": first, "message": changed})
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)


def test_a_deleted_message_is_recorded_and_not_answered(asha: Customer) -> None:
    first = asha.types("one coffee")
    asha.sees("Coffee × 1")
    for node in ({"original_message_id": first}, None):
        is_done_in_silence(asha, sends(asha, "revoke", revoke=node))
    asha.is_at("new_order", "confirmation")


def test_who_opens_the_chat_is_welcomed(asha: Customer) -> None:
    sends(asha, "request_welcome")
    asha.sees("Welcome!", options=["Track Order", "Place Order", "Get Support"])
    asha.is_at("main_menu", "menu_shown")


def test_who_comes_from_an_advertisement_is_answered(asha: Customer) -> None:
    referral = {
        "source_type": "ad",
        "source_id": "1",
        "source_url": "https://fb.me/1",
        "body": "Chai",
    }
    message_id = sends(asha, "text", text={"body": "Hi"}, referral=referral)
    asha.sees("👋 Welcome", "What would you like to order?")
    assert stored(asha.stack, message_id)["payload"]["referral"]["source_type"] == "ad"


@pytest.mark.parametrize(
    ("payload", "text", "words"),
    [
        ("track_order", "Where is it?", "Please provide your order ID"),
        ("something_else", "Place Order", "What would you like to order?"),
        ("something_else", "2 coffees", "Coffee × 2 = ₹240"),
    ],
)
def test_the_button_of_a_template(asha: Customer, payload: str, text: str, words: str) -> None:
    sends(asha, "button", button={"payload": payload, "text": text})
    asha.sees(words)


def test_a_choice_that_is_gone_gets_the_way_on(asha: Customer) -> None:
    gone = {"type": "list_reply", "list_reply": {"id": "mango_lassi", "title": "Mango Lassi"}}
    sends(asha, "interactive", interactive=gone)
    asha.sees("no longer available", options=WAYS_ON)


def test_the_answer_to_a_call_permission_is_recorded_and_not_answered(asha: Customer) -> None:
    answer = {"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}}
    is_done_in_silence(asha, sends(asha, "interactive", interactive=answer))


def test_what_is_said_in_a_group_is_not_said_to_us(asha: Customer) -> None:
    is_done_in_silence(asha, sends(asha, "text", text={"body": "hi all"}, group_id="group-1"))
    assert asha.state() == []


def test_a_message_to_another_number_is_acknowledged_and_ignored(asha: Customer) -> None:
    message = {
        "from": asha.phone,
        "id": f"wamid.other{asha.phone}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": "hi"},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "2", "phone_number_id": "200000000000002"},
        "messages": [message],
    }
    change = {"field": "messages", "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    assert asha.stack.control("POST", "/webhooks", body=body)["http"] == 200
    query = "SELECT 1 FROM whatsapp_messages WHERE message_id = %s"
    assert asha.stack.rows(query, message["id"]) == []
    asha.sees_nothing_more()
