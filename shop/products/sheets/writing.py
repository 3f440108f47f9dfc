"""Writes the products, options and categories as tables that can be read again."""

import csv
import io
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.products.editing import attaching, categories, option_editing
from shop.products.editing.fields import NO, YES, field_names, other_languages, spell_fields
from shop.products.editing.typed_values import spell_price
from shop.products.listing import in_order
from shop.products.sheets.columns import Kind, format_heading
from shop.products.sheets.labels import label_groups, spell_labels
from shop.products.sheets.option_sheet import spell_rule
from shop.products.sheets.reading import mark_formula
from storage.models import Product

# Without this mark Excel reads a file in the encoding of its own country.
_MARK = "\ufeff"
_OPTION_COLUMNS = (
    "group", "minimum", "maximum", "option", "price", "usual", "available", "aliases",
)  # fmt: skip


def write_sheet(session: Session, kind: Kind) -> str:
    """The table of a kind as CSV; importing it unchanged changes nothing."""
    columns, rows = _WRITERS[kind](session)
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow([format_heading(kind, column) for column in columns])
    writer.writerows([mark_formula(cell) for cell in row] for row in rows)
    return _MARK + made.getvalue()


Table = tuple[Sequence[str], Iterable[Sequence[str]]]


def _products(session: Session) -> Table:
    attached = attaching.groups_by_sku(session)
    labels = label_groups(option_editing.ordered_groups(session))
    fields = field_names()
    products = session.scalars(in_order(select(Product))).all()
    rows = [
        [product.sku, *spell_fields(product, fields).values(), spell_labels(labels, own)]
        for product in products
        for own in [attached.get(product.sku, [])]
    ]
    return ["sku", *fields, "options"], rows


def _options(session: Session) -> Table:
    groups = option_editing.ordered_groups(session)
    labels = label_groups(groups)
    options = option_editing.options_by_group(session)
    rows = [
        [
            labels[group.id],
            *spell_rule(group).values(),
            option.name,
            spell_price(option.price),
            YES if option.is_default else NO,
            YES if option.is_available else NO,
            ", ".join(option.aliases),
        ]
        for group in groups
        for option in options[group.id]
    ]
    return _OPTION_COLUMNS, rows


def _categories(session: Session) -> Table:
    codes = other_languages()
    rows = [
        [one.name, *(categories.translated_name(one, code) for code in codes)]
        for one in categories.ordered_categories(session)
    ]
    return ["category", *(f"category.{code}" for code in codes)], rows


_WRITERS = {"products": _products, "options": _options, "categories": _categories}
