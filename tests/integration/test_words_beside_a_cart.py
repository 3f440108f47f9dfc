"""Words beside an open cart: where it goes, how long it takes, what is on it, and that it is not
wanted after all."""

import pytest
from sqlalchemy.orm import Session

from actions.delivery_place import ShareLocation
from actions.edit_order import EditOrder
from actions.faq import AskTotal, Resume
from actions.order_tracking import TrackOrder
from actions.small_talk import Deny
from tests.integration.conversation import Conversation, open_two_coffees

SUMMARY = "utter_order_summary"


@pytest.fixture
def talk(session: Session) -> Conversation:
    """Two coffees wait to be confirmed."""
    return open_two_coffees(session)


@pytest.mark.parametrize("text", ["deliver to flat 3, MG Road", "leave it with the guard"])
def test_where_it_goes_is_noted(talk: Conversation, text: str) -> None:
    talk.types(text, ShareLocation(), Resume(), intent="share_location")
    assert talk.lines == {"coffee": 2}
    assert talk.said["utter_wish_noted"]["words"] == text
    assert f"📝 {text}" in talk.words(SUMMARY)


def test_a_change_of_the_address_opens_no_ticket(talk: Conversation) -> None:
    talk.types("change my delivery address to 14 Park Street", EditOrder())
    assert talk.lines == {"coffee": 2}
    assert "14 Park Street" in talk.words(SUMMARY)


def test_how_long_it_takes_at_the_summary(talk: Conversation) -> None:
    talk.types("how long will it take?", TrackOrder())
    assert list(talk.said) == ["utter_how_long", SUMMARY]


def test_what_is_on_the_order_so_far(talk: Conversation) -> None:
    talk.types("what did I order so far?", AskTotal(), Resume(), intent="ask_total")
    assert list(talk.said) == [SUMMARY]


@pytest.mark.parametrize("text", ["nahi chahiye", "rehne do", "jaane do", "leave it", "रहने दो"])
def test_a_gentle_no_leaves_the_cart(talk: Conversation, text: str) -> None:
    talk.types(text, Deny())
    assert list(talk.said) == ["utter_left_cart"]
    assert talk.lines == {}


def test_a_bare_no_asks_what_to_change(talk: Conversation) -> None:
    talk.types("no", Deny())
    assert list(talk.said) == ["utter_edit_choices"]


def test_a_note_that_says_so_is_taken_whole(talk: Conversation) -> None:
    talk.types("note: ring the bell twice", EditOrder())
    assert talk.words(SUMMARY) == "Coffee × 2 = ₹240\n📝 ring the bell twice"
