"""Unsure is an answer: act, ask or say so; a tap leads on with the words as they were typed."""

import os
import subprocess
import sys

import pytest
from rasa.shared.nlu.training_data.loading import load_data

from nlu.label import DIRECTORY
from settings import ROOT
from shop.language.responses import format_response, response_exists
from shop.taps.meanings import domain_intents
from tests.journeys import unclear
from tests.journeys.play import Customer
from tests.journeys.unclear import Parsed, guesses, products

NONSENSE = ["qwx zzpf blorg", "vlkr hmpf", "zzz brrp qwx", "blorg wvv", "hmpf qwx zz"]
A_DAY = 24 * 60
TRIES = ["Place Order", "Track Order", "Get Support"]
WAYS_OUT = ["Talk to a person", "Main Menu"]
SUMMARY = ["✅ Confirm Order", "❌ Cancel", "🔄 Edit"]


def name(intent: str, language: str = "en") -> str:
    """What an intent is called on a button."""
    return format_response(f"utter_meant_{intent}", language)


def has_name(intent: str) -> bool:
    return response_exists(f"utter_meant_{intent}")


def named(parsed: Parsed) -> list[str]:
    return [intent for intent in guesses(parsed) if has_name(intent)]


def leads(parsed: Parsed) -> bool:
    """Whether there is something to choose: the likeliest has a name."""
    return has_name(guesses(parsed)[0])


def first_is(*intents: str):
    return lambda parsed: guesses(parsed)[0] in intents


def orders_both(parsed: Parsed) -> bool:
    """Whether it may be an order, of two products that it names."""
    wants = leads(parsed) and "new_order" in named(parsed)
    return wants and products(parsed) == {"coffee", "samosa"}


def is_asked(customer: Customer, text: str, language: str = "en") -> list[str]:
    """Types it and is asked what was meant; returns the titles to choose from."""
    customer.types(text)
    question = {"en": "Is it one of these?", "hi": "क्या इनमें से कुछ चाहिए"}[language]
    customer.sees(question)
    return [option["title"] for option in customer.last["options"]]


def test_what_is_clear_is_done(asha: Customer) -> None:
    asha.types("2 cofee an samosa plz ye")
    asha.sees("Coffee × 2", "Samosa × 1", options=SUMMARY)


def test_what_is_not_clear_is_asked_about_and_a_tap_leads_on(asha: Customer) -> None:
    text = unclear.asks(first_is("track_order"))
    titles = is_asked(asha, text)
    assert titles[0] == name("track_order")
    assert 2 <= len(titles) <= 3
    asha.is_nowhere()
    asha.taps(titles[0])
    asha.sees("Please provide your order ID")
    asha.is_at("order_tracking", "awaiting_order_id", {})


def test_the_words_lead_on_with_the_tap(asha: Customer) -> None:
    """The products that were named are ordered, not asked for again."""
    text = unclear.asks(orders_both)
    titles = is_asked(asha, text)
    assert name("new_order") in titles
    asha.taps(name("new_order"))
    asha.sees("Coffee × 1 = ₹120", "Samosa × 1 = ₹40", options=SUMMARY)
    asha.is_at("new_order", "confirmation")


def test_none_of_these_leads_to_the_menu_and_a_person(asha: Customer) -> None:
    text = unclear.asks(lambda one: leads(one) and len(named(one)) < 3)
    assert is_asked(asha, text)[-1] == "None of these"
    asha.taps("None of these")
    asha.sees("I still don't understand", options=WAYS_OUT)


def test_hindi(asha: Customer) -> None:
    text = unclear.asks(leads, "hi")
    titles = is_asked(asha, text, "hi")
    assert titles[0] in {name(intent, "hi") for intent in domain_intents() if has_name(intent)}
    for said in ("अब भी समझ नहीं आया", "समझ से बाहर", "अब भी समझ नहीं आया"):
        asha.types("क्षत्रज्ञ ढठणङ")
        asha.sees(said)
        found = [option["title"] for option in asha.last["options"]]
        assert found[:2] == ["किसी से बात करें", "मुख्य मेनू"]


def test_nothing_is_said_twice_in_a_row(asha: Customer) -> None:
    asha.types(NONSENSE[0])
    said = [asha.sees("didn't get that", options=TRIES)["text"]]
    for nonsense in NONSENSE[1:]:
        asha.types(nonsense)
        said.append(asha.sees(options=WAYS_OUT)["text"])
        assert said[-1] != said[-2]
        assert said[-1] != said[0]
    asha.taps("Talk to a person")
    asha.sees("A person from our team", "TKT-")


def test_in_a_row_means_in_a_row(asha: Customer) -> None:
    for _ in range(2):
        asha.types(NONSENSE[0])
        asha.sees("didn't get that", options=TRIES)
        asha.types("yes")
        asha.sees("What would you like to do")


@pytest.mark.parametrize(
    ("way", "hint", "question"),
    [
        ("2 coffees", "didn't get that", "Is this correct?"),
        ("coffee", "whole number", "How many"),
        ("track my order", "doesn't look like an order ID", "Please provide your order ID"),
        ("order", "didn't get that", "What would you like to order?"),
        ("help me", "didn't get that", "How can we support you?"),
    ],
)
def test_with_a_question_open(asha: Customer, way: str, hint: str, question: str) -> None:
    """Its hint, the menu and a person, then its answers again: never the same twice in a row."""
    asha.types(way)
    at = (asha.sees(question), asha.state()[0]["current_step"])[1]
    own = [option["title"] for option in asha.last["options"]]
    asha.types(NONSENSE[0])
    said = [asha.sees(hint, question, options=own)["text"]]
    for nonsense, words, options in zip(
        NONSENSE[1:],
        ["still answer", 'reply "menu"', "still answer", 'reply "menu"'],
        [WAYS_OUT, own, WAYS_OUT, own],
        strict=True,
    ):
        asha.types(nonsense)
        said.append(asha.sees(words, options=options)["text"])
        assert said[-1] != said[-2]
    assert asha.state()[0]["current_step"] == at


