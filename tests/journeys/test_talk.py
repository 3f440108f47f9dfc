"""What people say beside ordering (talk.yml): each message gets what is right where it is said."""

import re
from typing import Any

import pytest
import yaml

from tests.journeys.play import Customer
from tests.journeys.stack import ROOT

TABLE = yaml.safe_load((ROOT / "tests/journeys/talk.yml").read_text(encoding="utf-8"))


def says(customer: Customer, words: str) -> str:
    """Writes this and waits until it is worked off; all that was said to it, in one text."""
    message = customer.types(words)
    customer.message_becomes(message, "processed")
    answers = customer.stack.rows(
        "SELECT answer.content FROM whatsapp_messages AS answer JOIN whatsapp_messages AS asked"
        " ON answer.cause_id = asked.id WHERE asked.message_id = %s ORDER BY answer.id",
        message,
    )
    return "\n".join(str(answer["content"]) for answer in answers)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: f"{case['at']}: {case['says']}")
def test_what_is_said_is_answered_where_it_is_said(asha: Customer, case: dict[str, Any]) -> None:
    for words in TABLE["places"][case["at"]]:
        assert says(asha, words)
    answer = says(asha, case["says"])
    assert re.search(case["sees"], answer, re.I | re.S), answer
    assert not ("hides" in case and re.search(case["hides"], answer, re.I | re.S)), answer
    if "step" in case:
        assert [row["current_step"] for row in asha.state()] == [case["step"]], answer
    for things in ("orders", "tickets"):
        if things in case:
            assert len(getattr(asha, things)()) == case[things], answer


def test_the_bot_is_quiet_until_a_person_answers_or_it_is_wanted(asha: Customer) -> None:
    assert "TKT-" in says(asha, "I want to talk to a person")
    assert "answer you here" in says(asha, "my uncle came too")
    assert says(asha, "anybody there??") == ""
    assert says(asha, "thanks") == ""
    assert "Order Summary" in says(asha, "2 coffees")
    assert "Confirmed" in says(asha, "yes")
    assert "welcome" in says(asha, "thanks")


def test_who_is_quiet_hears_the_words_that_must_always_work(asha: Customer) -> None:
    says(asha, "person")
    assert "answer you here" in says(asha, "ok")
    assert "will not write" in says(asha, "stop please")


def test_what_is_said_after_a_person_has_answered_is_for_the_bot(asha: Customer) -> None:
    says(asha, "person")
    assert "answer you here" in says(asha, "ok")
    asha.stack.rows(
        "UPDATE tickets SET status = 'closed' WHERE customer_phone = %s",
        asha.phone,
    )
    assert "welcome" in says(asha, "thanks")


def test_an_order_kept_for_later_is_placed_with_a_word(asha: Customer) -> None:
    says(asha, "2 coffees")
    says(asha, "not now, later")
    assert asha.orders() == []
    assert "Confirmed" in says(asha, "confirm")
    assert len(asha.orders()) == 1


def test_who_takes_their_time_answers_as_if_nothing_was_said(asha: Customer) -> None:
    says(asha, "coffee")
    assert "Take your time" in says(asha, "one sec")
    assert "Coffee × 3" in says(asha, "3")
