"""Notes in the words of real people: what they are of, and that they change no number."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.edit_order import EditOrder
from actions.fulfilment import ChooseFulfilment
from actions.main_menu import ShowMenu
from actions.new_order import NewOrder
from actions.turn import ShopAction
from shop.steps import steps
from tests.integration.conversation import Conversation

pytestmark = pytest.mark.usefixtures("database_url")
NEW, EDIT = NewOrder(), EditOrder()
# What is said first, what is said then, and what stands on the cart afterwards.
Case = tuple[str, str, dict[str, int]]


def cart_after(*messages: str, action: ShopAction = EDIT) -> dict[str, int | None]:
    """What stands on a new customer's cart after these messages."""
    talk = Conversation()
    talk.types(messages[0], NEW, intent="new_order")
    for words in messages[1:]:
        talk.types(words, action, intent="edit_order" if action is EDIT else "new_order")
    return talk.lines


SOME_OF_A_LINE: list[Case] = [
    ("2 coffee 2 sandwich", "1 of the sandwiches no onion",
     {"coffee": 2, "sandwich": 1, "sandwich no onion": 1}),
    ("2 coffee 2 sandwich", "Could you make one of the sandwiches without onion?",
     {"coffee": 2, "sandwich": 1, "sandwich without onion": 1}),
    ("3 tea 2 samosa", "one of the teas without sugar",
     {"tea": 2, "tea without sugar": 1, "samosa": 2}),
    ("3 tea 2 samosa", "give one tea without sugar",
     {"tea": 2, "tea without sugar": 1, "samosa": 2}),
    ("2 coffee 2 sandwich", "one sandwich without onion",
     {"coffee": 2, "sandwich": 1, "sandwich without onion": 1}),
    ("3 chai 2 samose", "chai me se ek bina cheeni",
     {"tea": 2, "tea bina cheeni": 1, "samosa": 2}),
    ("3 चाय 2 समोसे", "एक चाय बिना चीनी",
     {"tea": 2, "tea बिना चीनी": 1, "samosa": 2}),
    ("4 samosa", "make 2 samosas extra crispy", {"samosa": 2, "samosa extra crispy": 2}),
    ("3 tea 1 samosa", "2 of the 3 teas without sugar",
     {"tea": 1, "tea without sugar": 2, "samosa": 1}),
    ("3 tea 1 samosa", "no sugar in 2 teas", {"tea": 1, "tea no sugar": 2, "samosa": 1}),
    ("2 sandwich 1 tea", "remove onion from one sandwich",
     {"sandwich": 1, "sandwich remove onion": 1, "tea": 1}),
    ("3 juice", "एक जूस बिना बर्फ", {"juice": 2, "juice बिना बर्फ": 1}),
    ("3 teas", "4 teas, 1 without sugar", {"tea": 3, "tea without sugar": 1}),
]  # fmt: skip


@pytest.mark.parametrize("action", [EDIT, NEW])
def test_a_note_on_some_leaves_the_others(action: ShopAction) -> None:
    for first, then, left in SOME_OF_A_LINE:
        assert cart_after(first, then, action=action) == left, then


def test_a_part_of_what_is_ordered_in_the_same_breath_is_no_other_thing() -> None:
    for words, left in {
        "3 tea, 1 without sugar": {"tea": 2, "tea without sugar": 1},
        "2 samosas, one without chutney and 1 tea": {
            "samosa": 1, "samosa without chutney": 1, "tea": 1,
        },
        "3 chai, ek bina cheeni": {"tea": 2, "tea bina cheeni": 1},
        "तीन समोसे और दो चाय, एक चाय बिना चीनी की": {"samosa": 3, "tea": 1, "tea बिना चीनी": 1},
        "3 chai aur 2 samose, ek chai bina cheeni ki": {
            "tea": 2, "samosa": 2, "tea bina cheeni": 1,
        },
        # What is joined with "and" comes on top.
        "2 teas and one tea without sugar": {"tea": 2, "tea without sugar": 1},
        "2 teas, 3 samosas, 1 tea without sugar": {"tea": 2, "samosa": 3, "tea without sugar": 1},
    }.items():  # fmt: skip
        assert cart_after(words) == left, words


def test_less_and_extra_of_something_take_and_add_nothing() -> None:
    for words, left in {
        "3 samosa and 2 masala chai less sugar pls": {"samosa": 3, "tea less sugar": 2},
        "1 coffee less sugar and 1 samosa": {"coffee less sugar": 1, "samosa": 1},
        "2 chai less sugar": {"tea less sugar": 2},
        "2 chai kam cheeni": {"tea kam cheeni": 2},
        "1 sandwich less spicy": {"sandwich less spicy": 1},
        "2 चाय कम चीनी": {"tea कम चीनी": 2},
        "2 sandwiches extra cheese and no mayo": {"sandwich extra cheese, no mayo": 2},
    }.items():
        assert cart_after(words) == left, words
    assert cart_after("2 coffee 1 tea", "coffee less one") == {"coffee": 1, "tea": 1}


