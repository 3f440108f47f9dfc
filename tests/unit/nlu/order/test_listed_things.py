"""Items of a list that the shop does not sell are named, and never dropped or made another."""

import pytest

from nlu.evaluation.shop_orders import read_shop_order
from nlu.evaluation.shops import shop_catalogue


def read(kind: str, text: str) -> tuple[list[str], tuple[str, ...]]:
    """The lines as `number sku options`, and what is not sold."""
    order = read_shop_order(text, shop_catalogue(kind))
    lines = [
        " ".join([str(line.quantity), line.sku, *sorted(line.options)]) for line in order.lines
    ]
    return lines, order.not_sold


@pytest.mark.parametrize(
    ("kind", "text", "lines", "not_sold"),
    [
        ("pizzeria", "1 sicilian pizza and 2 tiramisu", ["2 tiramisu"], ("1 sicilian pizza",)),
        (
            "pizzeria",
            "margherita medium 1, smoky delight pizza large 2",
            ["1 margherita Medium"],
            ("smoky delight pizza",),
        ),
        ("pharmacy", "sinarest 500 1 strip, eno 4", ["4 eno"], ("sinarest 500",)),
        ("pharmacy", "rantac - 2, combiflam - 1", ["1 combiflam"], ("rantac",)),
        ("pharmacy", "2 combiflam 1 saridon", ["2 combiflam"], ("1 saridon",)),
        ("pharmacy", "combiflam 2 saridon 1", ["2 combiflam"], ("saridon",)),
        ("pharmacy", "glucose drip 1 and ors 2", ["2 ors"], ("glucose drip",)),
        ("pharmacy", "crocin drops 1, ors 2", ["2 ors"], ("crocin drops",)),
        ("pharmacy", "2 zandu spray, 1 volini gel", ["1 volini_gel"], ("zandu spray",)),
        ("grocer", "1 kg urad dal and 2 kg sugar", ["2 sugar_1"], ("1 kg urad dal",)),
        ("grocer", "mustard oil 1 litre 1, lays 6", ["6 lays"], ("mustard oil 1 litre",)),
    ],
)
def test_unknown_items_are_named(
    kind: str, text: str, lines: list[str], not_sold: tuple[str, ...]
) -> None:
    assert read(kind, text) == (lines, not_sold)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("grocer", "coke 2 litre"),
        ("grocer", "1 coke 2 litre"),
        ("pizzeria", "2 litre coke"),
        ("pizzeria", "coke 1.5 litre 2"),
    ],
)
def test_a_bottle_of_another_size_is_no_quantity(kind: str, text: str) -> None:
    lines, not_sold = read(kind, text)
    assert (lines, len(not_sold)) == ([], 1)


@pytest.mark.parametrize(
    ("kind", "text", "lines"),
    [
        ("cafe", "3 chai, 1 strong", ["3 tea"]),
        ("cafe", "4 masala chai, 2 kadak 2 light", ["4 tea"]),
        ("cafe", "2 samosa, 1 extra hot", ["2 samosa"]),
        ("pizzeria", "2 coke, very cold", ["2 coke"]),
        ("grocer", "2 kg aloo, medium size", ["2 potato_1"]),
    ],
)
def test_how_things_are_is_no_thing(kind: str, text: str, lines: list[str]) -> None:
    assert read(kind, text) == (lines, ())


@pytest.mark.parametrize(
    ("kind", "text", "lines"),
    [
        ("grocer", "basmati 3 kg", ["3 basmati_1"]),
        ("grocer", "तूर दाल एक किलो", ["1 toor_1"]),
        ("grocer", "sona masuri rice 5kg 2", ["2 sona_5"]),
        ("grocer", "a dozen and a half eggs", ["3 eggs_6"]),
        ("grocer", "6 single maggi 70g", ["6 maggi_1"]),
        ("pharmacy", "cetrizine 10mg 20 tablets", ["2 cetirizine"]),
        ("pharmacy", "vicks 50ml 1 benadryl 150ml 2", ["1 vicks_50", "2 benadryl_150"]),
        ("pharmacy", "ईनो तीन और डोलो एक पत्ता", ["3 eno", "1 dolo_650"]),
        ("cafe", "2 burgers (paneer)", ["2 paneer_burger"]),
        ("cafe", "2 hot choclate, ek me vanilla syrup",
         ["1 hot_chocolate", "1 hot_chocolate Vanilla syrup"]),
        ("cafe", "cold coffee do, ek me almond milk",
         ["1 cold_coffee", "1 cold_coffee Almond milk"]),
        ("cafe", "fries regular 2 fries large 1", ["2 fries Regular", "1 fries Large"]),
        ("cafe", "large fries, regular fries 3", ["None fries Large", "3 fries Regular"]),
        ("pizzeria", "1 peppy paneer (M, thin crust)", ["1 peppy_paneer Medium Thin crust"]),
        ("pizzeria", "farmhouse medium wali 1, large wali 2",
         ["1 farmhouse Medium", "2 farmhouse Large"]),
        ("pizzeria", "1 large farmhouse and 1 veg wrap", ["1 farmhouse Large"]),
    ],
)  # fmt: skip
def test_numbers_sizes_and_names_meet(kind: str, text: str, lines: list[str]) -> None:
    assert read(kind, text)[0] == lines
