"""A product that is deleted while somebody has it in a cart, or wants it again."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.confirm_order import ConfirmOrder
from actions.edit_order import ChangeQuantity
from actions.new_order import NewOrder, OrderAgain, OrderSummary
from tests.integration.conversation import Conversation

pytestmark = pytest.mark.usefixtures("database_url")
GONE, SUMMARY = "utter_no_longer_sold", "utter_order_summary"


def delete_coffee(session: Session) -> None:
    session.execute(text("UPDATE products SET is_available = false WHERE sku = 'tea'"))
    session.execute(text("DELETE FROM products WHERE sku = 'coffee'"))
    session.commit()


@pytest.mark.parametrize(
    ("words", "done_by"), [("show my order", OrderSummary()), ("yes", ConfirmOrder())]
)
def test_its_name_is_said_and_the_rest_stays(session: Session, words: str, done_by) -> None:
    talk = Conversation()
    talk.types("2 coffees, a tea and a samosa", NewOrder())
    delete_coffee(session)
    talk.types(words, done_by, intent="confirm_order" if words == "yes" else "")
    assert talk.said[GONE]["products"] == "Coffee"
    assert talk.said["utter_not_available"]["products"] == "Tea"
    assert talk.words(SUMMARY) == "Samosa × 1 = ₹40"
    assert session.scalar(text("SELECT count(*) FROM orders")) == 0


def test_a_change_of_its_number_says_so(session: Session) -> None:
    talk = Conversation()
    talk.types("2 coffees and a samosa", NewOrder())
    delete_coffee(session)
    talk.types("make it 3 coffees", ChangeQuantity())
    assert talk.said[GONE]["products"] == "Coffee"
    assert talk.lines == {"samosa": 1}


def test_an_order_of_before_names_it(session: Session) -> None:
    talk = Conversation()
    talk.types("2 coffees and a samosa", NewOrder())
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    delete_coffee(session)
    talk.types("same again", OrderAgain())
    assert talk.said[GONE]["products"] == "Coffee"
    assert talk.lines == {"samosa": 1}


def test_of_nothing_else_the_catalogue_is_shown(session: Session) -> None:
    talk = Conversation()
    talk.types("2 coffees", NewOrder())
    delete_coffee(session)
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    assert talk.said[GONE]["products"] == "Coffee"
    assert talk.slots["step"] == "category_selection"


def test_where_all_that_the_catalogue_listed_is_gone_it_shows_what_there_is(
    session: Session,
) -> None:
    session.execute(text("DELETE FROM products"))
    session.execute(text("INSERT INTO products (sku, name, price) VALUES ('dal', 'Toor Dal', 85)"))
    session.commit()
    talk = Conversation()
    talk.types("i want to order", NewOrder(), intent="new_order")
    assert "utter_no_menu" not in talk.said
    assert talk.texts == ["🛍️ What would you like to order?"]
