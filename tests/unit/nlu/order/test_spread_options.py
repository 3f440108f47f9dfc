"""Options over the pieces of a line, plain pieces, and amounts said behind the thing."""

import pytest

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.option_names import NamedOption
from nlu.catalogue.product_names import Product
from nlu.evaluation.shop_orders import read_shop_order

DRINKS = ("mocha", "flat_white")
SHOP = Catalogue(
    (
        Product("mocha", "Mocha"),
        Product("flat_white", "Flat White"),
        Product("wrap", "Paneer Wrap", ("wrap",)),
        Product("scone", "Scone"),
    ),
    (
        NamedOption(1, "Small", (), DRINKS, 1),
        NamedOption(2, "Medium", (), DRINKS, 1),
        NamedOption(3, "Large", (), DRINKS, 1),
        NamedOption(4, "Oat milk", (), DRINKS, 2),
        NamedOption(5, "Soy milk", (), DRINKS, 2),
        NamedOption(6, "No sugar", (), DRINKS, 3),
        NamedOption(7, "Less sugar", (), DRINKS, 3),
        NamedOption(8, "Caramel syrup", (), DRINKS),
        NamedOption(9, "Extra shot", (), DRINKS),
        NamedOption(10, "No onion", (), ("wrap",)),
        NamedOption(11, "Extra cheese", (), ("wrap",)),
        NamedOption(12, "Warmed", ("warm",), ("scone",)),
    ),
)


def read_lines(text: str) -> list[str]:
    """Each line as `number sku options`."""
    return [
        " ".join([str(line.quantity), line.sku, *sorted(line.options)])
        for line in read_shop_order(text, SHOP).lines
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2 mochas: oat milk and soy milk", ["1 mocha Oat milk", "1 mocha Soy milk"]),
        (
            "3 flat whites small, medium, large",
            ["1 flat_white Small", "1 flat_white Medium", "1 flat_white Large"],
        ),
        (
            "2 large mochas: oat, soy",
            ["1 mocha Large Oat milk", "1 mocha Large Soy milk"],
        ),
        (
            "2 mochas: small oat milk, large soy milk",
            ["1 mocha Oat milk Small", "1 mocha Large Soy milk"],
        ),
        ("4 mochas oat and soy", ["2 mocha Oat milk", "2 mocha Soy milk"]),
        ("5 mochas: small - 2, large - 3", ["2 mocha Small", "3 mocha Large"]),
        ("2 mochas with caramel and extra shot", ["2 mocha Caramel syrup Extra shot"]),
        ("2 mochas oat milk, no sorry, soy milk", ["2 mocha Soy milk"]),
    ],
)
def test_a_list_of_options_is_spread_over_the_pieces(text: str, lines: list[str]) -> None:
    assert read_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a scone warm and one not warm", ["1 scone", "1 scone Warmed"]),
        ("2 scones, one warm and one not", ["1 scone", "1 scone Warmed"]),
        (
            "1 mocha with caramel syrup and 1 without",
            ["1 mocha", "1 mocha Caramel syrup"],
        ),
        ("2 wraps with extra cheese, 1 plain", ["1 wrap", "2 wrap Extra cheese"]),
        ("3 wraps, 2 with extra cheese 1 plain", ["1 wrap", "2 wrap Extra cheese"]),
    ],
)
def test_plain_pieces_are_pieces_of_their_own(text: str, lines: list[str]) -> None:
    assert read_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "1 large mocha oat milk, 1 same but small",
            ["1 mocha Large Oat milk", "1 mocha Oat milk Small"],
        ),
        (
            "ek bada mocha caramel syrup, ek waisa hi par chhota",
            ["1 mocha Caramel syrup Large", "1 mocha Caramel syrup Small"],
        ),
    ],
)
def test_the_same_again_keeps_the_other_options(text: str, lines: list[str]) -> None:
    assert read_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2 wrap pyaz ke bina", ["2 wrap No onion"]),
        ("एक रैप प्याज नहीं", ["1 wrap No onion"]),
        ("ek mocha cheeni nahi", ["1 mocha No sugar"]),
        ("do mocha cheeni kam", ["2 mocha Less sugar"]),
        ("1 wrap cheese zyada", ["1 wrap Extra cheese"]),
        ("दो छोटा मोका ओट मिल्क के साथ", ["2 mocha Oat milk Small"]),
        ("3 मोका सोया दूध, बिना चीनी", ["3 mocha No sugar Soy milk"]),
    ],
)
def test_options_are_said_in_hindi(text: str, lines: list[str]) -> None:
    assert read_lines(text) == lines
