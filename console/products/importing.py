"""Views to import products, options and categories from a spreadsheet, after a preview."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.menus.editing import product_rows
from shop.menus.editing.renaming import rename_product
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
# Enough for 5,000 products with their texts in two languages.
_LARGEST_SHEET = 4 * 1024 * 1024
# The names of the kinds of tables in the audit log.
_KINDS = {"products": "products", "options": "choices", "categories": "categories"}
# Lines of one kind that the preview shows.
SHOWN = 200


def show_import(desk: RequestContext, text: str = "", problem: str = "") -> Response:
    """The form to paste or upload a table, with an explanation of its columns."""
    headings = {
        kind: [names[0] for names in columns.known_columns(kind).values()] for kind in columns.KINDS
    }
    values = {"text": text, "problem": problem, "headings": headings}
    return desk.page("products/import.html", 422 if problem else 200, **values)


def import_view(desk: RequestContext) -> Response:
    """Shows a preview of the import, or imports if the preview was confirmed."""
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
    """The plan of an import; samples are removed only if it adds products of the shop's own."""
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
    """A kind of table as a file, which can be changed and imported again."""
    kind = next((one for one in columns.KINDS if one == desk.path("kind")), None)
    if kind is None:
        raise NotFound("table")
    headers = {"Content-Disposition": f'attachment; filename="{kind}.csv"'}
    text = writing.write_sheet(desk.session, kind)
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _preview(
    desk: RequestContext, sheet: Sheet, plan: Plan, beside: dict[str, Any], *, asks: bool
) -> Response:
    """The preview of an import; `asks`: it also asks whether to remove the samples."""
    counts = count_states(plan.lines)
    shown = {
        state: [line for line in plan.lines if line.state == state]
        for state in ("wrong", "changed", "new")
    }
    values: dict[str, Any] = {
        "sheet": sheet,
        "counts": counts,
        "groups": [(state, lines[:SHOWN], len(lines)) for state, lines in shown.items() if lines],
        "heading": lambda column: columns.format_heading(sheet.kind, column),
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
    """Imports the products of a table; samples are removed with their rows in menus."""
    removal = product_rows.remove_products(desk.session, plan.leaving)
    apply_products(desk.session, plan)
    _complete_menus(desk, removal, plan)
    _note_changes(desk, plan)


def _note_changes(desk: RequestContext, plan: ProductPlan) -> None:
    """Renames products on menus, and records each change in the product's own history, too."""
    for one in plan.products:
        if one.line.state == "changed":
            before = {column: values[0] for column, values in one.line.changes.items()}
            after = {column: values[1] for column, values in one.line.changes.items()}
            rename_product(desk.session, one.sku, one.line.changes)
            desk.record("changed the product", one.sku, before=before, after=after)


def _complete_menus(desk: RequestContext, removal: product_rows.Removal, plan: ProductPlan) -> None:
    """Removes the samples' last rows from menus, now that these have the new products."""
    if removal.empty:
        product_rows.clean_menus(desk.session, {sample.sku for sample in plan.leaving})


def _said(counts: Counts) -> str:
    left_out = f" {counts.wrong} left out." if counts.wrong else ""
    return f"{counts.new} new, {counts.changed} changed.{left_out}"


def _leaving(plan: Plan) -> Sequence[Product]:
    return plan.leaving if isinstance(plan, ProductPlan) else ()


def _new_categories(plan: Plan) -> list[str]:
    """The categories that the import would create for its products."""
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