@pytest.mark.parametrize("action", [EDIT, NEW])
def test_a_note_is_no_other_thing(action: ShopAction) -> None:
    for first, then, left in [
        ("1 chai", "chai me cheeni mat dalna", {"tea cheeni mat dalna": 1}),
        ("2 pakora 1 tea", "पकोड़े में प्याज मत डालना", {"pakora प्याज मत डालना": 2, "tea": 1}),
        ("1 sandwich", "sandwich extra cheese and no mayo", {"sandwich extra cheese, no mayo": 1}),
        ("1 sandwich", "add extra cheese to the sandwich", {"sandwich extra cheese": 1}),
        ("1 sandwich 1 tea", "aur pyaz mat dalna sandwich me",
         {"sandwich pyaz mat dalna": 1, "tea": 1}),
        ("3 coffee", "3 coffee hot", {"coffee hot": 3}),
        ("3 cold coffee", "3 coffee hot", {"coffee hot": 3}),
        ("1 chai 1 samosa", "chai me cheeni kam", {"tea cheeni kam": 1, "samosa": 1}),
        ("3 samosa", "chatni extra", {"samosa chatni extra": 3}),
        ("2 sandwich 1 tea", "remove the onion from the sandwich",
         {"sandwich remove the onion": 2, "tea": 1}),
        ("2 tea", "add sugar", {"tea add sugar": 2}),
        ("2 tea", "more sugar please", {"tea more sugar": 2}),
        ("2 tea 1 samosa", "dono chai me cheeni kam", {"tea cheeni kam": 2, "samosa": 1}),
        ("1 sandwich", "add one sandwich with extra cheese",
         {"sandwich": 1, "sandwich with extra cheese": 1}),
    ]:  # fmt: skip
        assert cart_after(first, then, action=action) == left, then


def test_a_note_stands_on_the_product_that_it_names() -> None:
    for words, left in {
        "1 pakora and 2 tea, please dont put onion in the pakora. pickup": {
            "pakora please dont put onion": 1, "tea": 2,
        },
        "1 tea 1 pakora 1 samosa, no onion in the pakora": {
            "tea": 1, "pakora no onion": 1, "samosa": 1,
        },
        "एक चाय एक पकोड़ा, पकोड़े में प्याज मत डालना": {"tea": 1, "pakora प्याज मत डालना": 1},
        "1 chai 1 samosa, chai me cheeni kam": {"tea cheeni kam": 1, "samosa": 1},
        "1 tea 1 samosa pickup, chutney extra": {"tea": 1, "samosa chutney extra": 1},
        "3 samose chatni ke sath": {"samosa chatni ke sath": 3},
        "1 tea 2 sugar": {"tea 2 sugar": 1},
        "1 tea, add sugar": {"tea add sugar": 1},
        "1 coffee with milk and sugar": {"coffee with milk and sugar": 1},
        "2 chai, do samosa, cheeni kam chai me": {"tea cheeni kam": 2, "samosa": 2},
        "1 sandwich, please do not add mayo": {"sandwich please do not add mayo": 1},
        "2 chai 2 chammach cheeni": {"tea 2 chammach cheeni": 2},
        "2 samosa with meethi chutney": {"samosa with meethi chutney": 2},
    }.items():  # fmt: skip
        assert cart_after(words) == left, words


def test_a_second_thought_is_no_note() -> None:
    for messages, left in [
        (["3 samosas no 4"], {"samosa": 4}),
        (["samosa 3, no 4"], {"samosa": 4}),
        (["2 tea 3 samosas no 4 please"], {"tea": 2, "samosa": 4}),
        (["3 समोसे नहीं 4"], {"samosa": 4}),
        (["2 teas, no 3 teas"], {"tea": 3}),
        (["4 samosa", "no i said 4 samosas"], {"samosa": 4}),
        (["2 coffee", "no wait 2 tea instead"], {"tea": 2}),
        (["2 samosas no onion"], {"samosa no onion": 2}),
    ]:
        assert cart_after(*messages) == left, messages


