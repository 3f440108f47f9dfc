"""A cart waits over every detour: it is named, it can be gone on with, added to and given up."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.cancel_order import CancelOrder
from actions.confirm_order import ConfirmOrder, sureness_of_yes
from actions.edit_order import EditOrder
from actions.fulfilment import ChooseFulfilment
from actions.main_menu import ShowMenu
from actions.new_order import NewOrder
from actions.order_tracking import TrackOrder
from actions.small_talk import Affirm
from actions.turn import ShopAction
from actions.waiting_words import Wait
from tests.integration.conversation import Conversation, open_two_coffees
from tests.integration.customers import store_customer
from tests.integration.shop.orders.trading import add_sizes, settle

Detour = Callable[[Conversation], None]
GREETING = "Welcome! How can we help you today?"
WAITS = "utter_cart_waits"


@pytest.fixture
def talk(session: Session) -> Conversation:
    """Two coffees wait to be confirmed."""
    return open_two_coffees(session)


def greets(talk: Conversation, words: str = "hi") -> None:
    talk.types(words, ShowMenu(), intent="greet")


def tracks(talk: Conversation) -> None:
    talk.taps("track_order", {}, TrackOrder())


DETOURS = [greets, tracks]


@pytest.mark.parametrize("words", ["hi", "hello", "namaste", "नमस्ते"])
def test_a_greeting_names_what_waits(talk: Conversation, words: str) -> None:
    greets(talk, words)
    assert talk.texts == [GREETING]
    assert talk.words(WAITS) == "Coffee × 2"
    assert talk.slots.get("step") == "menu_shown"
    assert not talk.slots.get("cart")


def test_the_seed_greets_whoever_has_no_cart_in_its_own_words_alone(session: Session) -> None:
    store_customer(session)
    fresh = Conversation()
    greets(fresh)
    assert (fresh.texts, fresh.said) == ([GREETING], {})


def test_track_order_names_what_waits(talk: Conversation) -> None:
    tracks(talk)
    assert talk.words(WAITS) == "Coffee × 2"
    assert talk.slots["step"] == "awaiting_order_id"


@pytest.mark.parametrize("detour", DETOURS)
@pytest.mark.parametrize(("words", "action"), [("yes", Affirm()), ("confirm", ConfirmOrder())])
def test_it_is_gone_on_with(
    talk: Conversation, detour: Detour, words: str, action: ShopAction
) -> None:
    detour(talk)
    talk.types(words, action, intent="affirm")
    assert talk.lines == {"coffee": 2}
    assert "utter_order_summary" in talk.said


@pytest.mark.parametrize("detour", DETOURS)
@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("add 1 juice", {"coffee": 2, "juice": 1}),
        ("add a samosa too please", {"coffee": 2, "samosa": 1}),
        ("aur 1 samosa", {"coffee": 2, "samosa": 1}),
        ("ek chai aur jod do", {"coffee": 2, "tea": 1}),
        ("एक समोसा और जोड़ दो", {"coffee": 2, "samosa": 1}),
        ("3 teas", {"tea": 3}),
    ],
)
def test_what_is_added_joins_it(
    talk: Conversation, detour: Detour, words: str, lines: dict[str, int]
) -> None:
    detour(talk)
    talk.types(words, NewOrder(), intent="new_order")
    assert talk.lines == lines


@pytest.mark.parametrize("detour", DETOURS)
@pytest.mark.parametrize("words", ["make it 3 coffees", "coffee 3 kar do", "कॉफ़ी 3 कर दो"])
def test_it_is_changed(talk: Conversation, detour: Detour, words: str) -> None:
    detour(talk)
    talk.types(words, EditOrder(), intent="edit_order")
    assert talk.lines == {"coffee": 3}


def test_it_is_given_up_from_the_menu(talk: Conversation) -> None:
    greets(talk)
    talk.types("cancel", CancelOrder(), intent="cancel_order")
    assert "utter_cancelled" in talk.said
    talk.types("yes", Affirm(), intent="affirm")
    assert talk.lines == {}


def test_no_wait_brings_back_what_was_cancelled(talk: Conversation, session: Session) -> None:
    settle(session, fulfilment=["pickup", "delivery"])
    session.commit()
    talk.types("deliver to flat 3, MG Road 560001", NewOrder(), intent="new_order")
    terms = talk.slots["terms"]
    talk.types("cancel", CancelOrder(), intent="cancel_order")
    assert "utter_cancelled" in talk.said
    talk.types("no wait", Wait(), intent="wait")
    assert "utter_cancelled_reopened" in talk.said
    assert (talk.lines, talk.slots["terms"]) == ({"coffee": 2}, terms)
    assert talk.slots["step"] == "confirmation"


@pytest.mark.parametrize("words", ["yes", "ok"])
def test_a_yes_does_not_bring_back_what_was_cancelled(talk: Conversation, words: str) -> None:
    talk.types("cancel", CancelOrder(), intent="cancel_order")
    talk.types(words, Affirm(), intent="affirm")
    assert talk.lines == {}
    greets(talk)
    assert WAITS not in talk.said


def test_no_wait_brings_back_a_placed_order_as_a_cart(talk: Conversation, session: Session) -> None:
    talk.types("yes", Affirm(), intent="affirm")
    talk.types("cancel my order", CancelOrder(), intent="cancel_order")
    talk.types("no wait", Wait(), intent="wait")
    assert "utter_order_kept" in talk.said
    assert session.scalars(text("SELECT status FROM orders")).all() == ["pending"]
    talk.types("cancel my order", CancelOrder(), intent="cancel_order")
    talk.types("yes", Affirm(), intent="affirm")
    assert "utter_order_cancelled" in talk.said
    talk.types("i still want it", Wait(), intent="wait")
    assert "utter_cancelled_reopened" in talk.said
    assert (talk.lines, talk.slots["step"]) == ({"coffee": 2}, "confirmation")


def test_wait_alone_brings_nothing_back_that_was_not_cancelled(talk: Conversation) -> None:
    talk.types("yes", Affirm(), intent="affirm")
    talk.types("wait", Wait(), intent="wait")
    assert list(talk.said) == ["utter_take_your_time"]


def test_leaving_the_tracking_does_not_give_it_up(talk: Conversation) -> None:
    tracks(talk)
    talk.types("cancel", CancelOrder(), intent="cancel_order")
    assert "utter_left" in talk.said
    greets(talk)
    assert talk.words(WAITS) == "Coffee × 2"


def test_what_is_placed_waits_no_more(talk: Conversation) -> None:
    talk.types("yes", Affirm(), intent="affirm")
    greets(talk)
    assert talk.said == {}


@pytest.mark.parametrize("detours", [[greets], [tracks], [greets, greets], [tracks, greets]])
def test_how_it_was_wanted_waits_with_it(
    session: Session, talk: Conversation, detours: list[Detour]
) -> None:
    settle(session, fulfilment=["pickup", "delivery"])
    session.commit()
    talk.types("deliver to flat 3, MG Road 560001", NewOrder(), intent="new_order")
    address = talk.slots["terms"]["address"]
    assert address["postcode"] == "560001"
    for detour in detours:
        detour(talk)
    talk.types("yes", Affirm(), intent="affirm")
    assert (talk.slots["terms"]["fulfilment"], talk.slots["terms"]["address"]) == (
        "delivery",
        address,
    )
    assert talk.slots["step"] == "confirmation"


def test_a_pending_order_that_is_shown_is_what_is_changed(
    session: Session, talk: Conversation
) -> None:
    talk.types("yes", Affirm(), intent="affirm")
    number = session.scalars(text("SELECT order_id FROM orders")).one()
    talk.types("5 teas", NewOrder(), intent="new_order")
    talk.types(f"track {number}", TrackOrder(), intent="track_order")
    assert talk.words(WAITS) == "Tea × 5"
    talk.types("add a samosa to it", EditOrder(), intent="edit_order")
    assert "utter_placed_changed" in talk.said


def test_a_way_said_meanwhile_goes_on_with_the_cart(talk: Conversation, session: Session) -> None:
    settle(session, fulfilment=["pickup", "delivery"])
    session.commit()
    tracks(talk)
    talk.types("pickup", ChooseFulfilment(), intent="choose_fulfilment")
    assert talk.lines == {"coffee": 2}
    assert talk.slots["step"] == "confirmation"
    assert talk.slots["terms"]["fulfilment"] == "pickup"


@pytest.mark.parametrize("action", [Affirm, ConfirmOrder])
def test_what_was_emptied_does_not_come_back(talk: Conversation, action: type[ShopAction]) -> None:
    talk.types("remove the coffee", EditOrder(), intent="edit_order")
    assert "utter_cart_empty" in talk.said
    talk.types("checkout", action(), intent="confirm_order")
    assert "utter_cart_reopened" not in talk.said
    assert talk.lines == {}


def test_a_confirmation_of_what_is_still_asked_asks_again(session: Session) -> None:
    add_sizes(session, "coffee")
    store_customer(session)
    asked = Conversation()
    asked.types("2 coffees", NewOrder(), intent="new_order")
    asked.types("ok place it", ConfirmOrder(), intent="confirm_order")
    assert [*asked.said] == ["utter_ask_option"]
    assert asked.lines == {"coffee": 2}


@pytest.mark.parametrize("action", [Affirm, ConfirmOrder])
def test_a_yes_while_closed_says_that_the_cart_is_kept(
    talk: Conversation, session: Session, action: type[ShopAction]
) -> None:
    session.execute(text("UPDATE shop_settings SET paused_until = now() + interval '2 hours'"))
    session.commit()
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    assert "utter_kept_while_closed" in talk.said
    talk.types("confirm", action(), intent="confirm_order")
    assert talk.words("utter_kept_while_closed") == "Coffee × 2 = ₹240"
    assert session.scalar(text("SELECT count(*) FROM orders")) == 0


def test_between_two_kinds_of_yes_there_is_no_doubt() -> None:
    """ "haan pakka karo" is both "yes" and "confirm it"; "confirm after 5" is something else."""

    def message(**sure: float) -> dict[str, object]:
        told = [{"name": name, "confidence": one} for name, one in sure.items()]
        return {"intent": told[0], "intent_ranking": told}

    both = sureness_of_yes(message(confirm_order=0.51, affirm=0.45, start=0.01))
    assert both == pytest.approx(0.96)
    assert sureness_of_yes(message(confirm_order=0.53, choose_time=0.4)) == pytest.approx(0.53)
    assert sureness_of_yes(message(wait=0.5, affirm=0.4)) == pytest.approx(0.5)
    assert sureness_of_yes({"intent": {"name": "affirm", "confidence": 1.0}}) == 1.0
