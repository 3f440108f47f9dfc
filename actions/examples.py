"""An example out of the shop's own products: "2 Coffee" means nothing in a pharmacy."""

from actions.turn import Turn
from shop.products import catalogue
from shop.products.translation import name_product


def example_product(turn: Turn) -> str:
    """The name of the first product on offer; a word for any where there is none."""
    product = catalogue.first_offered(turn.session)
    return name_product(product, turn.language) if product else turn.word("anything")
