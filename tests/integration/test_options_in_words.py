"""Sizes and extras in people's words: at once, as an answer, as a change."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.confirm_order import ConfirmOrder
from actions.edit_order import EditOrder
from actions.fallback import Fallback
from actions.faq import FaqPrice
from actions.new_order import NewOrder
from actions.options import ChooseOption
from actions.turn import ShopAction
from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.option_names import NamedOption
from tests.integration.conversation import Conversation
from tests.integration.shop.orders.trading import add_sizes

SUMMARY = "utter_order_summary"
SMALL, LARGE = "Coffee (Small)", "Coffee (Large)"


@pytest.fixture
def talk(session: Session) -> Conversation:
    add_sizes(session, "coffee")
    session.commit()
    rows = session.execute(text("SELECT id, name FROM options ORDER BY id")).all()
    options = tuple(NamedOption(id_, name, (), ("coffee",)) for id_, name in rows)
    return Conversation(catalogue=Catalogue(seed_catalogue().products, options))


def summary(talk: Conversation) -> dict[str, int]:
    """The number by line, as the summary says them."""
    lines = [line for line in talk.words(SUMMARY).split("\n") if "×" in line]
    return {line.split(" × ")[0]: int(line.split(" × ")[1].split()[0]) for line in lines}


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("2 large coffees", {LARGE: 2}),
        ("2 large coffees with oat", {"Coffee (Large, Oat)": 2}),
        ("one small and one large coffee", {SMALL: 1, LARGE: 1}),
        ("two coffees, one small one large", {SMALL: 1, LARGE: 1}),
        (
            "2 coffees, one small one large, the small one with oat",
            {"Coffee (Small, Oat)": 1, LARGE: 1},
        ),
        (
            "two coffees: one small, one large, the large one with oat",
            {SMALL: 1, "Coffee (Large, Oat)": 1},
        ),
        ("two large coffees, one with oat", {LARGE: 1, "Coffee (Large, Oat)": 1}),
        ("3 large coffees and 2 teas", {LARGE: 3, "Tea": 2}),
        ("2 teas and a small coffee", {"Tea": 2, SMALL: 1}),
        ("one small one large coffee and a tea", {SMALL: 1, LARGE: 1, "Tea": 1}),
        ("coffee large x2 and small x1", {LARGE: 2, SMALL: 1}),
    ],
)
def test_options_at_once(talk: Conversation, words: str, lines: dict[str, int]) -> None:
    talk.types(words, NewOrder(), intent="new_order")
    assert summary(talk) == lines


def test_what_an_option_says_is_no_note(talk: Conversation) -> None:
    talk.types("2 large coffees without sugar", NewOrder(), intent="new_order")
    assert summary(talk) == {LARGE: 2}
    assert "📝 without sugar" in talk.words(SUMMARY)
    assert "large" not in talk.words(SUMMARY).replace("Large", "")


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("large", {LARGE: 2}),
        ("large please", {LARGE: 2}),
        ("one small one large", {SMALL: 1, LARGE: 1}),
        ("large, one with oat", {LARGE: 1, "Coffee (Large, Oat)": 1}),
        ("two large, one with oat", {LARGE: 1, "Coffee (Large, Oat)": 1}),
    ],
)
def test_an_answer_in_words(talk: Conversation, words: str, lines: dict[str, int]) -> None:
    talk.types("2 coffees", NewOrder(), intent="new_order")
    assert "utter_ask_option" in talk.said
    talk.types(words, ChooseOption(), intent="choose_option")
    assert summary(talk) == lines


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("make the coffee small", {SMALL: 2}),
        ("make it small", {SMALL: 2}),
        ("change the coffee to small", {SMALL: 2}),
        ("make one of them small", {LARGE: 1, SMALL: 1}),
        ("add a small coffee", {LARGE: 2, SMALL: 1}),
        ("add one more large coffee", {LARGE: 3}),
        ("remove one large coffee", {LARGE: 1}),
    ],
)
def test_a_change_in_words(talk: Conversation, words: str, lines: dict[str, int]) -> None:
    talk.types("2 large coffees", NewOrder(), intent="new_order")
    talk.types(words, EditOrder(), intent="edit_order")
    assert summary(talk) == lines


def test_another_size_is_another_line(talk: Conversation) -> None:
    talk.types("2 large coffees", NewOrder(), intent="new_order")
    talk.types("1 small coffee", NewOrder(), intent="new_order")
    assert summary(talk) == {LARGE: 2, SMALL: 1}


def test_a_yes_places_what_was_said(talk: Conversation, session: Session) -> None:
    talk.types("one small and one large coffee", NewOrder(), intent="new_order")
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    [order] = session.execute(text("SELECT items, total FROM orders")).all()
    assert [item["options"][0]["name"] for item in order.items] == ["Small", "Large"]
    assert float(order.total) == 270.5


def test_a_size_that_is_sold_out_is_named(talk: Conversation, session: Session) -> None:
    session.execute(text("UPDATE options SET is_available = false WHERE name = 'Large'"))
    session.commit()
    talk.types("2 large coffees", NewOrder(), intent="new_order")
    assert talk.said["utter_option_gone"]["option"] == "Large"
    assert summary(talk) == {SMALL: 2}


def test_of_two_lines_the_named_one_changes(talk: Conversation) -> None:
    talk.types("one small and one large coffee", NewOrder(), intent="new_order")
    talk.types("make the small coffee large", EditOrder(), intent="edit_order")
    assert summary(talk) == {LARGE: 2}


def test_a_note_of_one_of_several_is_of_one(talk: Conversation) -> None:
    talk.types("2 teas, one without sugar", NewOrder(), intent="new_order")
    assert talk.lines == {"tea": 1, "tea without sugar": 1}


def test_a_note_behind_a_counted_part_is_of_that_part(talk: Conversation) -> None:
    words = "3 coffees: 2 large with oat, 1 small without sugar"
    talk.types(words, NewOrder(), intent="new_order")
    assert summary(talk) == {"Coffee (Large, Oat)": 2, "Coffee (Small, without sugar)": 1}


def test_a_number_for_the_line_that_its_option_names(talk: Conversation) -> None:
    talk.types("one small and one large coffee", NewOrder(), intent="new_order")
    talk.types("make the large one 3", EditOrder(), intent="edit_order")
    assert summary(talk) == {SMALL: 1, LARGE: 3}


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("remove the small one", {LARGE: 1}),
        ("remove the large one", {SMALL: 1}),
        ("make the small one large too", {LARGE: 2}),
        ("make both large", {LARGE: 2}),
        ("oat in the large one", {SMALL: 1, "Coffee (Large, Oat)": 1}),
        ("add oat to the large one", {SMALL: 1, "Coffee (Large, Oat)": 1}),
        ("add oat to the large coffee", {SMALL: 1, "Coffee (Large, Oat)": 1}),
        ("add oat to the coffee", {"Coffee (Small, Oat)": 1, "Coffee (Large, Oat)": 1}),
        ("one more large", {SMALL: 1, LARGE: 2}),
        ("add a large coffee with oat", {SMALL: 1, LARGE: 1, "Coffee (Large, Oat)": 1}),
    ],
)
def test_one_of_two_cups_is_changed(talk: Conversation, words: str, lines: dict[str, int]) -> None:
    talk.types("one small and one large coffee", NewOrder(), intent="new_order")
    talk.types(words, EditOrder(), intent="edit_order")
    assert summary(talk) == lines


def test_another_kind_comes_beside_the_first(talk: Conversation) -> None:
    talk.types("1 large coffee", NewOrder(), intent="new_order")
    talk.types("and a small one too", NewOrder(), intent="new_order")
    assert summary(talk) == {LARGE: 1, SMALL: 1}


def test_an_extra_goes_and_its_cup_stays(talk: Conversation) -> None:
    talk.types("2 large coffees with oat", NewOrder(), intent="new_order")
    talk.types("remove the oat", EditOrder(), intent="edit_order")
    assert summary(talk) == {LARGE: 2}


def test_an_extra_in_one_of_several(talk: Conversation) -> None:
    talk.types("3 large coffees", NewOrder(), intent="new_order")
    talk.types("oat in one of the coffees", EditOrder(), intent="edit_order")
    assert summary(talk) == {LARGE: 2, "Coffee (Large, Oat)": 1}


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("make it large", ["Large"]),
        ("add oat", ["Small", "Oat"]),
        ("actually large with oat", ["Large", "Oat"]),
    ],
)
@pytest.mark.parametrize("action", [NewOrder, EditOrder, ChooseOption, Fallback])
def test_the_options_of_the_order_just_placed(
    talk: Conversation, session: Session, words: str, options: list[str], action: type[ShopAction]
) -> None:
    talk.types("1 small coffee", NewOrder(), intent="new_order")
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    talk.types(words, action(), intent="new_order")
    assert [*talk.said] == ["utter_placed_changed"]
    assert not talk.slots.get("step")
    [order] = session.execute(text("SELECT items FROM orders")).all()
    assert [one["name"] for one in order.items[0]["options"]] == options


def test_options_of_an_order_under_way_go_to_staff(talk: Conversation, session: Session) -> None:
    talk.types("2 small coffees", NewOrder(), intent="new_order")
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    session.execute(text("UPDATE orders SET status = 'confirmed'"))
    session.commit()
    talk.types("make one of them large", NewOrder(), intent="new_order")
    assert "utter_change_to_staff" in talk.said


@pytest.mark.parametrize(
    ("words", "prices"),
    [
        ("how much is a coffee?", "Coffee - Small ₹120 · Large ₹150.50"),
        ("how much is a large coffee?", "Coffee (Large) × 1 = ₹150.50"),
        ("price of a large coffee with oat?", "Coffee (Large, Oat) × 1 = ₹175.50"),
        ("how much are 2 small coffees?", "Coffee (Small) × 2 = ₹240"),
    ],
)
def test_a_price_is_that_of_the_size(talk: Conversation, words: str, prices: str) -> None:
    talk.types(words, FaqPrice(), intent="faq_price")
    assert prices in talk.words("utter_prices")


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("make the small one large", {LARGE: 2}),
        ("small wale me oat daal do", {"Coffee (Small, Oat)": 1, LARGE: 1}),
        ("small wala hata do", {LARGE: 1}),
        ("remove the large one", {SMALL: 1}),
    ],
)
def test_the_line_that_an_option_names(
    talk: Conversation, words: str, lines: dict[str, int]
) -> None:
    talk.types("one small and one large coffee", NewOrder(), intent="new_order")
    talk.types(words, ChooseOption(), intent="choose_option")
    assert summary(talk) == lines


@pytest.mark.parametrize("words", ["remove oat", "no oat", "oat hata do", "actually no oat please"])
def test_an_extra_is_taken_off(talk: Conversation, words: str) -> None:
    talk.types("2 large coffees with oat", NewOrder(), intent="new_order")
    talk.types(words, ChooseOption(), intent="choose_option")
    assert summary(talk) == {LARGE: 2}


def test_an_extra_that_nothing_has_is_noted_as_not_wanted(talk: Conversation) -> None:
    talk.types("2 large coffees", NewOrder(), intent="new_order")
    talk.types("no oat", ChooseOption(), intent="choose_option")
    assert "📝 no oat" in talk.words(SUMMARY)


def test_a_size_for_all_lines(session: Session, talk: Conversation) -> None:
    add_sizes(session, "tea")
    session.commit()
    talk.types("2 coffees and a tea", NewOrder(), intent="new_order")
    talk.types("large for all", ChooseOption(), intent="choose_option")
    assert summary(talk) == {LARGE: 2, "Tea (Large)": 1}


def test_a_note_stays_where_usual_options_are_added(talk: Conversation) -> None:
    talk.types("1 large coffee", NewOrder(), intent="new_order")
    talk.types("change the address", EditOrder(), intent="edit_order")
    assert talk.slots["cart"]["notes"] == {"": "change the address"}


def test_a_coupon_beside_an_order_is_answered(talk: Conversation) -> None:
    talk.types("2 large coffees, apply coupon SAVE50", NewOrder(), intent="new_order")
    assert summary(talk) == {LARGE: 2}
    assert any("no coupon codes" in words for words in talk.texts)


def test_a_question_beside_an_order_orders_nothing_of_it(talk: Conversation) -> None:
    talk.types("2 large coffees and is the samosa spicy?", NewOrder(), intent="new_order")
    assert summary(talk) == {LARGE: 2}
    assert "📝 is the samosa spicy?" in talk.words(SUMMARY)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("also 10 coffee small", {LARGE: 2, SMALL: 10}),
        ("and 1 coffee small", {LARGE: 2, SMALL: 1}),
        ("aur 2 large coffee", {LARGE: 4}),
        ("also 2 teas", {LARGE: 2, "Tea": 2}),
    ],
)
def test_an_addition_joins_the_order_just_placed(
    talk: Conversation, words: str, lines: dict[str, int]
) -> None:
    talk.types("2 large coffees", NewOrder(), intent="new_order")
    talk.types("yes", ConfirmOrder(), intent="confirm_order")
    talk.types(words, NewOrder(), intent="new_order")
    said = [line for line in talk.words("utter_placed_changed").split("\n") if "×" in line]
    assert {one.split(" × ")[0]: int(one.split(" × ")[1].split()[0]) for one in said} == lines
