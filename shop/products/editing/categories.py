"""Categories: listing, adding, renaming, translating, ordering and deleting them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settings.errors import DocstringError
from shop.products.editing.fields import LONGEST_CATEGORY, other_languages
from shop.products.editing.positions import last_position, number_rows, shift_row
from shop.products.editing.product_editing import Unfit
from shop.products.editing.typed_values import one_line
from storage.models import Category, Product


class NotEmpty(DocstringError):
    """Products are in this category: move or delete them first."""


@dataclass(frozen=True)
class ListedCategory:
    """A category with the number of its products."""

    category: Category
    products: int


def list_categories(session: Session) -> list[ListedCategory]:
    """All of them in the owner's order."""
    counts = select(Product.category, func.count()).group_by(Product.category)
    by_name = dict(session.execute(counts).tuples().all())
    return [ListedCategory(one, by_name.get(one.name, 0)) for one in ordered_categories(session)]


def ordered_categories(session: Session) -> Sequence[Category]:
    """All of them in the owner's order."""
    return session.scalars(select(Category).order_by(Category.position, Category.id)).all()


def lock_categories(session: Session) -> Sequence[Category]:
    """All of them in the owner's order, for a change of several."""
    query = select(Category).order_by(Category.position, Category.id).with_for_update()
    return session.scalars(query).all()


def find_category(session: Session, name: str) -> Category | None:
    """The category of this name."""
    return session.scalars(select(Category).where(Category.name == name)).first()


def add_category(session: Session, name: str, translations: Mapping[str, str]) -> Category:
    """A new category at the end.

    Raises:
        Unfit
    """
    category = Category(position=last_position(session, Category.position) + 1)
    _write_category(session, category, name, translations)
    session.add(category)
    session.flush()
    return category


def change_category(
    session: Session, category: Category, name: str, translations: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """New names, by language; a trigger renames the category at its products.

    Returns what changed, before and after. Raises:
        Unfit
    """
    before = spell_category(category)
    _write_category(session, category, name, translations)
    session.flush()
    after = spell_category(category)
    return {key: (before[key], after[key]) for key in after if before[key] != after[key]}


def spell_category(category: Category) -> dict[str, str]:
    """Its names as they are typed: `name`, and `name.hi` for each other language."""
    own = {f"name.{code}": translated_name(category, code) for code in other_languages()}
    return {"name": category.name, **own}


def translated_name(category: Category, code: str) -> str:
    """Its name in a language; empty where it has none."""
    known = category.translations if isinstance(category.translations, dict) else {}
    own = known.get(code)
    return str(own.get("name") or "") if isinstance(own, dict) else ""


def delete_category(session: Session, category: Category) -> None:
    """Deletes a category without products.

    Raises:
        NotEmpty
    """
    if session.scalar(select(Product.id).where(Product.category == category.name).limit(1)):
        raise NotEmpty
    session.delete(category)


def shift_category(session: Session, category: Category, by: int) -> None:
    """Moves a category up (-1) or down (1)."""
    shift_row(ordered_categories(session), category, by)


def place_categories(session: Session, names: Sequence[str]) -> None:
    """Puts the categories of these names in this order, behind all others."""
    order = {name: place for place, name in enumerate(names)}
    every = sorted(ordered_categories(session), key=lambda one: order.get(one.name, -1))
    number_rows(every)


def delete_empty_categories(session: Session, names: Collection[str]) -> None:
    """Deletes those of these categories that have no products."""
    used = select(Product.id).where(Product.category == Category.name).exists()
    for category in session.scalars(select(Category).where(Category.name.in_(names), ~used)):
        session.delete(category)


def category_problems(session: Session, category: Category | None, name: str) -> dict[str, str]:
    """Why a category cannot have this name."""
    if not 0 < len(name) <= LONGEST_CATEGORY:
        return {"name": f"1 to {LONGEST_CATEGORY} characters, this has {len(name)}."}
    other = find_category(session, name)
    if other and other is not category:
        return {"name": f"There is a category “{name}” already."}
    return {}


def _write_category(
    session: Session, category: Category, name: str, translations: Mapping[str, str]
) -> None:
    name = one_line(name)
    with session.no_autoflush:
        problems = {} if name == category.name else category_problems(session, category, name)
    said = {code: one_line(text) for code, text in translations.items()}
    for code, text in said.items():
        if len(text) > LONGEST_CATEGORY and text != translated_name(category, code):
            problems[f"name.{code}"] = f"{LONGEST_CATEGORY} characters at most."
    if problems:
        raise Unfit(problems)
    known = category.translations if isinstance(category.translations, dict) else {}
    kept = {code: words for code, words in known.items() if code not in said}
    own = {code: {"name": text} for code, text in said.items() if text}
    category.name, category.translations = name, {**kept, **own}
