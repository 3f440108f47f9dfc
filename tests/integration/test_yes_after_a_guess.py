"""A yes that follows "Is it one of these?" is no yes to the summary above it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.cancel_order import CancelOrder
from actions.confirm_order import ConfirmOrder
from actions.small_talk import Affirm
from storage.models import Order
from tests.integration.conversation import Conversation, open_two_coffees


@pytest.fixture
def talk(session: Session) -> Conversation:
    return open_two_coffees(session)


def is_asked_what_was_meant(talk: Conversation, words: str) -> None:
    """The fallback offers guesses, and the open question waits."""
    talk.types(words, intent="nlu_fallback")
    message = f"wamid.{talk.customer}.{talk.turns}"
    talk.slots["misunderstood"] = {"times": 1, "message": message, "aside": True}
    talk.hears(message, words)


def test_it_shows_the_summary_again_and_the_next_one_places(
    talk: Conversation, session: Session
) -> None:
    is_asked_what_was_meant(talk, "ready by 1:40?")
    talk.types("yes", Affirm(), intent="affirm")
    assert "utter_order_summary" in talk.said
    assert session.scalars(select(Order)).all() == []
    talk.types("yes", Affirm(), intent="affirm")
    assert "utter_order_confirmed" in talk.said


def test_who_says_confirm_has_confirmed(talk: Conversation) -> None:
    is_asked_what_was_meant(talk, "ready by 1:40?")
    talk.types("confirm the order", ConfirmOrder(), intent="confirm_order")
    assert "utter_order_confirmed" in talk.said


def test_it_cancels_no_placed_order(talk: Conversation, session: Session) -> None:
    talk.types("yes", Affirm(), intent="affirm")
    talk.types("cancel my order", CancelOrder(), intent="cancel_order")
    assert "utter_cancel_placed" in talk.said
    is_asked_what_was_meant(talk, "is it warm?")
    talk.types("yes", Affirm(), intent="affirm")
    assert session.scalars(select(Order.status)).all() == ["pending"]
