"""What "it" means in a question: the thing that was spoken of."""

import pytest
from sqlalchemy.orm import Session

from actions.confirm_order import ConfirmOrder
from actions.edit_order import ChangeQuantity
from actions.faq import FaqIngredients, FaqPrice
from actions.new_order import NewOrder
from tests.integration.conversation import Conversation
from tests.integration.customers import store_customer

pytestmark = pytest.mark.usefixtures("database_url")
SAMOSA, COFFEE = "🥟 Samosa: 2 pieces", "☕ Coffee: Hot & Cold"


@pytest.fixture
def talk(session: Session) -> Conversation:
    return Conversation(str(store_customer(session, display_name="Asha Verma").id))


@pytest.mark.parametrize(
    "question",
    ["what's in it?", "is it spicy?", "isme kya hai", "इसमें क्या है", "does it have egg"],
)
@pytest.mark.parametrize("said", ["samosa", "3 samosas"])
def test_it_is_what_is_being_ordered(talk: Conversation, said: str, question: str) -> None:
    talk.types(said, NewOrder())
    talk.types(question, FaqIngredients(), intent="faq_ingredients")
    assert talk.words("utter_ingredients") == SAMOSA


def test_it_is_what_was_named_last(talk: Conversation) -> None:
    talk.types("how much is the coffee", FaqPrice())
    talk.types("and the samosa?", FaqPrice())
    talk.types("what's in it?", FaqIngredients())
    assert talk.words("utter_ingredients") == SAMOSA
    talk.types("how much is it", FaqPrice())
    assert talk.words("utter_prices") == "🥟 Samosa - ₹40"


def test_it_is_what_was_ordered(talk: Conversation) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types("yes", ConfirmOrder())
    talk.heard.clear()  # the order ended the conversation
    talk.types("what's in it?", FaqIngredients())
    assert talk.words("utter_ingredients") == COFFEE


@pytest.mark.parametrize("question", ["what are your ingredients", "which items have egg"])
def test_a_question_about_everything_is_answered_for_everything(
    talk: Conversation, question: str
) -> None:
    talk.types("samosa", NewOrder())
    talk.types(question, FaqIngredients())
    assert SAMOSA in talk.words("utter_ingredients")
    assert COFFEE in talk.words("utter_ingredients")


def test_with_nothing_spoken_of_everything_is_meant(talk: Conversation) -> None:
    talk.types("what's in it?", FaqIngredients())
    assert COFFEE in talk.words("utter_ingredients")


def test_a_number_of_nothing_is_asked_with_the_list(talk: Conversation) -> None:
    talk.types("3", ChangeQuantity())
    asked = talk.said["utter_number_of_what"]
    assert (asked["number"], asked["product"]) == (3, "Coffee")
    assert talk.slots["step"] == "category_selection"


def test_a_number_of_several_lines_is_asked_with_the_lines(talk: Conversation) -> None:
    talk.types("2 coffees and 1 tea", NewOrder())
    talk.types("3", ChangeQuantity())
    asked = talk.said["utter_number_of_what"]
    assert asked["number"] == 3
    assert [each["title"] for each in asked["buttons"]] == ["✏️ Coffee × 2", "✏️ Tea × 1"]
