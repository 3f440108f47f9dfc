"""Options that nobody has to choose are offered under *Edit*, and asked for nowhere."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.edit_order import EditOrder
from actions.new_order import NewOrder
from actions.options import ChooseOption
from tests.integration.conversation import Conversation
from tests.integration.shop.orders.trading import add_sizes
from tests.integration.test_options import taps_option, titles

pytestmark = pytest.mark.usefixtures("database_url")
SUMMARY, OFFER, EXTRAS = "utter_order_summary", "utter_offer_options", "✨ Options, extras"


@pytest.fixture
def talk(session: Session) -> Conversation:
    add_sizes(session, "coffee")
    session.commit()
    return Conversation()


def order_large(talk: Conversation, session: Session) -> None:
    talk.types("2 coffees", NewOrder())
    taps_option(talk, session, "Large")


def test_extras_are_offered_under_edit(talk: Conversation, session: Session) -> None:
    order_large(talk, session)
    assert talk.words(SUMMARY) == "Coffee (Large) × 2 = ₹301"
    talk.taps("edit_order", {}, EditOrder())
    assert EXTRAS in titles(talk, "utter_edit_choices")
    talk.taps("choose_option", {}, ChooseOption())
    assert titles(talk, OFFER) == ["Small ₹120", "Oat ₹175.50", "✅ Done"]
    taps_option(talk, session, "Oat")
    assert talk.words(SUMMARY) == "Coffee (Large, Oat) × 2 = ₹351"


def test_done_leads_back_to_the_summary(talk: Conversation, session: Session) -> None:
    order_large(talk, session)
    talk.taps("edit_order", {}, EditOrder())
    talk.taps("choose_option", {}, ChooseOption())
    taps_option(talk, session, "done")
    assert talk.words(SUMMARY) == "Coffee (Large) × 2 = ₹301"


def test_an_extra_takes_the_place_of_another_of_its_group(
    talk: Conversation, session: Session
) -> None:
    order_large(talk, session)
    talk.taps("edit_order", {}, EditOrder())
    talk.taps("choose_option", {}, ChooseOption())
    taps_option(talk, session, "Small")
    assert talk.words(SUMMARY) == "Coffee (Small) × 2 = ₹240"


def test_where_nothing_or_several_can_be_meant_nothing_is_offered(
    talk: Conversation, session: Session
) -> None:
    talk.types("2 samosas", NewOrder())
    talk.taps("edit_order", {}, EditOrder())
    assert EXTRAS not in titles(talk, "utter_edit_choices")
    add_sizes(session, "tea")
    session.execute(text("UPDATE options SET is_default = true WHERE name = 'Small'"))
    session.commit()
    talk.types("a tea and a coffee", EditOrder())
    assert len(talk.slots["cart"]["items"]) == 3
    talk.taps("edit_order", {}, EditOrder())
    assert EXTRAS not in titles(talk, "utter_which_line")


def test_sold_out_extras_are_not_offered(talk: Conversation, session: Session) -> None:
    order_large(talk, session)
    session.execute(text("UPDATE options SET is_available = false WHERE name <> 'Large'"))
    session.commit()
    talk.taps("edit_order", {}, EditOrder())
    assert EXTRAS not in titles(talk, "utter_edit_choices")
    talk.taps("choose_option", {}, ChooseOption())
    assert talk.words(SUMMARY) == "Coffee (Large) × 2 = ₹301"
