"""Every counted thing of a message is a line, a question, named as not sold, or a note."""

import random
import re
from collections.abc import Iterator

import pytest

from nlu.catalogue.catalogue import Catalogue
from nlu.evaluation.shop_orders import is_order_right, read_shop_order, strangers_orders
from nlu.evaluation.shops import DIRECTORY, shop_catalogue
from nlu.message_reading import read_message
from nlu.said.said import find_signs

KINDS = ("bakery", "cafe", "grocer", "pharmacy", "pizzeria")
UNKNOWN = ("zibbol", "kurkure", "insulin", "lasagna", "quandri soap", "glucose powder", "ghee")
LINKS = (", ", " and ", " aur ", " n ", "\n", " + ", " ")
KEPT = ("note", "unread_wish", "allergy", "pack_size", "mentioned")
# How many of the messages of december/ are read wholly right, and of how many.
DECEMBER_RIGHT = {"cafe": (65, 70), "grocer": (65, 70), "pharmacy": (64, 70), "pizzeria": (68, 70)}


def spans_kept(text: str, catalogue: Catalogue) -> list[tuple[int, int]]:
    """The spans of a text that an answer shows in some way."""
    entities = read_message(text, catalogue).entities
    signs = find_signs(text, entities, catalogue.titles)
    return [(each["start"], each["end"]) for each in entities] + [
        (each.start, each.end) for each in signs if each.name in KEPT
    ]


def counted_lists(catalogue: Catalogue, many: int) -> Iterator[tuple[str, list[str]]]:
    """Messages of two to four counted things, of which some are not sold, and the things."""
    chance = random.Random(18)
    names = [name for each in catalogue.products for name in (each.name, *each.aliases)]
    # "house 4" is an address.
    names = [name for name in names if re.fullmatch(r"(?!farm house)[A-Za-z -]{4,}", name)]
    for _ in range(many):
        things = [*chance.sample(names, chance.choice((1, 2, 3))), chance.choice(UNKNOWN)]
        chance.shuffle(things)
        link, is_behind = chance.choice(LINKS), chance.random() < 1 / 2
        items = [(thing, chance.randint(1, 9)) for thing in things]
        texts = (f"{thing} {n}" if is_behind else f"{n} {thing}" for thing, n in items)
        yield link.join(texts), things


@pytest.mark.parametrize("kind", KINDS)
def test_every_counted_thing_stays_in_sight(kind: str) -> None:
    catalogue = shop_catalogue(kind)
    lost = [
        (text, thing)
        for text, things in counted_lists(catalogue, 150)
        for thing in things
        if not any(
            start < text.index(thing) + len(thing) and text.index(thing) < end
            for start, end in spans_kept(text, catalogue)
        )
    ]
    assert not lost, lost


@pytest.mark.parametrize("kind", DECEMBER_RIGHT)
def test_orders_that_were_new_in_december_are_read(kind: str) -> None:
    catalogue = shop_catalogue(kind)
    orders = strangers_orders(DIRECTORY / "december" / f"{kind}.yml")
    wrong = [
        one.text for one in orders if not is_order_right(one, read_shop_order(one.text, catalogue))
    ]
    least, many = DECEMBER_RIGHT[kind]
    assert (len(orders), len(orders) - len(wrong) >= least) == (many, True), wrong


@pytest.mark.parametrize(
    ("kind", "text", "lines"),
    [
        ("grocer", "snd 3 maska chaska n 2 lays", {"fifty_fifty": 3, "lays": 2}),
        ("grocer", "colgate 1 vim bar 3 surf 1", {"colgate_200": 1, "vim": 3, "surf_1": 1}),
        ("grocer", "aata 5kg and 1 kg moong", {"atta_5": 1, "moong_1": 1}),
        ("grocer", "lays 2 kurkure 2 coke 1", {"lays": 2, "coke": 1}),
        ("grocer", "pyaz 2kg tamatar 1kg aloo 5kg", {"onion_1": 2, "tomato_500": 2, "potato_1": 5}),
        ("grocer", "एक सफेद ब्रेड", {"white_bread": 1}),
        ("pharmacy", "accu-chek strips 50 pack 1, दो एन95", {"accuchek": 1, "n95": 2}),
        ("pharmacy", "cough syrup benadryl 150ml 1 bottle", {"benadryl_150": 1}),
        ("cafe", "chai full 2 half 3", {"tea": 5}),
        ("cafe", "cappuccino large 1 small 2, oat milk in the large", {"cappuccino": 3}),
        ("cafe", "2 black americano", {"americano": 2}),
        ("pizzeria", "family combo 1, extra coke 2", {"family_combo": 1, "coke": 2}),
        ("pizzeria", "1 veg extravaganza large, 1 farmhouse large", {"farmhouse": 1}),
    ],
)  # fmt: skip
def test_numbers_count_what_they_stand_beside(kind: str, text: str, lines: dict[str, int]) -> None:
    read: dict[str, int] = {}
    for line in read_shop_order(text, shop_catalogue(kind)).lines:
        read[line.sku] = read.get(line.sku, 0) + (line.quantity or 0)
    assert read == lines


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("pharmacy", "1 cough syrup benadryl"),
        ("pharmacy", "2 strips of digene and 1 digene gel"),
        ("pizzeria", "combo 1"),
        ("pizzeria", "2 medium pizza aur 1 coke"),
        ("grocer", "1 rice basmati"),
        ("bakery", "puff 2"),
    ],
)
def test_names_of_several_products_ask_which(kind: str, text: str) -> None:
    assert len(read_shop_order(text, shop_catalogue(kind)).which) == 1
