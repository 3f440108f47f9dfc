"""What words make of a cart: relative numbers, lines that differ, notes, second thoughts."""

import pytest

from actions.cancel_order import CancelOrder
from actions.confirm_order import ConfirmOrder
from actions.edit_order import ChangeQuantity, EditOrder
from actions.fallback import Fallback
from actions.faq import FaqIngredients, Resume
from actions.new_order import NewOrder, OrderSummary
from actions.small_talk import Affirm
from actions.turn import ShopAction
from tests.integration.conversation import Conversation

pytestmark = pytest.mark.usefixtures("database_url")
SUMMARY = "utter_order_summary"


@pytest.fixture
def talk() -> Conversation:
    return Conversation()


@pytest.mark.parametrize(
    ("text", "action", "left"),
    [
        ("add 2", EditOrder(), 5),
        ("minus 1", ChangeQuantity(), 2),
        ("one less", EditOrder(), 2),
        ("do kam karo", Fallback(), 1),
        ("ek aur", EditOrder(), 4),
        ("+3", ChangeQuantity(), 6),
        ("two more please", ChangeQuantity(), 5),
        ("double it", EditOrder(), 6),
        ("take one off", EditOrder(), 2),
        ("increase it by 4", EditOrder(), 7),
        ("do aur coffee", EditOrder(), 5),
        ("coffees 2 more", NewOrder(), 5),
        ("ek coffee kam", EditOrder(), 2),
        ("make it 4", ChangeQuantity(), 4),
        ("ok do aur", Affirm(), 5),
        ("haan par ek aur", Affirm(), 4),
    ],
)
def test_numbers_count_from_what_is_there(
    talk: Conversation, text: str, action: ShopAction, left: int
) -> None:
    talk.types("3 coffees", NewOrder())
    talk.types(text, action)
    assert talk.lines == {"coffee": left}
    assert SUMMARY in talk.said


def test_of_several_products_it_is_asked_which(talk: Conversation) -> None:
    talk.types("2 coffees and a samosa", NewOrder())
    talk.types("ok do aur", Affirm())
    assert talk.lines == {"coffee": 2, "samosa": 1}
    assert "utter_which_line" in talk.said


@pytest.mark.parametrize("text", ["confirm kar do", "haan bhej do", "yes please"])
def test_a_plain_yes_still_places(talk: Conversation, text: str) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types(text, ConfirmOrder())
    assert "utter_order_confirmed" in talk.said


@pytest.mark.parametrize("text", ["no yes", "yes but later", "haan nahi"])
def test_a_yes_with_a_no_places_nothing(talk: Conversation, text: str) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types(text, Affirm())
    assert SUMMARY in talk.said


def test_lines_with_other_notes_stay_apart(talk: Conversation) -> None:
    talk.types("1 hot coffee and 1 cold coffee", NewOrder())
    assert talk.lines == {"coffee hot": 1, "coffee cold": 1}
    assert talk.words(SUMMARY).startswith("Coffee (hot) × 1 = ₹120\nCoffee (cold) × 1 = ₹120")
    talk.types("add a cold coffee", EditOrder())
    assert talk.lines == {"coffee hot": 1, "coffee cold": 2}
    talk.types("add a coffee", EditOrder())
    assert sum(many or 0 for many in talk.lines.values()) == 4
    talk.types("remove the cold coffee", EditOrder())
    assert talk.lines == {"coffee hot": 2}


def test_the_number_of_a_product_in_two_lines_is_their_sum(talk: Conversation) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types("make 1 of them cold", EditOrder())
    talk.types("make it 5", ChangeQuantity())
    assert talk.lines == {"coffee": 4, "coffee cold": 1}
    talk.types("make it 1", ChangeQuantity())
    assert sum(many or 0 for many in talk.lines.values()) == 1


def test_two_lines_are_placed_as_they_were_told(talk: Conversation) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types("make 1 of them cold", EditOrder())
    talk.types("yes", Affirm())
    assert "Coffee (cold) × 1 = ₹120" in talk.words("utter_order_confirmed")


@pytest.mark.parametrize(
    ("first", "text", "note"),
    [
        ("2 hot coffees", "change hot to cold", "cold"),
        ("2 cold coffees", "make it hot not cold", "hot"),
        ("2 coffees without sugar", "actually normal sugar is fine", "normal sugar"),
        ("2 coffees without sugar", "less milk too", "without sugar; less milk"),
    ],
)
def test_the_newer_note_holds(talk: Conversation, first: str, text: str, note: str) -> None:
    talk.types(first, NewOrder())
    talk.types(text, EditOrder())
    assert talk.lines == {f"coffee {note}": 2}


@pytest.mark.parametrize("action", [NewOrder(), EditOrder(), Fallback()])
@pytest.mark.parametrize(
    ("text", "note"), [("2 with sugar", "with sugar"), ("2, no ice", "no ice")]
)
def test_a_note_beside_the_number(
    talk: Conversation, action: ShopAction, text: str, note: str
) -> None:
    talk.types("coffee", NewOrder())
    talk.types(text, action)
    assert talk.lines == {f"coffee {note}": 2}


def test_a_wish_that_was_taken_for_a_question(talk: Conversation) -> None:
    talk.types("2 coffees", NewOrder())
    talk.types("yes but without sugar", FaqIngredients(), Resume(), intent="faq_ingredients")
    assert talk.lines == {"coffee without sugar": 2}
    assert "utter_ingredients" not in talk.said


def test_a_question_notes_nothing(talk: Conversation) -> None:
    talk.types("1 samosa", NewOrder())
    talk.types("is it spicy?", FaqIngredients(), Resume(), intent="faq_ingredients")
    assert talk.lines == {"samosa": 1}
    assert "utter_ingredients" in talk.said


def test_products_that_are_named_one_by_one_add_up(talk: Conversation) -> None:
    for text in ("coffee", "and a samosa", "tea"):
        talk.types(text, NewOrder())
    assert talk.lines == {"coffee": None, "samosa": 1, "tea": None}
    talk.slots["quantity"] = 2
    talk.types("2", OrderSummary())
    assert talk.lines == {"coffee": 2, "samosa": 1, "tea": None}


def test_another_order_instead_of_what_is_cancelled(talk: Conversation) -> None:
    talk.types("1 coffee", NewOrder())
    talk.types("yes cancel and order 2 teas", CancelOrder())
    assert talk.lines == {"tea": 2}


def test_a_wish_to_order_keeps_the_cart(talk: Conversation) -> None:
    talk.types("1 tea", NewOrder())
    talk.types("order", NewOrder())
    talk.types("1 coffee", NewOrder())
    assert talk.lines == {"tea": 1, "coffee": 1}


def test_two_lines_of_a_product_have_one_bound(talk: Conversation) -> None:
    talk.types("60 coffees", NewOrder())
    talk.types("add 60 cold coffees", EditOrder())
    assert "utter_quantity_out_of_bounds" in talk.said
    assert talk.lines == {"coffee": 60, "coffee cold": None}


@pytest.mark.parametrize("words", ["dono do do kar do", "make both 2", "2 of each"])
def test_so_many_of_each(words: str) -> None:
    talk = Conversation()
    talk.types("a coffee and a tea", NewOrder())
    talk.types(words, ChangeQuantity(), intent="inform_quantity")
    assert talk.lines == {"coffee": 2, "tea": 2}
