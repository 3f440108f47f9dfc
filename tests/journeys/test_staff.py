"""People beside the bot: they take conversations over, move orders along, and get photos."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from shop.customers import handover
from storage.engine import sqlalchemy_url
from storage.models import UserProfile, WhatsappMessage
from tests.journeys.play import Customer
from tests.journeys.stack import NOTICE_TEMPLATE, Stack, eventually


@contextmanager
def profile_of(customer: Customer) -> Iterator[tuple[Session, UserProfile]]:
    engine = create_engine(sqlalchemy_url(customer.stack.database_url))
    with Session(engine) as session, session.begin():
        yield session, session.query(UserProfile).filter_by(whatsapp_phone=customer.phone).one()
    engine.dispose()


def take_over(customer: Customer) -> list[int]:
    """What was said until then, by row: a turn that ends later finds the conversation taken."""
    with profile_of(customer) as (session, profile):
        handover.take_over(session, profile, "Meena")
        said = session.query(WhatsappMessage.id).filter_by(
            customer_id=profile.id, direction="outgoing"
        )
        return sorted(row for (row,) in said)


def hand_back(customer: Customer) -> None:
    with profile_of(customer) as (session, profile):
        handover.hand_back(session, profile)


def orders_tea(customer: Customer) -> str:
    customer.types("one tea")
    customer.sees("📋 Order Summary")
    customer.taps("✅ Confirm Order")
    customer.sees("✅ Order Confirmed!")
    return str(customer.orders()[-1]["order_id"])


def move(stack: Stack, order_id: str, status: str) -> None:
    stack.rows("UPDATE orders SET status = %s WHERE order_id = %s", status, order_id)


def notice(stack: Stack, order_id: str) -> dict:
    found = stack.rows(
        "SELECT * FROM order_notices WHERE order_id = %s AND state <> 'waiting'", order_id
    )
    return found[-1] if found else {}


def test_the_bot_is_silent_while_a_person_has_the_conversation(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    take_over(asha)
    wamid = asha.types("2")
    asha.message_becomes(wamid, "processed")
    asha.sees_nothing_more()
    hand_back(asha)
    asha.types("2")
    asha.sees("Coffee × 2 = ₹240")


def test_no_word_of_the_bot_after_a_hand_over_that_races_a_hundred_messages(
    asha: Customer,
) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    sent = [threading.Thread(daemon=True, target=asha.types, args=("hi",)) for _ in range(100)]
    for thread in sent[:50]:
        thread.start()
    # The bot is in the midst of it.
    eventually(lambda: len(asha.messages("outgoing")) > 1)
    said = take_over(asha)
    for thread in sent[50:]:
        thread.start()
    for thread in sent:
        thread.join()
    eventually(lambda: asha.heard() == len(sent) + 1, 300)
    assert len(said) < asha.heard()
    assert [row["id"] for row in asha.messages("outgoing")] == said


@pytest.mark.parametrize("who_begins", ["the customer", "the shop"])
def test_the_owners_own_words_hand_the_conversation_over(
    asha: Customer, ravi: Customer, who_begins: str
) -> None:
    ravi.types("hi")
    ravi.sees("Welcome!")
    ravi.stack.rows("UPDATE user_profiles SET user_id = NULL WHERE whatsapp_phone = %s", ravi.phone)
    if who_begins == "the customer":
        asha.types("hi")
        asha.sees("Welcome!")
    echo = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "1", "phone_number_id": "100000000000001"},
        "message_echoes": [
            {
                "from": "911140000100",
                "to": asha.phone,
                "id": f"wamid.echo{asha.phone}",
                "timestamp": str(int(time.time())),
                "type": "text",
                "text": {"body": "I will call you"},
            }
        ],
    }
    asha.stack.control("POST", "/webhooks", value=echo, field="smb_message_echoes")
    wamid = asha.types("hello?")
    asha.message_becomes(wamid, "processed")
    asha.sees_nothing_more()
    assert asha.messages("outgoing")[-1]["content"] == "I will call you"
    ravi.types("menu")
    ravi.sees("Welcome!")


def test_a_moved_order_tells_its_customer(stack: Stack, asha: Customer) -> None:
    order_id = orders_tea(asha)
    move(stack, order_id, "ready")
    asha.sees(order_id, "ready")
    assert notice(stack, order_id)["state"] == "queued"


def test_outside_the_24_hours_the_news_is_a_template(stack: Stack, asha: Customer) -> None:
    order_id = orders_tea(asha)
    body = "News of your order {{1}}: {{2}}"
    stack.control("POST", "/templates", name=NOTICE_TEMPLATE, language="en", body=body)
    stack.control("POST", f"/customers/{asha.phone}/clock", hours=25)
    stack.rows(
        "UPDATE user_profiles SET last_interaction = now() - interval '25 hours'"
        " WHERE whatsapp_phone = %s",
        asha.phone,
    )
    move(stack, order_id, "ready")
    assert asha.sees(order_id, "ready")["type"] == "template"


def test_who_said_stop_gets_no_news(stack: Stack, asha: Customer) -> None:
    order_id = orders_tea(asha)
    asha.types("STOP")
    asha.sees("START")
    move(stack, order_id, "ready")
    dropped = eventually(lambda: notice(stack, order_id))
    assert (dropped["state"], "not want" in dropped["reason"]) == ("dropped", True)
    asha.sees_nothing_more()
    asha.types("START")
    asha.sees("Welcome back", "How can we help")
    asha.is_at("main_menu", "menu_shown", {})
    [profile] = stack.rows("SELECT * FROM user_profiles WHERE whatsapp_phone = %s", asha.phone)
    assert profile["subscription"] == "subscribed"


def test_a_customer_who_cancels_is_not_told_twice(asha: Customer) -> None:
    order_id = orders_tea(asha)
    asha.types("cancel my order")
    asha.sees(order_id)
    asha.taps("Yes, cancel it")
    asha.sees(order_id, "cancelled")
    asha.sees_nothing_more(2)
    assert asha.orders()[0]["status"] == "cancelled"


def test_a_photo_of_a_ticket_is_kept(stack: Stack, asha: Customer) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    asha.taps("Get Support")
    asha.sees("🆘")
    asha.taps("Delivery Issue")
    asha.sees("what happened")
    wamid = asha.does(image=True)
    asha.sees("TKT-")
    kept = eventually(
        lambda: stack.rows(
            "SELECT * FROM media_files WHERE message_id = %s AND content IS NOT NULL", wamid
        )
    )
    assert kept[0]["media_type"].startswith("image/")


def test_a_dead_letter_is_apologised_for(stack: Stack, asha: Customer) -> None:
    """A tracker that cannot be read any more fails every turn of its customer, and only theirs."""
    asha.types("hi")
    asha.sees("Welcome!")
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        connection.execute(
            "UPDATE events SET data = 'broken' WHERE sender_id ="
            " (SELECT id::text FROM user_profiles WHERE whatsapp_phone = %s)",
            [asha.phone],
        )
    wamid = asha.types("coffee")
    eventually(lambda: next_try_is_due(stack, asha) or is_dead(stack, wamid), 300)
    asha.sees("Sorry")


def next_try_is_due(stack: Stack, customer: Customer) -> None:
    """All ten take more than a minute."""
    stack.rows(
        "UPDATE lanes SET ready_at = now() WHERE direction = 'incoming' AND ready_at > now()"
        " AND customer_id = (SELECT id FROM user_profiles WHERE whatsapp_phone = %s)",
        customer.phone,
    )


def is_dead(stack: Stack, wamid: str) -> bool:
    dead = "SELECT 1 FROM whatsapp_messages WHERE message_id = %s AND status = 'dead'"
    return bool(stack.rows(dead, wamid))
