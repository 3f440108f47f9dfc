"""Names and descriptions of products and categories in the customer's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Category, Product


def name_product(product: Product, language: str | None) -> str:
    """The product's name in a language; the owner's own if there is no translation."""
    return _translated(product.translations, language, "name") or product.name


def describe_product(product: Product, language: str | None) -> str:
    """The product's description in a language, else the owner's own; may be empty."""
    return _translated(product.translations, language, "description") or product.description or ""


def name_category(category: Category, language: str | None) -> str:
    """The category's name in a language; the owner's own where there is no translation."""
    return _translated(category.translations, language, "name") or category.name


def all_categories(session: Session) -> Sequence[Category]:
    """All of them, in the owner's order, freshly read."""
    query = select(Category).order_by(Category.position, Category.id)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def category_names(session: Session, language: str | None) -> dict[str, str]:
    """The name of each category in a language, by the owner's name; empty without a language."""
    if not language:
        return {}
    return {one.name: name_category(one, language) for one in all_categories(session)}


def _translated(translations: Mapping[str, Any] | None, language: str | None, field: str) -> str:
    """The words of a translation; empty if there are none or they are malformed."""
    own = translations.get(language or "") if isinstance(translations, Mapping) else None
    said = own.get(field) if isinstance(own, Mapping) else None
    return said.strip() if isinstance(said, str) else ""
