"""A line of a placed order ran out: staff mark it in the console, the customer answers by a tap."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.console.people import Worker
from tests.journeys.play import Customer
from tests.journeys.stack import CONSOLE_PASSWORD, Stack, eventually
from tests.journeys.test_cart import says

ANSWERS = ["Without it", "Swap for Tea", "Cancel order"]


@pytest.fixture
def ravi(stack: Stack) -> Worker:
    """Somebody who works in the console."""
    worker = Worker(stack.console, "owner")
    worker.log_in(CONSOLE_PASSWORD)
    return worker


@pytest.fixture
def number(asha: Customer) -> str:
    """The order that Asha has just placed, which the kitchen has begun."""
    return orders(asha, "2 coffees and a samosa")


def orders(customer: Customer, words: str) -> str:
    says(customer, words)
    customer.taps("✅ Confirm Order")
    customer.sees("✅ Order Confirmed!")
    order_id = str(customer.orders()[-1]["order_id"])
    customer.stack.rows("UPDATE orders SET status = 'preparing' WHERE order_id = %s", order_id)
    customer.sees("being prepared")
    return order_id


def marks(ravi: Worker, number: str, line: str = "coffee", offer: str = "tea") -> None:
    answer = ravi.sends(f"/orders/{number}/short", line=line, offer=offer)
    assert answer.status_code == 303


def items(customer: Customer) -> dict[str, int]:
    return {item["product"]: item["quantity"] for item in customer.orders()[-1]["items"]}


def test_without_it(asha: Customer, ravi: Worker, number: str) -> None:
    marks(ravi, number)
    asked = asha.sees(number, "run out of Coffee × 2", "Tea × 2 instead: ₹80 less", options=ANSWERS)
    assert "Asked the customer about Coffee × 2" in ravi.sees("/orders")
    asha.taps("Without it")
    asha.sees(f"Your order {number} will go ahead without Coffee × 2", "Samosa × 1", "Total: ₹40")
    assert (items(asha), asha.orders()[-1]["total"]) == ({"samosa": 1}, 40)
    asha.is_nowhere()
    asha.taps("Cancel order", on=asked["id"])
    asha.sees("settled already", "being prepared", "Samosa × 1")
    assert asha.orders()[-1]["status"] == "preparing"
    assert "The customer</b> changed it from 2 × Coffee" in ravi.sees(f"/orders/{number}")


def test_a_swap_from_a_list(asha: Customer, ravi: Worker, number: str) -> None:
    marks(ravi, number, offer="alike")
    asha.sees(number, options=["Without it", "Swap for Juice", "Swap for Tea", "Cancel order"])
    asha.taps("Swap for Juice")
    asha.sees(f"Your order {number} now has Juice × 2 instead", "Total: ₹220")
    assert items(asha) == {"juice": 2, "samosa": 1}


def test_a_cancellation_says_why(asha: Customer, ravi: Worker, number: str) -> None:
    marks(ravi, number)
    asha.sees(number, options=ANSWERS)
    asha.taps("Cancel order")
    asha.sees(number, "nothing to pay")
    asha.sees_nothing_more(2)
    order = asha.orders()[-1]
    assert (order["status"], order["cancel_reason"]) == ("cancelled", "Coffee × 2 ran out")
    asha.types(f"track {number}")
    asha.sees("Coffee × 2 ran out")


def test_without_all_of_it_asks_to_cancel(asha: Customer, ravi: Worker) -> None:
    number = orders(asha, "2 coffees")
    marks(ravi, number)
    asha.sees(number, options=ANSWERS)
    asha.taps("Without it")
    asha.sees("Shall I cancel the order?", options=["Cancel order", "Swap for Tea"])
    asha.taps("Swap for Tea")
    asha.sees("has Tea × 2 instead")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("without it please", "will go ahead without Coffee × 2"),
        ("uske bina bhej do", "will go ahead without Coffee × 2"),
        ("swap it", "has Tea × 2 instead"),
        ("tea instead", "has Tea × 2 instead"),
        ("no coffee then, tea is fine", "has Tea × 2 instead"),
        ("cancel it", "nothing to pay"),
    ],
)
def test_typed_answers(
    asha: Customer, ravi: Worker, number: str, words: str, said: str | None
) -> None:
    marks(ravi, number)
    asha.sees(number, options=ANSWERS)
    asha.types(words)
    if said is None:
        asha.next_bubble()
        assert items(asha) == {"coffee": 2, "samosa": 1}
    else:
        asha.sees(said)


def test_a_yes_chooses_nothing(asha: Customer, ravi: Worker, number: str) -> None:
    marks(ravi, number)
    asha.sees(number, options=ANSWERS)
    asha.types("yes")
    asha.sees(number, "run out of Coffee × 2", options=ANSWERS)


def test_another_customers_question_does_not_exist(
    asha: Customer, customer: Callable[..., Customer], ravi: Worker, number: str, stack: Stack
) -> None:
    marks(ravi, number)
    asha.sees(number, options=ANSWERS)
    [asked] = stack.rows("SELECT id FROM shortages WHERE order_id = %s", number)
    stranger = customer()
    stranger.types("hi")
    stranger.sees("Welcome!")
    for reply_id in (f"shortage:{asked['id']}:cancel", "shortage:x:cancel", "shortage:1:swap3"):
        forge(stranger, reply_id)
        stranger.next_bubble()
    assert asha.orders()[-1]["status"] == "preparing"


def forge(customer: Customer, reply_id: str) -> None:
    """A tap on what nobody offered, as a webhook brings it."""
    reply = {"type": "button_reply", "button_reply": {"id": reply_id, "title": "Cancel order"}}
    message = {"type": "interactive", "interactive": reply, "from": customer.phone}
    customer.stack.control(
        "POST", "/webhooks", value=message_value(customer, message), field="messages"
    )


def message_value(customer: Customer, message: dict[str, Any]) -> dict[str, Any]:
    wamid = f"wamid.forged{customer.phone}{message['interactive']['button_reply']['id']}"
    [now] = customer.stack.rows("SELECT extract(epoch FROM now())::bigint::text AS now")
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "1", "phone_number_id": "100000000000001"},
        "contacts": [{"profile": {"name": customer.name}, "wa_id": customer.phone}],
        "messages": [{**message, "id": wamid, "timestamp": now["now"]}],
    }


def test_what_was_found_after_all_is_said_once(
    asha: Customer, ravi: Worker, number: str, stack: Stack
) -> None:
    marks(ravi, number)
    asha.sees(number, options=ANSWERS)
    [asked] = stack.rows("SELECT id FROM shortages WHERE order_id = %s", number)
    path = f"/orders/{number}/short/{asked['id']}/found"
    assert ravi.sends(path).status_code == 303
    assert ravi.sends(path).status_code == 409
    asha.sees(number, "do have Coffee × 2 after all")
    asha.sees_nothing_more(2)
    asha.taps("Without it")
    asha.sees("settled already", "Coffee × 2")


def test_silence_leads_to_a_person(asha: Customer, ravi: Worker, number: str, stack: Stack) -> None:
    marks(ravi, number)
    asha.sees(number, options=ANSWERS)
    stack.rows(
        "UPDATE shortages SET created_at = now() - interval '11 minutes' WHERE order_id = %s",
        number,
    )
    [ticket] = eventually(asha.tickets)
    assert (ticket["category"], ticket["order_id"]) == ("person", number)
    assert asha.name in ravi.sees("/inbox/talks?only=waiting")
    assert "a person is called" in ravi.sees(f"/orders/{number}")
    asha.taps("Without it")
    asha.sees("will go ahead without Coffee × 2")
    assert [one["status"] for one in asha.tickets()] == ["closed"]


def test_an_open_cart_goes_on(asha: Customer, ravi: Worker, number: str) -> None:
    says(asha, "3 pakoras")
    marks(ravi, number)
    asha.sees(number, options=ANSWERS)
    asha.taps("Without it")
    asha.sees("will go ahead without Coffee × 2", "Pakora × 3 = ₹180", "Is this correct?")
    asha.taps("✅ Confirm Order")
    asha.sees("✅ Order Confirmed!", "Pakora × 3")
