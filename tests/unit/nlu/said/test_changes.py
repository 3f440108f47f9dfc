"""How sentences change the cart: their signs, and what these make of it."""

import re

import pytest

from nlu.said.changes import Place, find_changes
from nlu.said.mentioned import find_mentions
from shop.carts.cart_changes import lines_after
from shop.carts.change_phrases import (
    loose_number,
    number_change,
    read_changes,
    speaks_of_a_change,
)
from shop.carts.lines import RequestedLine
from shop.carts.mentions import Mention
from shop.language.signs import Signs

NAMES = {
    "coffee": ["Coffee", "coffees", "kaapi", "कॉफी"],
    "tea": ["Tea", "t", "chai", "चाय"],
    "samosa": ["Samosa", "samosas"],
    "juice": ["Juice"],
}
NUMBER_BEFORE = re.compile(r"(\d+|\ban?|\bone)\s+(?:more\s+|extra\s+)?$")
NUMBERS = {"a": 1, "an": 1, "one": 1}


def mentions(text: str, set_aside: str = "") -> list[Mention]:
    """The products in a sentence, with the numbers before them; some are not asked for."""
    found = []
    for sku, names in NAMES.items():
        if place := find_mentions(text, names):
            counted = NUMBER_BEFORE.search(text[: place[0]])
            word = counted[1] if counted else None
            quantity = NUMBERS.get(word) or int(word) if word else None
            start = counted.start() if counted else place[0]
            found.append(Mention(sku, start, place[1], quantity, sku not in set_aside.split()))
    return sorted(found, key=lambda one: one.start)


def signs(text: str, named: list[Mention] | None = None) -> Signs:
    """What the words say around these products, else around those that they name."""
    found = mentions(text) if named is None else named
    return Signs(tuple(find_changes(text, [Place(one.start, one.end) for one in found])))


def said_to(cart: str, text: str, set_aside: str = "") -> str:
    """The cart after the words: `coffee 2, tea 1`."""
    pairs = [line.split() for line in cart.split(", ")]
    before = [RequestedLine(sku, int(many[0]) if many else None) for sku, *many in pairs]
    named = mentions(text, set_aside)
    left = lines_after(before, read_changes(signs(text, named), before, named))
    return ", ".join(
        f"{requested.product} {requested.quantity or ''}".strip() for requested in left
    )


@pytest.mark.parametrize(
    ("cart", "text", "set_aside", "left"),
    [
        ("coffee 2, samosa 3", "change coffee to tea", "", "samosa 3, tea 2"),
        ("coffee 2, samosa 3", "swap coffee for tea", "", "samosa 3, tea 2"),
        ("coffee 2, tea 1", "exchange tea for coffee", "", "coffee 3"),
        ("coffee 2", "replace one coffee with a juice", "", "coffee 1, juice 1"),
        ("coffee 2", "coffee ko chai kar do", "", "tea 2"),
        ("coffee 2", "coffee ki jagah chai kar do", "coffee", "tea 2"),
        ("coffee 2", "चाय चाहिए", "", "coffee 2, tea"),
        ("coffee 2", "actually tea instead", "", "tea 2"),
        ("coffee 2", "i want tea instead of coffee", "coffee", "tea 2"),
        ("coffee 2", "i meant tea", "", "tea 2"),
        ("coffee 2", "make it 3 tea", "", "tea 3"),
        ("coffee 2", "no, 3 tea", "", "tea 3"),
        ("coffee", "i meant tea", "", "tea"),
        ("coffee", "not coffee, tea", "coffee", "tea"),
        ("coffee 2, tea 1", "not tea but juice", "tea", "coffee 2, juice 1"),
        ("coffee 2, tea 1", "no coffee, tea instead", "coffee", "tea 1"),
    ],
)
def test_one_product_takes_the_place_of_another(
    cart: str, text: str, set_aside: str, left: str
) -> None:
    assert said_to(cart, text, set_aside) == left