def test_a_product_is_doubled_and_halved() -> None:
    for messages, left in [
        (["3 samosas", "double the samosas"], {"samosa": 6}),
        (["3 samosas 1 tea", "double the samosas please"], {"samosa": 6, "tea": 1}),
        (["4 समोसे 1 चाय", "समोसे दोगुने कर दो"], {"samosa": 8, "tea": 1}),
        (["4 samose", "samose double kar do"], {"samosa": 8}),
        (["4 tea 1 samosa", "halve the teas"], {"tea": 2, "samosa": 1}),
        (["4 tea 1 samosa", "half the teas"], {"tea": 2, "samosa": 1}),
    ]:
        assert cart_after(*messages) == left, messages


def test_misspelled_changes_change_the_number_or_take_off() -> None:
    for messages, left in [
        (["2 coffee 1 sandwich", "chnge cofee to 3"], {"coffee": 3, "sandwich": 1}),
        (["2 coffee 1 sandwich", "coffee to 4 pls"], {"coffee": 4, "sandwich": 1}),
        (["2 tea 1 coffee", "cancl the tea"], {"coffee": 1}),
        (["2 tea 1 coffee", "remve the tea"], {"coffee": 1}),
    ]:
        assert cart_after(*messages) == left, messages


def test_who_is_asked_how_many_anew_keeps_the_number_where_something_else_is_said() -> None:
    for messages, left in [
        (["2 coffee 1 sandwich", "coffee", "aur 1 pakoda"],
         {"coffee": 2, "sandwich": 1, "pakora": 1}),
        (["2 coffee 1 sandwich", "coffee", "sandwich hata do"], {"coffee": 2}),
        (["3 samosas", "samosa", "remove 1 samosa"], {"samosa": 2}),
        (["3 samosas", "samosa", "5"], {"samosa": 5}),
    ]:  # fmt: skip
        assert cart_after(*messages) == left, messages


def test_a_few_is_no_number() -> None:
    for words, left in {
        "2 teas and a few samosas": {"tea": 2, "samosa": None},
        "2 teas, some samosas": {"tea": 2, "samosa": None},
        "2 tea aur kuch samose": {"tea": 2, "samosa": None},
        "coffee and 2 tea": {"coffee": 1, "tea": 2},
    }.items():
        assert cart_after(words) == left, words


def test_the_name_of_a_dish_is_no_note() -> None:
    for words in ("hot chocolate", "ek hot chocolate bhi", "cold drink hai kya"):
        assert cart_after("2 tea", words, action=NEW) == {"tea": 2}, words
    assert cart_after("2 tea", "make it hot") == {"tea hot": 2}


def test_what_is_left_for_something_else_is_added_to(session: Session) -> None:
    for words in ("add 1 juce", "aur ek juice", "एक जूस और"):
        talk = Conversation()
        talk.types("1 coffee and 2 tea less sugar", NEW, intent="new_order")
        talk.slots |= {"cart": None, "step": steps.AWAITING_ORDER_ID.name}
        talk.types(words, EDIT, intent="edit_order")
        assert talk.lines == {"coffee": 1, "tea less sugar": 2, "juice": 1}, words


def test_what_was_taken_stands_above_the_question_how(session: Session) -> None:
    session.execute(text("UPDATE shop_settings SET fulfilment = '{pickup,delivery}'"))
    session.commit()
    talk = Conversation()
    talk.types("samsa 3, 1 tea less sugar", NEW, intent="new_order")
    assert talk.words("utter_taken_so_far") == (
        "Samosa × 3 = ₹120\nTea × 1 = ₹80\nTotal: ₹200\n📝 Tea: less sugar"
    )
    assert "utter_ask_fulfilment" in talk.said
    talk.types("2 samosas", EDIT, intent="edit_order")
    assert talk.words("utter_taken_so_far").startswith("Samosa × 2 = ₹80")
    talk.types("delivery", ChooseFulfilment(), intent="choose_fulfilment")
    assert "utter_taken_so_far" not in talk.said


@pytest.mark.parametrize(
    "words",
    ["hey whats on the menu", "kya kya milta hai", "आपके पास क्या क्या है", "what do you have", "menu"],
)
def test_who_asks_what_there_is_sees_what_there_is(words: str) -> None:
    talk = Conversation()
    talk.types(words, ShowMenu(), intent="show_menu")
    asked = any("would you like to order" in each for each in talk.texts)
    assert asked == (words != "menu")


@pytest.mark.parametrize(
    "wish",
    ["pls ring bell twice", "plastic bag mat dena", "mera ladka lene aayega", "thoda jaldi"],
)
def test_a_wish_for_staff_stands_on_the_order(wish: str) -> None:
    talk = Conversation()
    talk.types("2 coffees and a samosa", NewOrder())
    talk.types(wish, EditOrder(), intent="edit_order")
    assert f"📝 {wish}" in talk.words("utter_order_summary")
    assert talk.lines == {"coffee": 2, "samosa": 1}
