"""An address that comes in parts: its PIN code before or behind it, a landmark, whom to call."""

import pytest
from rasa_sdk import Tracker
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.confirm_order import ConfirmOrder
from actions.delivery_place import ShareLocation
from actions.edit_order import ChangeQuantity, EditOrder
from actions.fulfilment import AskAddress, ChooseFulfilment, GiveAddress, TakeAddress, read_address
from actions.new_order import NewOrder
from nlu.message_reading import read_message
from tests.integration.conversation import Conversation
from tests.integration.customers import store_customer
from tests.integration.shop.orders.trading import add_zone, settle

HOME = {"text": "behind the big bazaar in domlur"}


@pytest.fixture
def talk(session: Session) -> Conversation:
    settle(session, fulfilment=["pickup", "delivery"])
    add_zone(session, name="City", postcodes=["5600*"], fee=30)
    return Conversation(str(store_customer(session, "919800000007").id))


def answered(talk: Conversation, words: str, known: dict[str, str] | None) -> dict[str, str]:
    """What the question for an address takes from an answer, where this is known of it."""
    entities = read_message(words, talk.catalogue).entities
    latest = {"text": words, "intent": {"name": "give_address"}, "entities": entities}
    slots = {"terms": {"fulfilment": "delivery", "address": known}, "step": "address_input"}
    found = read_address(Tracker("1", slots, latest, [], False, None, {}, None))
    return found.as_json() if found else {}


@pytest.mark.parametrize("words", ["560071", "560 071", "pin 560071", "Domlur 560071"])
def test_a_pin_code_completes_the_address(talk: Conversation, words: str) -> None:
    said = answered(talk, words, HOME)
    assert said["postcode"] == "560071"
    assert said["text"].startswith(HOME["text"])


@pytest.mark.parametrize(
    "words",
    [
        "no, to flat 9, 14 1st cross road, koramangala 560034",
        "flat 9, 45 Park Street, Bengaluru 560034",
        "45 Park Street 560034",
    ],
)
def test_another_address_with_its_pin_code_is_another(talk: Conversation, words: str) -> None:
    said = answered(talk, words, HOME)
    assert said["postcode"] == "560034"
    assert "bazaar" not in said["text"]


def test_a_landmark_stands_behind_the_address(talk: Conversation) -> None:
    said = answered(talk, "opposite HDFC bank", HOME)
    assert said["text"] == f"{HOME['text']}, opposite HDFC bank"


def test_where_nobody_delivers_another_address_is_taken(talk: Conversation) -> None:
    said = answered(talk, "opposite HDFC bank", {"text": "Chennai", "postcode": "600003"})
    assert said["text"] == "opposite HDFC bank"


def test_a_landmark_at_the_summary_and_its_pin_code(talk: Conversation, session: Session) -> None:
    talk.types("2 teas delivered to flat 3, MG Road 560001", NewOrder(), intent="new_order")
    talk.types("add landmark: opposite to HDFC bank", EditOrder(), intent="edit_order")
    assert talk.slots["step"] == "confirmation"
    said = talk.slots["terms"]["address"]
    assert said["text"] == "flat 3, MG Road 560001, landmark: opposite to HDFC bank"
    assert said["postcode"] == "560001"


def test_a_pin_code_said_first_is_not_asked(talk: Conversation) -> None:
    talk.types("2 teas delivery 560034", NewOrder(), intent="new_order")
    assert talk.slots["step"] == "address_input"
    talk.types("flat 9, 80 feet road koramangala", GiveAddress(), intent="give_address")
    assert talk.slots["step"] == "confirmation"
    assert "flat 9, 80 feet road koramangala, 560034" in talk.words("utter_order_summary")


def test_a_pin_code_said_before_the_way(talk: Conversation) -> None:
    talk.types("2 teas 560034", NewOrder(), intent="new_order")
    talk.types("delivery", ChooseFulfilment(), intent="choose_fulfilment")
    talk.slots["address"] = {"text": "flat 9, 80 feet road"}
    talk.types("flat 9, 80 feet road", TakeAddress(), intent="give_address")
    assert talk.slots["terms"]["address"]["postcode"] == "560034"


