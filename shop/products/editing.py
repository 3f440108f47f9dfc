"""Edits the products."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.language import keyword_forms
from shop.support.tickets import CATEGORIES
from shop.taps import meanings
from shop.taps.menu_names import title_of_menu
from storage.models import Product, WorkflowTemplate

# A row of a WhatsApp list holds no longer title, a section no longer name (Meta, documented).
LONGEST_NAME = 24
LONGEST_CATEGORY = 24
LONGEST_DESCRIPTION = 200
LONGEST_ALIAS = 40
LONGEST_EMOJI = 10
MOST_ALIASES = 40
_CENT = Decimal("0.01")
# `new` is a page of the console.
_SKU = re.compile(r"(?!new$|prod_)[a-z][a-z0-9_]{0,39}")


class Unfit(ValueError):
    """The product cannot be like this; `problems` says why by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True)
class ProductForm:
    """The form's fields of a product, all text."""

    name: str
    price: str
    category: str = "Other"
    description: str = ""
    emoji: str = ""
    aliases: list[str] = field(default_factory=list)


def all_products(session: Session) -> Sequence[Product]:
    """All products in the owner's order, sold-out ones too."""
    return session.scalars(select(Product).order_by(Product.position, Product.name)).all()


def find_product(session: Session, sku: str) -> Product | None:
    """The product with this sku."""
    return session.scalars(select(Product).where(Product.sku == sku)).first()


def add_product(session: Session, wanted: ProductForm, sku: str = "") -> Product:
    """A new product at the end; without a sku it gets one from its name.

    Raises:
        Unfit
    """
    sku = sku or sku_from(wanted.name)
    problems = _problems(session, wanted, sku)
    if problem := _sku_problem(session, sku):
        problems["sku"] = problem
    if problems:
        raise Unfit(problems)
    last = max((product.position for product in all_products(session)), default=0)
    product = Product(sku=sku, position=last + 1)
    _write(product, wanted)
    session.add(product)
    session.flush()
    return product


def change_product(
    session: Session, product: Product, wanted: ProductForm
) -> dict[str, tuple[str, str]]:
    """Changes a product; returns what changed, field by field, before and after.

    Raises:
        Unfit
    """
    if problems := _problems(session, wanted, product.sku):
        raise Unfit(problems)
    before = _as_said(product)
    _write(product, wanted)
    after = _as_said(product)
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def shift_product(session: Session, product: Product, by: int) -> None:
    """Moves a product up (-1) or down (1) among its neighbours."""
    session.execute(select(Product.id).order_by(Product.id).with_for_update())
    order = list(all_products(session))
    here = order.index(product)
    there = min(max(here + by, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    for position, one in enumerate(order, start=1):
        one.position = position


def price_of(written: str) -> Decimal | None:
    """`₹1,250.50` → 1250.50; None when it is no price."""
    plain = re.sub(r"^(₹|rs\.?)\s*", "", written.strip().casefold()).replace(",", "")
    if not re.fullmatch(r"\d{1,8}(\.\d{1,2})?", plain, re.ASCII):
        return None
    try:
        return Decimal(plain).quantize(_CENT)
    except InvalidOperation:
        return None


def sku_from(name: str) -> str:
    """`Masala Chai` → `masala_chai`; empty where the name has no Latin letters."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40]


def aliases_from(written: str) -> list[str]:
    """Words as typed, by commas or lines, each once."""
    words = (keyword_forms.normalise_keyword(word) for word in re.split(r"[,\n;]", written))
    return list(dict.fromkeys(word for word in words if word))


def _problems(session: Session, wanted: ProductForm, sku: str) -> dict[str, str]:
    lengths = {
        "name": (wanted.name, 1, LONGEST_NAME),
        "category": (wanted.category, 1, LONGEST_CATEGORY),
        "description": (wanted.description, 0, LONGEST_DESCRIPTION),
        "emoji": (wanted.emoji, 0, LONGEST_EMOJI),
    }
    problems = {
        field: f"{least} to {most} characters, this has {len(text)}."
        for field, (text, least, most) in lengths.items()
        if not least <= len(text) <= most
    }
    if price_of(wanted.price) is None:
        problems["price"] = "A price in rupees, such as 120 or 49.50."
    if problem := _alias_problem(session, wanted.aliases, sku):
        problems["aliases"] = problem
    return problems


def _alias_problem(session: Session, aliases: list[str], sku: str) -> str | None:
    """An alias must not be another product, a menu or a keyword."""
    if len(aliases) > MOST_ALIASES or any(len(alias) > LONGEST_ALIAS for alias in aliases):
        return f"At most {MOST_ALIASES} words of {LONGEST_ALIAS} characters."
    for other in all_products(session):
        if other.sku != sku and (same := _first(aliases, _words(other))):
            return f"“{same}” already means {other.name}."
    for menu in session.scalars(select(WorkflowTemplate).where(WorkflowTemplate.is_active)):
        if same := _first(aliases, map(keyword_forms.normalise_keyword, menu.trigger_keywords)):
            return f"“{same}” already opens the menu “{title_of_menu(menu.template_name)}”."
    return None


def _words(product: Product) -> Iterable[str]:
    return map(keyword_forms.normalise_keyword, (product.sku, product.name, *product.aliases))


def _first(wanted: list[str], taken: Iterable[str]) -> str | None:
    known = set(taken)
    return next((word for word in wanted if keyword_forms.normalise_keyword(word) in known), None)


def _sku_problem(session: Session, sku: str) -> str | None:
    if not _SKU.fullmatch(sku):
        return "A code of small letters, digits and _, such as masala_chai."
    menus = select(WorkflowTemplate.id).where(WorkflowTemplate.template_name == sku)
    if sku in meanings.domain_intents() or sku in CATEGORIES or session.scalar(menus):
        return f"“{sku}” means something else already."
    return f"There is a product “{sku}” already." if find_product(session, sku) else None


def _write(product: Product, wanted: ProductForm) -> None:
    product.name = wanted.name
    product.description = wanted.description
    product.category = wanted.category
    product.aliases = wanted.aliases
    product.price = price_of(wanted.price) or Decimal(0)
    product.emoji = wanted.emoji or "🍽️"


def _as_said(product: Product) -> dict[str, str]:
    """A product's fields as the log says them."""
    return {
        "name": product.name,
        "description": product.description,
        "category": product.category,
        "price": f"{product.price:.2f}" if product.price is not None else "",
        "aliases": ", ".join(product.aliases or []),
        "emoji": product.emoji or "",
    }
