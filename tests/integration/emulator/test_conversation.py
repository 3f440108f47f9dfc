"""A customer and a shop talk: messages, taps and what each side learns of them."""

import time

from tests.integration.emulator.world import ASHA, RAVI, eventually

BUTTONS = {
    "type": "button",
    "body": {"text": "Welcome!"},
    "action": {
        "buttons": [
            {"type": "reply", "reply": {"id": "new_order", "title": "✅ Place Order"}},
            {"type": "reply", "reply": {"id": "support", "title": "Get Support"}},
        ]
    },
}
ROWS = {
    "type": "list",
    "body": {"text": "What would you like?"},
    "action": {
        "button": "View Products",
        "sections": [
            {
                "title": "Beverages",
                "rows": [{"id": "coffee", "title": "Coffee", "description": "₹120"}],
            }
        ],
    },
}


def test_a_text_arrives_as_meta_sends_it(phone, shop):
    said = phone.says({"text": "2 coffees ☕"})
    value = eventually(lambda: shop.webhooks)[0].values[0]
    assert value["metadata"]["phone_number_id"] == "100200300400500"
    assert value["contacts"][0]["wa_id"] == ASHA
    assert value["contacts"][0]["profile"] == {"name": "Asha"}
    message = value["messages"][0]
    assert message["id"] == said["id"]
    assert message["from"] == ASHA
    assert message["from_user_id"] == value["contacts"][0]["user_id"]
    assert message["text"] == {"body": "2 coffees ☕"}
    assert isinstance(message["timestamp"], str)
    assert abs(int(message["timestamp"]) - time.time()) < 60


def test_an_unknown_number_that_writes_becomes_a_customer(phone, shop):
    phone.says({"text": "hi", "name": "Meera"}, "+91 98111 00000")
    assert eventually(lambda: shop.messages)[0]["from"] == "919811100000"
    assert phone.chat("919811100000")["customer"]["name"] == "Meera"


def test_the_long_poll_gives_the_answer_as_soon_as_it_is_there(talking):
    before = talking.chat()["last"]
    talking.send("interactive", BUTTONS)
    chat = talking.chat(after=before, wait=30)
    bubble = chat["messages"][0]
    assert bubble["text"] == "Welcome!"
    assert [option["title"] for option in bubble["options"]] == ["✅ Place Order", "Get Support"]
    assert chat["last"] == before + 1


def test_the_long_poll_ends_empty_when_nothing_comes(talking):
    started = time.monotonic()
    chat = talking.chat(after=99, wait=0.3)
    assert chat["messages"] == []
    assert time.monotonic() - started > 0.25


def test_a_tap_on_a_button_points_at_its_bubble(talking, shop):
    bubble = talking.send("interactive", BUTTONS).json()["messages"][0]["id"]
    talking.says({"tap": "place order"})
    tapped = eventually(lambda: [m for m in shop.messages if m["type"] == "interactive"])[0]
    reply = {"id": "new_order", "title": "✅ Place Order"}
    assert tapped["interactive"] == {"type": "button_reply", "button_reply": reply}
    assert tapped["context"]["id"] == bubble


def test_a_tap_on_a_row_brings_its_description(talking, shop):
    talking.send("interactive", ROWS)
    talking.says({"tap": "coffee"})
    tapped = eventually(lambda: [m for m in shop.messages if m["type"] == "interactive"])[0]
    assert tapped["interactive"]["list_reply"] == {
        "id": "coffee",
        "title": "Coffee",
        "description": "₹120",
    }


def test_an_old_bubble_stays_tappable(talking, shop):
    old = talking.send("interactive", BUTTONS).json()["messages"][0]["id"]
    talking.send("interactive", BUTTONS)
    talking.says({"tap": "Get Support", "on": old})
    tapped = eventually(lambda: [m for m in shop.messages if m["type"] == "interactive"])[0]
    assert tapped["context"]["id"] == old


def test_a_tap_may_come_without_context(talking, shop):
    talking.send("interactive", BUTTONS)
    talking.says({"tap": "Get Support", "context": False})
    tapped = eventually(lambda: [m for m in shop.messages if m["type"] == "interactive"])[0]
    assert "context" not in tapped


def test_a_tap_on_nothing_says_what_there_is(talking):
    talking.send("interactive", BUTTONS)
    refused = talking.says({"tap": "Coffee"}, status=404)
    assert refused["offered"] == ["✅ Place Order", "Get Support"]


def test_statuses_follow_with_the_callback_data(talking, shop):
    sent = talking.sends("Hello", biz_opaque_callback_data="row 7")
    eventually(lambda: shop.steps_of(sent) == ["sent", "delivered", "read"])
    statuses = [each for each in shop.statuses if each["id"] == sent]
    assert {each["biz_opaque_callback_data"] for each in statuses} == {"row 7"}
    assert {each["recipient_id"] for each in statuses} == {ASHA}
    assert [("pricing" in each) for each in statuses] == [True, True, False]
    charged = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"}
    assert statuses[0]["pricing"] == charged


def test_read_and_typing_show_on_the_phone(talking, shop):
    wamid = shop.messages[0]["id"]
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    answer = talking.graph(receipt | {"typing_indicator": {"type": "text"}})
    assert answer.json() == {"success": True}
    chat = talking.chat()
    assert chat["typing"]
    assert chat["messages"][0]["status"] == "read"
    talking.sends("Here I am")
    assert not talking.chat()["typing"]


def test_customers_do_not_see_each_other(talking, shop):
    talking.says({"text": "hello"}, RAVI)
    talking.sends("For Ravi", RAVI)
    assert [m["text"] for m in talking.chat(RAVI)["messages"]] == ["hello", "For Ravi"]
    assert [m["text"] for m in talking.chat(ASHA)["messages"]] == ["hi"]