def test_a_question_that_waits_can_still_be_answered(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("How many")
    text = unclear.asks(first_is("track_order", "support_payment"))
    is_asked(asha, text)
    asha.is_at("new_order", "quantity_input")
    asha.types("2")
    asha.sees("Coffee × 2 = ₹240", options=SUMMARY)


def test_with_a_question_open_the_tap_leads_away(asha: Customer) -> None:
    asha.types("2 coffees")
    asha.sees("Is this correct?")
    text = unclear.asks(first_is("support_delivery", "support_payment"))
    titles = is_asked(asha, text)
    asha.is_at("new_order", "confirmation")
    asha.taps(titles[0])
    asha.sees("what happened")
    asha.is_at("support", "describing_issue")


def test_what_the_open_question_is_about_is_not_asked(asha: Customer) -> None:
    asha.types("track my order")
    asha.sees("Please provide your order ID")
    text = unclear.asks(first_is("track_order"))
    asha.types(text)
    asha.sees("doesn't look like an order ID", "Please provide your order ID")


def test_an_old_tap_starts_what_can_be_started(asha: Customer) -> None:
    """Yesterday's question: its words are still known, and nothing of today is touched."""
    text = unclear.asks(orders_both)
    is_asked(asha, text)
    question = asha.last["id"]
    asha.waits(A_DAY)
    asha.types("hi")
    asha.sees("Welcome!")
    asha.taps(name("new_order"), on=question)
    asha.sees("Coffee × 1 = ₹120", "Samosa × 1 = ₹40", options=SUMMARY)


def test_an_old_tap_changes_nothing(asha: Customer) -> None:
    """`Change my order`, asked about before there was one, does not touch the cart of now."""
    text = unclear.asks(lambda one: first_is("edit_order")(one) and not products(one))
    is_asked(asha, text)
    question = asha.last["id"]
    asha.types("2 coffees")
    asha.sees("Coffee × 2 = ₹240")
    asha.taps(name("edit_order"), on=question)
    asha.sees("earlier message", "Coffee × 2 = ₹240", options=SUMMARY)
    asha.is_at("new_order", "confirmation")


def test_a_tap_whose_words_are_gone_means_the_intent_alone(asha: Customer) -> None:
    text = unclear.asks(first_is("track_order"))
    titles = is_asked(asha, text)
    asha.stack.rows("UPDATE whatsapp_messages SET cause_id = NULL WHERE direction = 'outgoing'")
    asha.taps(titles[0])
    asha.sees("Please provide your order ID")


def test_an_old_tap_is_no_description(asha: Customer) -> None:
    """Asked what happened, a tap on an older question is a wish of its own, and no ticket."""
    text = unclear.asks(first_is("track_order"))
    titles = is_asked(asha, text)
    question = asha.last["id"]
    asha.types("help me")
    asha.sees("How can we support you?")
    asha.taps("Delivery Issue")
    asha.sees("what happened")
    asha.taps(titles[0], on=question)
    asha.sees("Please provide your order ID")
    assert asha.tickets() == []


def kept(customer: Customer) -> list[dict[str, object]]:
    """What was kept for training of what the customer wrote."""
    return customer.stack.rows(
        "SELECT text, guess, meant FROM unclear_messages WHERE customer_id ="
        " (SELECT id FROM user_profiles WHERE user_id = %s) ORDER BY cause_id",
        customer.user_id,
    )


def test_what_was_not_understood_comes_to_whoever_trains(asha: Customer, ravi: Customer) -> None:
    """Kept masked, with what was tapped; listed as a file that Rasa reads beside data/nlu."""
    text = unclear.asks(first_is("track_order"))
    asha.taps(is_asked(asha, text)[0])
    asha.sees("Please provide your order ID")
    asha.types("menu")
    asha.sees("Welcome!")
    asha.types("qwx zzpf 9876543210")
    asha.sees("didn't get that")
    [meant, missed] = kept(asha)
    assert (meant["text"], meant["meant"]) == (text, "track_order")
    assert (missed["text"], missed["meant"]) == ("qwx zzpf 0000000000", None)
    ravi.types("blorg hmpf")
    ravi.sees("didn't get that")
    ravi.types("stop")
    ravi.sees("🔕")
    assert kept(ravi) == []

    before = set(DIRECTORY.glob("*.yml"))
    told = subprocess.run(
        [sys.executable, "-m", "nlu.label"],
        env={**os.environ, "DATABASE_URL": asha.stack.database_url},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert "to_label/" in told.stdout
    [path] = set(DIRECTORY.glob("*.yml")) - before
    try:
        written = load_data(str(path))
        together = load_data(str(ROOT / "data" / "nlu")).merge(written)
    finally:
        path.unlink()
    found = {(one.get("text"), one.get("intent")) for one in written.training_examples}
    assert (text, "track_order") in found
    assert ("qwx zzpf 0000000000", missed["guess"]) in found
    assert not any("9876543210" in words or "blorg hmpf" in words for words, _ in found)
    assert {intent for _, intent in found} <= together.intents
