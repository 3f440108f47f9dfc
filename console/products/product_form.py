"""Views of the form of one product: names, price, stock and options."""

from decimal import Decimal
from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console import conflicts
from console.authentication import staff_change, staff_page
from console.menus.editor_view import language_name
from console.products.finding import find_product_of
from console.request_context import RequestContext
from shop.menus import shown
from shop.menus.editing.renaming import rename_product
from shop.products.editing import attaching, categories, option_editing, product_editing
from shop.products.editing.fields import Problems, field_names, other_languages, spell_fields
from shop.products.editing.product_editing import Unfit
from shop.products.editing.taken_words import TakenWords
from shop.products.editing.typed_values import Unreadable, read_price
from shop.taps import menu_names
from storage.models import AuditEntry, OptionGroup, Product, WorkflowTemplate

FOR_NOTHING = "₹0: customers get it for nothing. Save again if that is right."
# The fields of the form; availability has a switch of its own.
_FIELDS = [name for name in field_names() if name != "available"]


def show_new(desk: RequestContext) -> Response:
    """An empty form."""
    typed = dict.fromkeys(_FIELDS, "") | {"category": desk.query("category")}
    return _form(desk, None, typed, [])


def add_product_view(desk: RequestContext) -> Response:
    """Adds a product, which can be ordered at once."""
    typed, chosen = _typed(desk), _chosen_groups(desk)
    if _asks_about_zero(desk, typed, None):
        return _form(desk, None, typed, chosen, {"price": FOR_NOTHING})
    try:
        product = product_editing.add_product(desk.session, typed, desk.form.text("sku"))
    except Unfit as unfit:
        return _form(desk, None, typed, chosen, unfit.problems)
    attaching.attach_groups(desk.session, product.sku, chosen)
    desk.record("added the product", product.sku, price=typed["price"])
    notice = f"{product.name} can be ordered now. {_shared(desk, product)}".strip()
    is_series = desk.form.text("then") == "another"
    return desk.go("/products/new" if is_series else "/products", notice)


def show_product(desk: RequestContext, picture_problem: str = "") -> Response:
    """A product's form, the menus that show it, and its history."""
    product = find_product_of(desk)
    typed = spell_fields(product, _FIELDS)
    chosen = attaching.groups_of(desk.session, product.sku)
    return _form(desk, product, typed, chosen, picture_problem=picture_problem)


def save_product_view(desk: RequestContext) -> Response:
    """Saves the changed fields of a product."""
    product, typed, chosen = find_product_of(desk), _typed(desk), _chosen_groups(desk)
    desk.session.refresh(product, with_for_update={"key_share": True})
    now = spell_fields(product, _FIELDS)
    typed, taken = conflicts.merge_edits(desk.form, now, typed)
    if taken:
        return _form(desk, product, {**now, **typed}, chosen, taken)
    if _asks_about_zero(desk, typed, product.price):
        return _form(desk, product, {**now, **typed}, chosen, {"price": FOR_NOTHING})
    try:
        changed = product_editing.change_product(desk.session, product, typed)
    except Unfit as unfit:
        return _form(desk, product, {**now, **typed}, chosen, unfit.problems)
    if desk.form.flag("groups") and attaching.attach_groups(desk.session, product.sku, chosen):
        changed["choices"] = ("", ", ".join(_group_names(desk, chosen)))
    rename_product(desk.session, product.sku, changed)
    record_changes(desk, product.sku, changed)
    notice = f"{product.name}: saved. {_shared(desk, product)}".strip()
    return desk.go("/products", notice)


def _asks_about_zero(desk: RequestContext, typed: dict[str, str], before: Decimal | None) -> bool:
    """Whether to ask about a price that becomes 0; the next Save confirms it."""
    try:
        price = read_price(typed["price"]) if typed.get("price") else None
    except Unreadable:
        return False
    return price == 0 and before != 0 and not desk.form.flag("for_nothing")


