"""Customers whom WhatsApp names by a user id of its own, without a phone number."""

from collections.abc import Callable
from typing import Any

from tests.journeys.play import Customer
from tests.journeys.stack import eventually

NewCustomer = Callable[..., Customer]


def sent_to(customer: Customer) -> dict[str, Any]:
    """The latest request to the Graph API that sent this customer a message."""
    log = customer.stack.control("GET", f"/requests?customer={customer.user_id}")["requests"]
    requests = [entry["request"] for entry in log if entry["type"] != "read"]
    return dict(requests[-1])


def orders_coffee(customer: Customer) -> str:
    customer.types("coffee")
    customer.sees("Great choice!")
    customer.types("2")
    customer.sees("Coffee × 2 = ₹240")
    customer.taps("✅ Confirm Order")
    customer.sees("✅ Order Confirmed!")
    return str(customer.orders()[-1]["order_id"])


def test_a_user_id_alone_is_served(customer: NewCustomer) -> None:
    asha = customer(phone=None)
    number = orders_coffee(asha)
    assert asha.orders()[0]["customer_phone"] is None
    assert asha.profile()["whatsapp_phone"] is None
    asha.types(number)
    asha.sees(number, "pending")
    asha.is_at("order_tracking", "showing_status", {"order_id": number})
    sent = sent_to(asha)
    assert sent["recipient"] == asha.user_id
    assert "to" not in sent


def test_nobody_without_a_number_sees_anothers_order(customer: NewCustomer) -> None:
    asha, ravi = customer(phone=None), customer(phone=None)
    number = orders_coffee(asha)
    ravi.types(number)
    assert "pending" not in ravi.sees("I cannot find")["text"]


def test_a_number_that_is_shown_later_joins_the_profile(customer: NewCustomer) -> None:
    asha = customer(phone=None)
    number = orders_coffee(asha)
    before = asha.profile()
    asha.phone = f"9180{before['total_messages']:02}{id(asha) % 10**6:06}"
    asha.stack.control("POST", f"/customers/{asha.user_id}/number", phone=asha.phone)
    asha.types(f"track {number}")
    asha.sees(number, "pending")
    after = asha.profile()
    assert (after["id"], after["whatsapp_phone"]) == (before["id"], asha.phone)


def test_a_number_that_is_hidden_later_keeps_the_profile(asha: Customer) -> None:
    number = orders_coffee(asha)
    before = asha.profile()
    asha.stack.control("POST", f"/customers/{asha.user_id}/number", phone=None)
    asha.types("2 teas")
    asha.sees("Tea × 2 = ₹160")
    asha.taps("❌ Cancel")
    asha.sees("Cancelled")
    asha.types(number)
    asha.sees(number, "pending")
    assert asha.profile()["id"] == before["id"]


def test_a_customer_known_by_phone_alone_is_met_again_with_an_id(asha: Customer) -> None:
    """The shop entered the customer by hand, and an order with the number alone."""
    [known] = asha.stack.rows(
        "INSERT INTO user_profiles (whatsapp_phone) VALUES (%s) RETURNING id", asha.phone
    )
    asha.types("hi")
    asha.sees("Welcome!")
    met = eventually(asha.profile)
    assert (met["id"], met["whatsapp_phone"]) == (known["id"], asha.phone)