@pytest.mark.parametrize(
    ("text", "set_aside", "left"),
    [
        ("remove the tea", "", "coffee 2"),
        ("take the tea off", "", "coffee 2"),
        ("no tea", "tea", "coffee 2"),
        ("I don't want tea", "tea", "coffee 2"),
        ("chai hata do", "", "coffee 2"),
        ("चाय हटा दो", "", "coffee 2"),
        ("chai nahi chahiye", "", "coffee 2"),
        ("remove one coffee", "", "coffee 1, tea 1"),
        ("one coffee less", "", "coffee 1, tea 1"),
        ("remove coffee and tea", "", ""),
        ("remove coffee and add 3 tea", "", "tea 4"),
        ("chai cancel, coffee rakho", "", "coffee 2"),
        ("chai nahi coffee chahiye", "tea", "coffee 2"),
        ("cancel and order 3 samosas", "", "samosa 3"),
        ("cancel my order, 3 samosas", "", "samosa 3"),
        ("coffee cancel karo, 3 samosas", "", "tea 1, samosa 3"),
        ("only the coffee", "", "coffee 2"),
        ("sirf chai rakho", "", "tea 1"),
        ("remove everything except the tea", "", "tea 1"),
    ],
)
def test_what_is_taken_away(text: str, set_aside: str, left: str) -> None:
    assert said_to("coffee 2, tea 1", text, set_aside) == left


def test_of_several_that_go_the_number_of_the_first_stays() -> None:
    assert said_to("coffee 3, tea 1", "only keep the samosas") == "samosa 3"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("and a tea", "coffee 2, tea 2"),
        ("add 1 tea and 2 coffee", "coffee 4, tea 2"),
        ("one more tea", "coffee 2, tea 2"),
        ("2 chai aur", "coffee 2, tea 3"),
        ("make it 3 coffee and 2 tea", "coffee 3, tea 2"),
        ("No, 5 coffee", "coffee 5, tea 1"),
        ("only 1 coffee", "coffee 1, tea 1"),
        ("tea without sugar", "coffee 2, tea"),
        ("i want less tea", "coffee 2, tea"),
        ("samosa and juice", "coffee 2, tea 1, samosa 1, juice 1"),
    ],
)
def test_what_is_added_or_set(text: str, left: str) -> None:
    assert said_to("coffee 2, tea 1", text) == left


@pytest.mark.parametrize(
    ("text", "change"),
    [("2 more", "add"), ("ek aur", "add"), ("one less", "remove"), ("make it 3", "set")],
)
def test_what_a_number_does(text: str, change: str) -> None:
    assert number_change(signs(text)) == change


@pytest.mark.parametrize(
    ("text", "number"),
    [("2 and a samosa", 2), ("2, 1 tea", 2), ("2 samosas", None), ("a samosa and 2", None)],
)
def test_a_number_beside_what_is_added(text: str, number: int | None) -> None:
    assert loose_number(signs(text), mentions(text)) == number


@pytest.mark.parametrize(
    ("text", "set_aside", "speaks"),
    [("no tea", "tea", True), ("no, tea", "", True), ("my tea was cold", "", False)],
)
def test_words_that_ask_for_a_change(text: str, set_aside: str, speaks: bool) -> None:
    said = read_changes(signs(text), [RequestedLine("tea", 1)], mentions(text, set_aside))
    assert speaks_of_a_change(signs(text), said) is speaks


def test_a_name_of_one_letter_is_found_nowhere() -> None:
    assert find_mentions("don't", NAMES["tea"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "change my delivery address",
        "adres galat hai",
        "the pincode is wrong",
        "please reschedule",
        "change the delivery date",
        "update my phone number",
        "house no is 14",
        "पता बदल दो",
        "पता गलत है",
    ],
)
def test_where_and_when_an_order_goes(text: str) -> None:
    assert signs(text).has("where_or_when")


@pytest.mark.parametrize("text", ["make it 3", "add a date shake", "no tea", "change the size"])
def test_what_is_of_the_order_itself(text: str) -> None:
    assert not signs(text).has("where_or_when")
