"""The journeys on a fresh install: whole texts, what can be tapped, the state's row.

Whoever changes one of these texts changes what a new shop says out of the box.
"""

import re

import pytest

from tests.journeys.play import Customer

Options = list[tuple[str, str]]

COFFEE = {"product": "coffee", "product_name": "Coffee", "price": 120}
TWO = {**COFFEE, "quantity": 2, "total": 240}

WELCOME = "Welcome! How can we help you today?"
MAIN_MENU = [
    ("track_order", "Track Order"),
    ("new_order", "Place Order"),
    ("support", "Get Support"),
]
CATALOGUE = "🛍️ What would you like to order?"
PRODUCTS = [
    ("coffee", "Coffee", "₹120 - Hot & Cold", "Beverages"),
    ("tea", "Tea", "₹80 - Masala Chai", "Beverages"),
    ("juice", "Juice", "₹90 - Fresh & Seasonal", "Beverages"),
    ("samosa", "Samosa", "₹40 - 2 pieces", "Snacks"),
    ("pakora", "Pakora", "₹60 - Mixed", "Snacks"),
    ("sandwich", "Sandwich", "₹100 - Grilled, Vegetarian", "Snacks"),
]
HOW_MANY = (
    "Great choice! ☕ Coffee - ₹120\n\n"
    "How many would you like to order?\n(Reply with a number, e.g., 1, 2, 3)"
)
NUMBERS = [("inform_quantity:1", "1"), ("inform_quantity:2", "2"), ("cancel_order", "❌ Cancel")]
SUMMARY = "📋 Order Summary:\nCoffee × 2 = ₹240\n\nIs this correct?"
CHOICES = [
    ("confirm_order", "✅ Confirm Order"),
    ("cancel_order", "❌ Cancel"),
    ("edit_order", "🔄 Edit"),
]
WHICH_ORDER = "📦 Please provide your order ID (e.g., ORD-12345)"
AGAIN = [("track_order", "Track Again"), ("show_menu", "Main Menu")]
SUPPORT = "🆘 How can we support you?"
ISSUES = [
    ("supp_delivery", "Delivery Issue"),
    ("supp_payment", "Payment Issue"),
    ("supp_other", "Other"),
]
WHAT_HAPPENED = (
    "I am sorry to hear that.\n\n"
    "Please tell me in a message what happened,"
    ' for example "something was missing" or "I paid twice".'
)


def confirmed(number: str, lines: str) -> str:
    return (
        f"✅ Order Confirmed!\n\nOrder ID: {number}\n{lines}\n\n"
        "Your order will be ready in 15 minutes.\n"
        f'Track status anytime by replying "track {number}"\n\n'
        'Need anything else? Reply "menu"'
    )


def pending(number: str) -> str:
    """A pattern: the time of the promise is that of the placing and 15 minutes."""
    return (
        f"📦 Order {number}: pending\n🕒 We have received it and will begin soon\\.\n\n"
        "✅ Placed → ▫️ Preparing → ▫️ Ready\n"
        "⏱️ Your order will be ready (?:tomorrow )?at [0-9]{1,2}:[0-9]{2} [AP]M\\.\n\n"
        "Coffee × 2\nTotal: ₹240"
    )


def ticket_opened(number: str) -> str:
    return (
        "🙏 We are sorry about this."
        " The Chai Corner team will look into it and answer you here.\n\n"
        f"Ticket number: {number}\n\n"
        'Need anything else? Reply "menu"'
    )


def reads(customer: Customer, text: str, options: Options) -> None:
    """The next bubble has just this text and these ids and titles."""
    bubble = customer.next_bubble()
    customer.last = bubble
    assert bubble["text"] == text
    assert [(option["id"], option["title"]) for option in bubble["options"]] == options


def reads_status(customer: Customer, number: str) -> None:
    bubble = customer.next_bubble()
    assert re.fullmatch(pending(number), bubble["text"]), bubble["text"]
    assert [(option["id"], option["title"]) for option in bubble["options"]] == AGAIN


def reads_catalogue(customer: Customer) -> None:
    reads(customer, CATALOGUE, [row[:2] for row in PRODUCTS])
    rows = [(r["id"], r["title"], r["description"], r["section"]) for r in customer.last["options"]]
    assert rows == PRODUCTS
    assert customer.last["button"] == "View Products"


def has_state(customer: Customer, flow: str, step: str, context: dict) -> None:
    """The row, its context to the letter: a number is neither a string nor 120.0."""
    customer.is_at(flow, step, context)
    [row] = customer.state()
    assert repr(sorted(row["context"].items())) == repr(sorted(context.items()))
    assert row["phone_number"] == customer.phone


def reads_confirmed(customer: Customer) -> str:
    """The end of the order; returns its number."""
    bubble = customer.next_bubble()
    [order] = customer.orders()
    number = str(order["order_id"])
    assert bubble["text"] == confirmed(number, "Coffee × 2 = ₹240")
    assert bubble["options"] == []
    assert (order["total"], order["items"]) == (240, [{**COFFEE, "quantity": 2}])
    customer.is_nowhere()
    return number


def orders_two_coffees_in_words(customer: Customer) -> str:
    customer.types("coffee")
    reads(customer, HOW_MANY, NUMBERS)
    customer.types("2")
    reads(customer, SUMMARY, CHOICES)
    customer.types("yes")
    return reads_confirmed(customer)