def test_whom_to_call_stands_with_the_order(talk: Conversation, session: Session) -> None:
    words = "2 teas to Tower B, 4th floor, Tech Park road 560045, contact Rahul 98765 43210"
    talk.types(words, NewOrder(), intent="new_order")
    assert "📝 contact Rahul 98765 43210" in talk.words("utter_order_summary")
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    [order] = session.execute(text("SELECT notes, address FROM orders")).all()
    assert "98765 43210" in str(order.notes)
    assert "98765" not in order.address["text"]


def test_a_landmark_after_placing(talk: Conversation, session: Session) -> None:
    talk.types("2 teas delivered to flat 3, MG Road 560001", NewOrder(), intent="new_order")
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    talk.types("near the big gate", GiveAddress(), intent="give_address")
    assert "utter_placed_changed" in talk.said
    [order] = session.execute(text("SELECT address, total FROM orders")).all()
    assert order.address["text"] == "flat 3, MG Road 560001, near the big gate"
    assert order.address["postcode"] == "560001"


@pytest.mark.parametrize("pin", ["560034", "560 034", "pin code 560034", "my pincode is 560034"])
def test_a_pin_code_alone_is_no_address(talk: Conversation, pin: str) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    talk.types("delivery", ChooseFulfilment(), intent="choose_fulfilment")
    answer(talk, pin)
    assert talk.slots["step"] == "address_input"
    assert talk.slots["terms"]["said_postcode"] == "560034"
    assert said_question(talk) == "utter_ask_street"
    answer(talk, "Flat 7, Rambaug")
    assert "Flat 7, Rambaug, 560034" in talk.words("utter_order_summary")
    assert talk.slots["terms"]["address"]["postcode"] == "560034"
    assert talk.slots["terms"]["fee"] == 30


def test_a_pin_code_below_the_minimum_still_wants_a_street(
    talk: Conversation, session: Session
) -> None:
    settle(session, minimum_order=500)
    session.commit()
    talk.types("2 teas", NewOrder(), intent="new_order")
    talk.types("delivery", ChooseFulfilment(), intent="choose_fulfilment")
    answer(talk, "560034")
    assert talk.slots["step"] == "address_input"
    answer(talk, "Flat 7, Rambaug")
    assert "Flat 7, Rambaug, 560034" in talk.words("utter_below_minimum")


def test_where_nobody_delivers_is_said_to_the_pin_code(talk: Conversation) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    talk.types("delivery", ChooseFulfilment(), intent="choose_fulfilment")
    answer(talk, "600003")
    assert said_question(talk) == "utter_not_delivered_there"
    answer(talk, "560034")
    assert said_question(talk) == "utter_ask_street"
    answer(talk, "Flat 7, Rambaug")
    assert "Flat 7, Rambaug, 560034" in talk.words("utter_order_summary")


def test_a_place_on_the_map_has_the_pin_code_that_was_said(talk: Conversation) -> None:
    talk.types("2 teas delivery 560034", NewOrder(), intent="new_order")
    place = {"latitude": 12.9, "longitude": 77.6}
    talk.slots["address"] = {"text": "12.90000, 77.60000", **place}
    talk.sends_place(place, TakeAddress())
    assert talk.slots["step"] == "confirmation"
    assert talk.slots["terms"]["address"]["postcode"] == "560034"


def test_the_last_order_went_to_a_pin_code_alone(talk: Conversation, session: Session) -> None:
    talk.types("2 teas delivered to flat 3, MG Road 560001", NewOrder(), intent="new_order")
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    old = """UPDATE orders SET address = '{"text": "560034", "postcode": "560034"}'"""
    session.execute(text(old))
    session.commit()
    talk.types("2 teas", NewOrder(), intent="new_order")
    assert talk.slots["step"] == "address_input"
    assert said_question(talk) == "utter_ask_street"


