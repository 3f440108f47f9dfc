"""Views to edit prices, stock, categories and availability of many products on one page.

If a row has a problem, nothing is written and the typed values stay. Only changed fields are
written, since an order may have taken from the stock after the page was opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.products.product_form import record_changes
from console.request_context import RequestContext
from shop.menus.editing.renaming import rename_product
from shop.products import listing
from shop.products.editing import categories, product_editing
from shop.products.editing.fields import NO, YES, Problems, spell_fields
from shop.products.editing.product_editing import Changed, Unfit
from storage.models import Product

COLUMNS = ("price", "stock", "category", "available")
NEW_COLUMNS = ("name", "price", "stock", "category")
NEW_ROWS = 3


@dataclass
class Row:
    """One row: the typed values, those when the page was opened, and the problems."""

    key: str
    product: Product | None
    typed: dict[str, str]
    was: dict[str, str] = field(default_factory=dict)
    problems: Problems = field(default_factory=dict)

    @property
    def changed(self) -> dict[str, str]:
        """The values that were changed, by field."""
        return {name: text for name, text in self.typed.items() if text != self.was.get(name)}


def show_table(desk: RequestContext) -> Response:
    """A page of products, and rows for new ones."""
    listed = _listed(desk)
    rows = []
    for product in listed.products:
        spelled = spell_fields(product, COLUMNS)
        rows.append(Row(str(product.id), product, spelled, dict(spelled)))
    category = desk.query("category")
    empty = {**dict.fromkeys(NEW_COLUMNS, ""), "category": category}
    return _page(desk, rows, [Row(f"new{n}", None, dict(empty)) for n in range(NEW_ROWS)])


def save_table(desk: RequestContext) -> Response:
    """Writes all changed and new rows, or shows the problems."""
    rows, new = _typed_rows(desk), _typed_new_rows(desk)
    tried = desk.session.begin_nested()
    changed = [(row, _change(desk, row)) for row in rows if row.changed]
    added = [(row, _add(desk, row)) for row in new if row.typed["name"] or row.typed["price"]]
    if any(row.problems for row in (*rows, *new)):
        tried.rollback()
        return _page(desk, rows, new)
    tried.commit()
    for row, values in changed:
        if row.product and values:
            rename_product(desk.session, row.product.sku, values)
            record_changes(desk, row.product.sku, values)
    for row, product in added:
        if product:
            desk.record("added the product", product.sku, price=row.typed["price"])
    query = desk.request.url.query
    notice = "Saved." if desk.recorded else "Nothing was changed."
    return desk.go(f"/products/table?{query}" if query else "/products/table", notice)


def _change(desk: RequestContext, row: Row) -> Changed:
    """Changes the row's product; puts problems into the row."""
    if row.product is None:
        return {}
    now = spell_fields(row.product, COLUMNS)
    for name, text in row.changed.items():
        if now[name] not in (row.was[name], text):
            row.problems[name] = f"It is {now[name] or 'empty'} meanwhile. Save again to change it."
            row.was[name] = now[name]
    if row.problems:
        return {}
    try:
        return product_editing.change_product(desk.session, row.product, row.changed)
    except Unfit as unfit:
        row.problems |= unfit.problems
        return {}


def _add(desk: RequestContext, row: Row) -> Product | None:
    try:
        return product_editing.add_product(desk.session, row.typed)
    except Unfit as unfit:
        row.problems |= unfit.problems
        return None


def _typed_rows(desk: RequestContext) -> list[Row]:
    """The typed rows, with their products locked, without those of deleted products."""
    form = desk.form
    keys = [int(key) for key in form.texts("row") if key.isascii() and key.isdecimal()]
    query = select(Product).where(Product.id.in_(keys)).order_by(Product.sku.collate("C"))
    locked = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    products = {product.id: product for product in desk.session.scalars(locked)}
    rows = []
    for key in keys:
        if key in products:
            typed = {name: form.text(f"{name}.{key}") for name in COLUMNS}
            typed["available"] = YES if form.flag(f"available.{key}") else NO
            was = {name: form.text(f"was.{name}.{key}") for name in COLUMNS}
            rows.append(Row(str(key), products[key], typed, was))
    return rows


def _typed_new_rows(desk: RequestContext) -> list[Row]:
    form = desk.form
    keys = [f"new{number}" for number in range(NEW_ROWS)]
    return [
        Row(key, None, {name: form.text(f"{name}.{key}") for name in NEW_COLUMNS}) for key in keys
    ]


def _listed(desk: RequestContext) -> listing.Listed:
    wanted = listing.Filter(desk.query("q"), desk.query("category"))
    return listing.list_products(desk.session, wanted, desk.query_number("page") or 1)


def _page(desk: RequestContext, rows: Sequence[Row], new: Sequence[Row]) -> Response:
    wrong = [row for row in (*rows, *new) if row.problems]
    values: dict[str, Any] = {
        "rows": rows,
        "new": new,
        "wrong": wrong,
        "listed": _listed(desk),
        "wanted": listing.Filter(desk.query("q"), desk.query("category")),
        "categories": categories.list_categories(desk.session),
        "query": desk.request.url.query,
    }
    return desk.page("products/table.html", 422 if wrong else 200, **values)


ROUTES = [
    Route("/products/table", staff_page(show_table, "owner"), methods=["GET"]),
    Route("/products/table", staff_change(save_table, "owner", audited=False), methods=["POST"]),
]