def test_an_order_by_taps(asha: Customer) -> None:
    asha.types("Hi")
    reads(asha, WELCOME, MAIN_MENU)
    has_state(asha, "main_menu", "menu_shown", {})
    asha.taps("Place Order")
    reads_catalogue(asha)
    has_state(asha, "new_order", "category_selection", {})
    asha.taps("Coffee")
    reads(asha, HOW_MANY, NUMBERS)
    has_state(asha, "new_order", "quantity_input", COFFEE)
    asha.taps("2")
    reads(asha, SUMMARY, CHOICES)
    has_state(asha, "new_order", "confirmation", TWO)
    asha.taps("✅ Confirm Order")
    reads_confirmed(asha)
    asha.sees_nothing_more()


def test_an_order_in_words(asha: Customer) -> None:
    asha.types("hello")
    reads(asha, WELCOME, MAIN_MENU)
    has_state(asha, "main_menu", "menu_shown", {})
    asha.types("I would like to place an order")
    reads_catalogue(asha)
    has_state(asha, "new_order", "category_selection", {})
    asha.types("coffee please")
    reads(asha, HOW_MANY, NUMBERS)
    has_state(asha, "new_order", "quantity_input", COFFEE)
    asha.types("2")
    reads(asha, SUMMARY, CHOICES)
    has_state(asha, "new_order", "confirmation", TWO)
    asha.types("confirm")
    reads_confirmed(asha)
    asha.sees_nothing_more()


def test_several_lines_stand_below_each_other(asha: Customer) -> None:
    lines = "Coffee × 2 = ₹240\nSamosa × 3 = ₹120\nTotal: ₹360"
    asha.types("2 coffees and 3 samosas")
    reads(asha, f"📋 Order Summary:\n{lines}\n\nIs this correct?", CHOICES)
    samosa = {"product": "samosa", "product_name": "Samosa", "price": 40, "quantity": 3}
    items = [{**COFFEE, "quantity": 2}, samosa]
    asha.is_at("new_order", "confirmation", {"items": items, "total": 360})
    asha.taps("✅ Confirm Order")
    bubble = asha.next_bubble()
    assert bubble["text"] == confirmed(asha.orders()[0]["order_id"], lines)
    asha.is_nowhere()


@pytest.mark.parametrize("way", ["taps", "words"])
def test_tracking_an_order(asha: Customer, way: str) -> None:
    number = orders_two_coffees_in_words(asha)
    numbers = [(f"track_order:{number}", number), ("show_menu", "Main Menu")]
    if way == "taps":
        asha.types("menu")
        reads(asha, WELCOME, MAIN_MENU)
        asha.taps("Track Order")
    else:
        asha.types("Track my order")
    reads(asha, WHICH_ORDER, numbers)
    has_state(asha, "order_tracking", "awaiting_order_id", {})
    if way == "taps":
        asha.taps(number)
    else:
        asha.types(number)
    reads_status(asha, number)
    has_state(asha, "order_tracking", "showing_status", {"order_id": number})
    asha.taps("Track Again")
    reads(asha, WHICH_ORDER, numbers)
    has_state(asha, "order_tracking", "awaiting_order_id", {})
    asha.types(f"track {number}")
    reads_status(asha, number)
    has_state(asha, "order_tracking", "showing_status", {"order_id": number})
    asha.taps("Main Menu")
    reads(asha, WELCOME, MAIN_MENU)
    has_state(asha, "main_menu", "menu_shown", {})


@pytest.mark.parametrize("way", ["taps", "words"])
def test_support(asha: Customer, way: str) -> None:
    if way == "taps":
        asha.types("Hi")
        reads(asha, WELCOME, MAIN_MENU)
        asha.taps("Get Support")
    else:
        asha.types("I need support")
    reads(asha, SUPPORT, ISSUES)
    has_state(asha, "support", "issue_selection", {})
    if way == "taps":
        asha.taps("Delivery Issue")
    else:
        asha.types("delivery")
    reads(asha, WHAT_HAPPENED, [("talk_to_human", "Talk to a person"), ("show_menu", "Main Menu")])
    has_state(asha, "support", "describing_issue", {"issue": "delivery"})
    asha.types("one samosa was missing from the bag")
    bubble = asha.next_bubble()
    [ticket] = asha.tickets()
    assert bubble["text"] == ticket_opened(ticket["ticket_id"])
    assert ticket["description"] == "one samosa was missing from the bag"
    asha.is_nowhere()
    asha.sees_nothing_more()


HINDI_SUMMARY = "📋 आपका ऑर्डर:\nCoffee × 2 = ₹240\n\nक्या यह सही है?"


def test_an_order_in_hindi_is_laid_out_alike(asha: Customer) -> None:
    asha.types("नमस्ते")
    asha.sees("आपका स्वागत है! हम आपकी क्या मदद करें?")
    asha.types("कॉफी")
    assert asha.next_bubble()["text"] == (
        "बढ़िया पसंद! ☕ Coffee - ₹120\n\nआपको कितने चाहिए?\n(नंबर लिखें, जैसे 1, 2, 3)"
    )
    asha.types("2")
    assert asha.next_bubble()["text"] == HINDI_SUMMARY
    has_state(asha, "new_order", "confirmation", TWO)
    asha.taps("✅ ऑर्डर पक्का करें")
    said = asha.next_bubble()["text"]
    number = asha.orders()[0]["order_id"]
    assert said == (
        f"✅ ऑर्डर पक्का हो गया!\n\nऑर्डर नंबर: {number}\nCoffee × 2 = ₹240\n\n"
        "आपका ऑर्डर 15 मिनट में तैयार हो जाएगा।\n"
        f'ऑर्डर का हाल जानने के लिए कभी भी "ट्रैक {number}" लिखें\n\n'
        'कुछ और चाहिए? "मेनू" लिखें'
    )
    asha.is_nowhere()


def test_a_new_customer_is_regular(asha: Customer) -> None:
    asha.types("Hi")
    reads(asha, WELCOME, MAIN_MENU)
    assert asha.profile()["customer_tier"] == "regular"