def test_another_pin_code_is_not_the_last_address(talk: Conversation) -> None:
    talk.types("2 teas delivered to flat 3, MG Road 560001", NewOrder(), intent="new_order")
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    talk.types("2 teas delivery 560034", NewOrder(), intent="new_order")
    assert said_question(talk) == "utter_ask_street"


def answer(talk: Conversation, words: str) -> None:
    """Answers the question for an address, as the form does."""
    known = (talk.slots["terms"] or {}).get("address")
    talk.slots["address"] = answered(talk, words, known)
    talk.types(words, TakeAddress(), intent="give_address")


def said_question(talk: Conversation) -> str:
    """The response by which the form asks now."""
    talk.types("hmm", AskAddress(), intent="nlu_fallback")
    [question] = talk.said
    return question


@pytest.mark.parametrize("words", ["delivery 560034", "560034"])
def test_a_pin_code_is_no_number_of_a_product(talk: Conversation, words: str) -> None:
    talk.types("2 teas", NewOrder(), intent="new_order")
    talk.types(words, ChangeQuantity(), intent="inform_quantity")
    assert "utter_quantity_out_of_bounds" not in talk.said
    assert talk.lines == {"tea": 2}
    assert talk.slots["terms"]["said_postcode"] == "560034"


PIN_ON_MAP = {"latitude": 12.9716, "longitude": 77.5946}


@pytest.fixture
def mapped(talk: Conversation, session: Session) -> Conversation:
    """A cart whose place was sent as a location; the shop delivers around itself, too."""
    add_zone(session, name="Near", radius_km=3, fee=40, **PIN_ON_MAP)
    session.commit()
    talk.types("3 teas delivery", NewOrder(), intent="new_order")
    talk.sends_place(PIN_ON_MAP, ShareLocation())
    talk.slots["step"] = "confirmation"
    return talk


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("flat 5, second floor", "flat 5, second floor"),
        (
            "flat 5, Sunrise Apartments, MG Road 560001",
            "flat 5, Sunrise Apartments, MG Road 560001",
        ),
        ("my address is house 12, 4th cross", "house 12, 4th cross"),
    ],
)
def test_words_behind_a_location_belong_to_it(mapped: Conversation, words: str, text: str) -> None:
    mapped.types(words, GiveAddress(), intent="give_address")
    said = mapped.slots["terms"]["address"]
    assert (said["text"], said["latitude"], said["longitude"]) == (text, 12.9716, 77.5946)
    assert mapped.slots["step"] == "confirmation"
    mapped.types("opposite HDFC bank", GiveAddress(), intent="give_address")
    said = mapped.slots["terms"]["address"]
    assert (said["text"], said["latitude"]) == (f"{text}, opposite HDFC bank", 12.9716)


@pytest.mark.parametrize(
    "words", ["deliver to 44 Lavelle Road 560001", "44 Lavelle Road 560001 instead"]
)
def test_another_address_leaves_the_location(mapped: Conversation, words: str) -> None:
    mapped.types(words, GiveAddress(), intent="give_address")
    said = mapped.slots["terms"]["address"]
    assert said == {"text": "44 Lavelle Road 560001", "postcode": "560001"}


def test_a_location_of_last_time_is_left_by_another_address(mapped: Conversation) -> None:
    mapped.heard.clear()
    mapped.types("44 Lavelle Road 560001", GiveAddress(), intent="give_address")
    assert "latitude" not in mapped.slots["terms"]["address"]


def test_house_and_floor_after_a_location_was_ordered(
    mapped: Conversation, session: Session
) -> None:
    for _ in ("the fee is said", "it is placed"):
        mapped.types("yes", ConfirmOrder(), intent="confirm_order")
    mapped.heard.clear()
    mapped.types("flat 5, second floor", GiveAddress(), intent="give_address")
    [address] = session.scalars(text("SELECT address FROM orders")).all()
    assert address == {"text": "flat 5, second floor", **PIN_ON_MAP}
