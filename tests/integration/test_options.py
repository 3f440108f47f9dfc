"""Sizes and extras, from the product to the placed order: with actions and a real database."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.confirm_order import ConfirmOrder
from actions.edit_order import EditOrder
from actions.new_order import NewOrder, OrderAgain, OrderSummary
from actions.options import ChooseOption
from actions.small_talk import Deny
from shop.customers.conversations import conversation_picture
from tests.integration.conversation import Conversation
from tests.integration.shop.orders.trading import add_sizes

pytestmark = pytest.mark.usefixtures("database_url")
SUMMARY = "utter_order_summary"


@pytest.fixture
def talk(session: Session) -> Conversation:
    add_sizes(session, "coffee")
    session.commit()
    return Conversation()


def option_id(session: Session, name: str) -> int:
    found = session.scalar(text("SELECT id FROM options WHERE name = :name"), {"name": name})
    return int(found or 0)


def taps_option(talk: Conversation, session: Session, name: str, then: Any = None) -> None:
    chosen = str(option_id(session, name)) if name != "done" else "done"
    talk.taps("choose_option", {"option": chosen}, ChooseOption(), tapped=then)


def titles(talk: Conversation, response: str) -> list[str]:
    return [button["title"] for button in talk.said[response]["buttons"]]


def add_toppings(session: Session, maximum: int = 2) -> None:
    session.execute(text("""
        WITH extra AS (
            INSERT INTO option_groups (name, minimum, maximum) VALUES ('Topping', 1, :maximum)
            RETURNING id),
        one AS (
            INSERT INTO options (group_id, name, price, position) SELECT id, name, price, place
            FROM extra, (VALUES ('Honey', 10, 1), ('Cream', 20, 2), ('Cocoa', 0, 3))
                AS one (name, price, place))
        INSERT INTO product_option_groups (sku, group_id) SELECT 'tea', id FROM extra
    """), {"maximum": maximum})  # fmt: skip
    session.commit()


def test_a_size_is_asked_before_the_number(talk: Conversation, session: Session) -> None:
    talk.types("coffee", NewOrder())
    assert list(talk.said) == ["utter_ask_option"]
    assert titles(talk, "utter_ask_option") == ["Small ₹120", "Large ₹150.50"]
    assert talk.slots["step"] == "options_input"
    taps_option(talk, session, "Large")
    assert talk.slots["step"] == "quantity_input"
    picture = conversation_picture(talk.slots)
    assert picture is not None
    assert picture.context["price"] == 150.5
    assert picture.context["options"] == [{"group": "Size", "name": "Large", "price": 30.5}]


def test_a_number_that_was_said_is_not_asked(talk: Conversation, session: Session) -> None:
    talk.types("2 coffees", NewOrder())
    assert "total" not in talk.slots["cart"]
    taps_option(talk, session, "Large")
    assert talk.words(SUMMARY) == "Coffee (Large) × 2 = ₹301"
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    assert talk.said["utter_order_confirmed"]["lines"] == "Coffee (Large) × 2 = ₹301"
    [items] = session.scalars(text("SELECT items FROM orders")).all()
    assert items[0]["options"] == [{"group": "Size", "name": "Large", "price": 30.5}]
    talk.types("same again", OrderAgain())
    assert talk.words(SUMMARY) == "Coffee (Large) × 2 = ₹301"


def test_a_default_is_taken_and_shown(talk: Conversation, session: Session) -> None:
    session.execute(text("UPDATE options SET is_default = true WHERE name IN ('Small', 'Oat')"))
    session.commit()
    talk.types("2 coffees", NewOrder())
    assert talk.words(SUMMARY) == "Coffee (Small, Oat) × 2 = ₹290"


def test_one_option_alone_is_not_asked(talk: Conversation, session: Session) -> None:
    session.execute(text("UPDATE options SET is_available = false WHERE name = 'Small'"))
    session.commit()
    talk.types("2 coffees", NewOrder())
    assert talk.words(SUMMARY) == "Coffee (Large) × 2 = ₹301"


def test_a_tap_belongs_to_the_line_that_it_was_asked_of(
    talk: Conversation, session: Session
) -> None:
    groups = "SELECT 'tea', group_id FROM product_option_groups WHERE sku = 'coffee'"
    session.execute(text(f"INSERT INTO product_option_groups (sku, group_id) {groups}"))
    session.commit()
    talk.types("one coffee and one tea", NewOrder())
    of_coffee = conversation_picture(talk.slots)
    assert of_coffee is not None
    taps_option(talk, session, "Large")
    assert talk.said["utter_ask_option"]["product"] == "Tea"
    taps_option(talk, session, "Small", then=of_coffee.in_session("1.0"))
    assert talk.said["utter_ask_option"]["product"] == "Tea"
    taps_option(talk, session, "Large")
    assert "Coffee (Small) × 1 = ₹120" in talk.words(SUMMARY)
    assert "Tea (Large) × 1" in talk.words(SUMMARY)


def test_of_several_done_ends_the_choice(talk: Conversation, session: Session) -> None:
    add_toppings(session, maximum=3)
    talk.types("2 teas", NewOrder())
    assert titles(talk, "utter_ask_options") == ["Honey +₹10", "Cream +₹20", "Cocoa"]
    taps_option(talk, session, "Cream")
    assert titles(talk, "utter_ask_options") == ["✅ Done", "Honey +₹10", "Cocoa"]
    taps_option(talk, session, "Honey")
    taps_option(talk, session, "done")
    assert "(Honey, Cream) × 2" in talk.words(SUMMARY)


def test_as_many_as_there_may_be_end_it_too(talk: Conversation, session: Session) -> None:
    add_toppings(session, maximum=2)
    talk.types("2 teas", NewOrder())
    taps_option(talk, session, "Cream")
    taps_option(talk, session, "Honey")
    assert "(Honey, Cream) × 2" in talk.words(SUMMARY)


def test_what_vanished_is_named_and_asked_anew(talk: Conversation, session: Session) -> None:
    talk.types("2 coffees", NewOrder())
    taps_option(talk, session, "Large")
    session.execute(text("INSERT INTO options (group_id, name) SELECT min(id), 'Mini'"
                         " FROM option_groups"))  # fmt: skip
    session.execute(text("UPDATE options SET is_available = false WHERE name = 'Large'"))
    session.commit()
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    assert talk.said["utter_option_gone"]["option"] == "Large"
    assert titles(talk, "utter_ask_option") == ["Mini ₹120", "Small ₹120"]
    assert session.scalar(text("SELECT count(*) FROM orders")) == 0


def test_a_sold_out_option_that_is_tapped_is_named(talk: Conversation, session: Session) -> None:
    talk.types("2 coffees", NewOrder())
    session.execute(text("INSERT INTO options (group_id, name) SELECT min(id), 'Mini'"
                         " FROM option_groups"))  # fmt: skip
    session.execute(text("UPDATE options SET is_available = false WHERE name = 'Large'"))
    session.commit()
    taps_option(talk, session, "Large")
    assert list(talk.said) == ["utter_option_gone", "utter_ask_option"]


def test_a_no_leaves_the_line(talk: Conversation) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types("no", Deny())
    assert not talk.slots.get("cart")


def test_remove_it_leaves_the_others(talk: Conversation) -> None:
    talk.types("2 teas", NewOrder())
    talk.types("add a coffee", NewOrder())
    assert "utter_ask_option" in talk.said
    talk.types("remove it", EditOrder())
    assert talk.lines == {"tea": 2}


def test_a_tap_of_another_conversation_changes_nothing(
    talk: Conversation, session: Session
) -> None:
    talk.types("2 coffees", NewOrder())
    taps_option(talk, session, "Large", then={"session": "0.5", "context": {}})
    assert "utter_old_tap" in talk.said
    assert "options" not in talk.slots["cart"]["items"][0]


def test_the_number_of_the_form_keeps_the_option(talk: Conversation, session: Session) -> None:
    talk.types("coffee", NewOrder())
    taps_option(talk, session, "Small")
    talk.slots["quantity"] = 3
    talk.types("3", OrderSummary(), intent="inform_quantity")
    assert talk.words(SUMMARY) == "Coffee (Small) × 3 = ₹360"
