"""Products, options and categories from a spreadsheet: looked at first, then taken over."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.menus.editing import product_rows
from shop.products.sheets import (
    category_sheet,
    columns,
    option_sheet,
    product_sheet,
    reading,
    writing,
)
from shop.products.sheets.category_sheet import CategoryPlan
from shop.products.sheets.option_sheet import OptionPlan
from shop.products.sheets.planning import Counts, PlannedLine, count_states, plan_mark
from shop.products.sheets.product_plan import ProductPlan, apply_products
from shop.products.sheets.reading import Sheet, UnreadableSheet
from storage.models import Product

Plan = ProductPlan | OptionPlan | CategoryPlan
# Five thousand lines of products, with their words in two languages.
_LARGEST_SHEET = 4 * 1024 * 1024
# What the log calls a table.
_KINDS = {"products": "products", "options": "choices", "categories": "categories"}
# Lines of one kind that the preview shows.
SHOWN = 200


def show_import(desk: RequestContext, text: str = "", problem: str = "") -> Response:
    """Where to paste or upload, and what is understood."""
    headings = {
        kind: [names[0] for names in columns.known_columns(kind).values()] for kind in columns.KINDS
    }
    values = {"text": text, "problem": problem, "headings": headings}
    return desk.page("products/import.html", 422 if problem else 200, **values)


def import_view(desk: RequestContext) -> Response:
    """Shows what the table would do, or does it where that was agreed to."""
    form = desk.form
    text = form.text("text")
    try:
        if content := form.file("file"):
            text = reading.decode_sheet(content)
        sheet = reading.read_sheet(text)
    except UnreadableSheet as unreadable:
        return show_import(desk, text, str(unreadable))
    is_first = form.text("do") != "apply"
    without_samples = is_first or form.flag("without_samples")
    plan = make_plan(desk, sheet, without_samples, lock=not is_first)
    mark = plan_mark(plan.lines, without_samples)
    if not is_first and form.text("mark") == mark:
        return _apply(desk, sheet, plan)
    beside = {"text": text, "mark": mark, "is_outdated": not is_first}
    return _preview(desk, sheet, plan, beside, asks=bool(_leaving(plan)) or not without_samples)


def make_plan(desk: RequestContext, sheet: Sheet, without_samples: bool, *, lock: bool) -> Plan:
    """What the table would do. Samples leave only where products of the shop's own come."""
    if sheet.kind == "options":
        return option_sheet.plan_options(desk.session, sheet)
    if sheet.kind == "categories":
        return category_sheet.plan_categories(desk.session, sheet)
    plan = product_sheet.plan_products(
        desk.session, sheet, without_samples=without_samples, lock=lock
    )
    if not any(line.state == "new" for line in plan.lines):
        plan.leaving = ()
    return plan


def export_view(desk: RequestContext) -> Response:
    """The table of a kind, to keep or to change and bring back."""
    kind = next((one for one in columns.KINDS if one == desk.path("kind")), None)
    if kind is None:
        raise NotFound("table")
    headers = {"Content-Disposition": f'attachment; filename="{kind}.csv"'}
    text = writing.write_sheet(desk.session, kind)
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _preview(
    desk: RequestContext, sheet: Sheet, plan: Plan, beside: dict[str, Any], *, asks: bool
) -> Response:
    """What would be done; `asks` whether the samples may go."""
    counts = count_states(plan.lines)
    shown = {
        state: [line for line in plan.lines if line.state == state]
        for state in ("wrong", "changed", "new")
    }
    values: dict[str, Any] = {
        "sheet": sheet,
        "counts": counts,
        "groups": [(state, lines[:SHOWN], len(lines)) for state, lines in shown.items() if lines],
        "heading": lambda column: columns.heading(sheet.kind, column),
        "leaving": _leaving(plan),
        "asks_for_samples": asks,
        **beside,
        "new_categories": _new_categories(plan),
    }
    return desk.page("products/preview.html", **values)


def _apply(desk: RequestContext, sheet: Sheet, plan: Plan) -> Response:
    counts = count_states(plan.lines)
    said = _said(counts)
    if isinstance(plan, ProductPlan):
        import_products(desk, plan)
        if plan.leaving:
            said = f"{said} The samples are gone."
    elif isinstance(plan, OptionPlan):
        option_sheet.apply_options(desk.session, plan)
    else:
        category_sheet.apply_categories(desk.session, plan)
    desk.record("imported a table of", _KINDS[sheet.kind], **vars(counts))
    return desk.go(_room_of(sheet), said)


def import_products(desk: RequestContext, plan: ProductPlan) -> None:
    """Takes over the products of a table; samples leave, with their rows in menus."""
    removal = product_rows.remove_products(desk.session, plan.leaving)
    apply_products(desk.session, plan)
    _complete_menus(desk, removal, plan)
    _record_products(desk, plan)


def _record_products(desk: RequestContext, plan: ProductPlan) -> None:
    """What was changed of a product stands in its own history, too."""
    for one in plan.products:
        if one.line.state == "changed":
            before = {column: values[0] for column, values in one.line.changes.items()}
            after = {column: values[1] for column, values in one.line.changes.items()}
            desk.record("changed the product", one.sku, before=before, after=after)


def _complete_menus(desk: RequestContext, removal: product_rows.Removal, plan: ProductPlan) -> None:
    """A catalogue of samples alone could not lose them before there was anything else."""
    if removal.empty:
        product_rows.clean_menus(desk.session, {sample.sku for sample in plan.leaving})


def _said(counts: Counts) -> str:
    left_out = f" {counts.wrong} left out." if counts.wrong else ""
    return f"{counts.new} new, {counts.changed} changed.{left_out}"


def _leaving(plan: Plan) -> Sequence[Product]:
    return plan.leaving if isinstance(plan, ProductPlan) else ()


def _new_categories(plan: Plan) -> list[str]:
    """Categories that products of the table would make."""
    if not isinstance(plan, ProductPlan):
        return []
    good: list[PlannedLine] = [line for line in plan.lines if line.state in ("new", "changed")]
    named = {line.changes["category"][1] for line in good if "category" in line.changes}
    return sorted(named - plan.categories)


def _room_of(sheet: Sheet) -> str:
    return "/products" if sheet.kind == "products" else f"/products/{sheet.kind}"


ROUTES = [
    Route("/products/import", staff_page(show_import, "owner"), methods=["GET"]),
    Route(
        "/products/import",
        staff_change(import_view, "owner", audited=False),
        methods=["POST"],
        max_body_size=_LARGEST_SHEET,
    ),
    Route("/products/export/{kind}", staff_page(export_view, "owner"), methods=["GET"]),
]
