"""Products that the training never saw, under names that it did see."""

import pytest

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from nlu.message_reading import read_message

SHOP = Catalogue((Product("rolls", "Paneer Tikka Roll"), Product("dosa", "Masala Dosa")))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("what does a paneer tikka roll cost", "what does a coffee cost"),
        ("is the masala dosa spicy?", "is the coffee spicy?"),
        ("2 dosas and a roll", "2 coffee and a tea"),
    ],
)
def test_a_new_shop_is_read_like_the_one_that_was_learnt_from(text: str, shown: str) -> None:
    assert " ".join(read_message(text, SHOP).legible.split()) == shown


def test_products_of_the_training_are_shown_as_they_are() -> None:
    assert (
        read_message("2 coffees and a samosa", seed_catalogue()).legible == "2 coffees and a samosa"
    )
