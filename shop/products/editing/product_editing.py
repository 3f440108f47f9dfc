"""Adds and changes products as somebody types them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.products.editing.codes import free_code, is_code, taken_codes
from shop.products.editing.fields import (
    Problems,
    Typed,
    read_product_changes,
    spell_field,
    spell_fields,
    write_values,
)
from shop.products.editing.positions import last_position
from shop.products.editing.taken_words import TakenWords
from storage.models import Product

# The texts before and after, by field.
Changed = dict[str, tuple[str, str]]


class Unfit(ValueError):
    """The product cannot be like this; `problems` says why by field."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def all_products(session: Session) -> Sequence[Product]:
    """All products in the owner's order, sold-out ones too."""
    return session.scalars(select(Product).order_by(Product.position, Product.name)).all()


def find_product(session: Session, sku: str) -> Product | None:
    """The product with this sku."""
    return session.scalars(select(Product).where(Product.sku == sku)).first()


def add_product(session: Session, typed: Typed, sku: str = "") -> Product:
    """A new product at the end; without a sku it gets one from its name.

    Raises:
        Unfit
    """
    values, problems = read_product_changes(None, typed)
    taken = taken_codes(session)
    if sku and (problem := _sku_problem(sku, taken)):
        problems["sku"] = problem
    sku = sku or free_code(typed["name"], taken)
    words = TakenWords(session, all_products(session))
    problems |= word_problems(words, sku, values)
    if problems:
        raise Unfit(problems)
    product = Product(sku=sku, position=last_position(session, Product.position) + 1)
    write_values(product, values)
    session.add(product)
    session.flush()
    return product


def change_product(session: Session, product: Product, typed: Typed) -> Changed:
    """Changes a product; returns what changed.

    Raises:
        Unfit
    """
    values, problems = read_product_changes(product, typed)
    if {"name", "aliases"} & values.keys():
        words = TakenWords(session, all_products(session))
        problems |= word_problems(words, product.sku, values)
    if problems:
        raise Unfit(problems)
    before = spell_fields(product, values)
    write_values(product, values)
    return {name: (before[name], spell_field(product, name)) for name in values}


def word_problems(words: TakenWords, sku: str, values: dict[str, object]) -> Problems:
    """Why a name or other words cannot be this product's, by field."""
    problems = {}
    name, aliases = values.get("name"), values.get("aliases")
    if isinstance(name, str) and (problem := words.name_problem(name, sku)):
        problems["name"] = problem
    if isinstance(aliases, list) and (problem := words.alias_problem(aliases, sku)):
        problems["aliases"] = problem
    return problems


def _sku_problem(sku: str, taken: set[str]) -> str | None:
    if not is_code(sku) and sku not in taken:
        return "A code of small letters, digits and _, such as masala_chai."
    return f"“{sku}” means something already." if sku in taken else None