def record_changes(desk: RequestContext, sku: str, changed: product_editing.Changed) -> None:
    """Writes one line of the audit log for the changes of a product."""
    before = {field: before for field, (before, _) in changed.items()}
    after = {field: after for field, (_, after) in changed.items()}
    desk.record("changed the product", sku, before=before, after=after)


def _form(
    desk: RequestContext,
    product: Product | None,
    typed: dict[str, str],
    chosen: list[int],
    problems: Problems | None = None,
    *,
    picture_problem: str = "",
) -> Response:
    groups = option_editing.ordered_groups(desk.session)
    values: dict[str, Any] = {
        "product": product,
        "typed": typed,
        "opened_with": spell_fields(product, _FIELDS) if product else {},
        "sku": desk.form.text("sku"),
        "problems": problems or {},
        "for_nothing": (problems or {}).get("price") == FOR_NOTHING,
        "picture_problem": picture_problem,
        "categories": [one.name for one in categories.ordered_categories(desk.session)],
        "languages": {code: language_name(code) for code in other_languages()},
        "groups": groups,
        "options": option_editing.options_by_group(desk.session),
        "chosen": chosen,
        "shown_in": _shown_in(desk, product) if product else [],
        "by_itself": menu_names.CATALOGUE if product and _is_added(desk, product) else None,
        "history": _history(desk, product) if product else [],
    }
    status = 422 if problems or picture_problem else 200
    return desk.page("products/form.html", status, **values)


def _typed(desk: RequestContext) -> dict[str, str]:
    """The typed fields: all of them for a new product, else those that the form has."""
    is_new = "sku" not in desk.request.path_params
    sent = {name for name, _ in desk.form}
    return {name: desk.form.text(name) for name in _FIELDS if is_new or name in sent}


def _chosen_groups(desk: RequestContext) -> list[int]:
    known = [group.id for group in option_editing.ordered_groups(desk.session)]
    typed = desk.form.texts("group")
    return [key for key in known if str(key) in typed]


def _group_names(desk: RequestContext, chosen: list[int]) -> list[str]:
    query = select(OptionGroup.name).where(OptionGroup.id.in_(chosen))
    return list(desk.session.scalars(query.order_by(OptionGroup.position)))


def _shared(desk: RequestContext, product: Product) -> str:
    """A notice that the bot will ask which one is meant, if other products share a name, or ""."""
    words = TakenWords(desk.session, product_editing.all_products(desk.session))
    shared = words.shared(product.aliases, product.sku)
    found = "; ".join(f"“{word}” also means {other}" for word, other in shared[:3])
    return f"{found}: the bot asks which." if found else ""


def _shown_in(desk: RequestContext, product: Product) -> list[str]:
    """The menus that have a row for the product."""
    every = desk.session.scalars(select(WorkflowTemplate).where(WorkflowTemplate.is_active))
    return [
        menu.template_name
        for menu in every
        if any(
            menu_names.product_sku(option["id"]) == product.sku
            for option in shown.menu_options(menu)
        )
    ]


def _is_added(desk: RequestContext, product: Product) -> bool:
    """Whether the catalogue's menu shows the product without having a row for it."""
    catalogue = shown.find_menu(desk.session, menu_names.CATALOGUE)
    structure = catalogue.menu_structure if catalogue else {}
    return product in shown.added_products(desk.session, menu_names.CATALOGUE, structure)


def _history(desk: RequestContext, product: Product) -> list[AuditEntry]:
    entries = select(AuditEntry).where(AuditEntry.subject == product.sku)
    return list(desk.session.scalars(entries.order_by(AuditEntry.id.desc()).limit(10)))


NEW_ROUTES = [
    Route("/products", staff_change(add_product_view, "owner"), methods=["POST"]),
    Route("/products/new", staff_page(show_new, "owner"), methods=["GET"]),
]
ROUTES = [
    Route("/products/{sku}", staff_page(show_product, "owner"), methods=["GET"]),
    Route("/products/{sku}", staff_change(save_product_view, "owner"), methods=["POST"]),
]
