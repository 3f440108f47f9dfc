"""The names for sentences: the shop's, the customer's, and a product's as an example.

"2 Coffee" means nothing in a pharmacy.
"""

from actions.turn import Turn
from shop.language.first_names import address_customer
from shop.opening.reading import read_settings
from shop.products import catalogue
from shop.products.translation import name_product


def shop_name(turn: Turn) -> str:
    """The name that the owner gave the shop."""
    return read_settings(turn.session).shop_name


def customer_name(turn: Turn) -> str:
    """The customer's first name; a greeting if it is not known."""
    customer = turn.customer
    return address_customer(customer.display_name if customer else None, turn.language)


def example_product(turn: Turn) -> str:
    """The name of the first product on offer; a general word if there is none."""
    product = catalogue.first_offered(turn.session)
    return name_product(product, turn.language) if product else turn.word("anything")
