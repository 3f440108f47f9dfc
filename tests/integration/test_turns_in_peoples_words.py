"""Orders in the words of real people: what the actions say and keep, with a real database."""

import pytest

from actions.edit_order import ChangeQuantity, EditOrder
from actions.faq import FaqPrice, Resume
from actions.new_order import NewOrder
from actions.turn import ShopAction
from tests.integration.conversation import Conversation

pytestmark = pytest.mark.usefixtures("database_url")
SUMMARY = "utter_order_summary"


@pytest.fixture
def talk() -> Conversation:
    return Conversation()


@pytest.mark.parametrize("action", [EditOrder(), ChangeQuantity()])
def test_some_of_a_line_are_made_otherwise(talk: Conversation, action: ShopAction) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types("make 1 of them cold", action)
    assert talk.lines == {"coffee": 1, "coffee cold": 1}
    assert talk.words(SUMMARY) == "Coffee × 1 = ₹120\nCoffee (cold) × 1 = ₹120\nTotal: ₹240"


@pytest.mark.parametrize("action", [EditOrder(), NewOrder()])
def test_some_of_a_line_become_another_product(talk: Conversation, action: ShopAction) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types("actually make one of them tea", action)
    assert talk.lines == {"coffee": 1, "tea": 1}
    assert talk.words(SUMMARY) == "Coffee × 1 = ₹120\nTea × 1 = ₹80\nTotal: ₹200"


def test_one_of_a_named_product_is_made_otherwise(talk: Conversation) -> None:
    talk.types("2 coffees and a samosa", NewOrder())
    talk.types("make one coffee without sugar", EditOrder())
    assert talk.lines == {"coffee": 1, "coffee without sugar": 1, "samosa": 1}
    assert "Coffee (without sugar) × 1 = ₹120" in talk.words(SUMMARY)


def test_another_number_is_still_another_number(talk: Conversation) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types("make it 1 without sugar", EditOrder())
    assert talk.lines == {"coffee without sugar": 1}


@pytest.mark.parametrize(
    "words",
    [
        "scrap the samosa",
        "forget the samosas",
        "leave out the samosa",
        "samosa rehne do",
        "drop it",
    ],
)
def test_what_is_scrapped_is_gone(talk: Conversation, words: str) -> None:
    talk.types("2 coffees and a samosa", NewOrder())
    talk.types(words, EditOrder())
    assert talk.lines == ({"coffee": 2} if "samosa" in words else {"coffee": 2, "samosa": 1})


@pytest.mark.parametrize("action", [EditOrder(), NewOrder()])
def test_what_is_not_sold_is_named(talk: Conversation, action: ShopAction) -> None:
    talk.types("a tea", NewOrder())
    talk.types("add a lasagna, a pizza and a coffee", action)
    assert talk.words("utter_not_sold") == "a lasagna, a pizza"
    assert talk.lines == {"tea": 1, "coffee": 1}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("2 green tea", "green tea"),
        ("iced tea", "iced tea"),
        ("one chicken sandwich", "chicken sandwich"),
        ("an iced coffee", None),
        ("2 veg grilled sandwiches", None),
        ("hot tea", None),
        ("strong tea without sugar", None),
    ],
)
def test_another_kind_is_asked_about(talk: Conversation, text: str, thing: str | None) -> None:
    talk.types(text, NewOrder())
    asked = talk.said.get("utter_other_kind")
    assert (asked["thing"] if asked else None) == thing
    assert asked is None or "utter_great_choice" not in talk.said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "the total for 3 coffees and 4 samosas?",
            "Coffee × 3 = ₹360\nSamosa × 4 = ₹160\nTotal: ₹520",
        ),
        ("how much for 2 chai", "Tea × 2 = ₹160"),
        ("2 chai aur ek samosa kitne ka", "Tea × 2 = ₹160\nSamosa × 1 = ₹40\nTotal: ₹200"),
        ("how much is a coffee", "☕ Coffee - ₹120"),
        ("how much are tea and coffee", "☕ Coffee - ₹120\n🍵 Tea - ₹80"),
    ],
)
def test_prices_are_summed_up(talk: Conversation, text: str, told: str) -> None:
    talk.types(text, FaqPrice())
    assert sorted(talk.words("utter_prices").split("\n")) == sorted(told.split("\n"))


@pytest.mark.parametrize("text", ["2 pls n what time u close", "when do you open? 2 please"])
def test_a_number_beside_a_question_is_taken(talk: Conversation, text: str) -> None:
    talk.types("coffee", NewOrder())
    assert talk.slots["step"] == "quantity_input"
    talk.types(text, Resume())
    assert talk.lines == {"coffee": 2}
    assert talk.words(SUMMARY) == "Coffee × 2 = ₹240"


def test_a_question_without_a_number_leaves_the_question_open(talk: Conversation) -> None:
    talk.types("coffee", NewOrder())
    talk.types("do you close at 10", Resume())
    assert talk.lines == {"coffee": None}
    assert talk.said == {}
