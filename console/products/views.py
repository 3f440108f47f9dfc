"""The list of products, and the form of one."""

from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.menus import shown
from shop.products import editing
from shop.products.editing import ProductForm, Unfit
from shop.taps import menu_names
from storage.models import AuditEntry, Product, WorkflowTemplate


def show_products(desk: RequestContext) -> Response:
    """All of them in order of appearance."""
    return desk.page("products/list.html", **_listed(desk))


def switch_availability(desk: RequestContext) -> Response:
    """Sold out, or to be had again."""
    product = _find(desk)
    product.is_available = desk.form.text("available") == "yes"
    desk.record("made available" if product.is_available else "marked as sold out", product.sku)
    if desk.is_htmx:
        return desk.part("products/row.html", product=product, ends=_listed(desk)["ends"])
    return desk.go(f"/products/{product.sku}" if desk.form.flag("stay") else "/products")


def shift_product_view(desk: RequestContext) -> Response:
    """One place up or down."""
    product = _find(desk)
    editing.shift_product(desk.session, product, -1 if desk.form.text("way") == "up" else 1)
    desk.record("moved", product.sku, position=product.position)
    if desk.is_htmx:
        desk.session.flush()
        return desk.part("products/rows.html", **_listed(desk))
    return desk.go("/products")


def show_new(desk: RequestContext) -> Response:
    """An empty form."""
    return _form(desk, None, ProductForm("", ""))


def add_product_view(desk: RequestContext) -> Response:
    """A new product, orderable at once."""
    wanted = _wanted(desk)
    try:
        product = editing.add_product(desk.session, wanted, desk.form.text("sku"))
    except Unfit as unfit:
        return _form(desk, None, wanted, unfit.problems)
    desk.record("added the product", product.sku, price=wanted.price)
    return desk.go("/products", f"{product.name} can be ordered now.")


def show_product(desk: RequestContext) -> Response:
    """One product's form, with the menus that show it and its history."""
    product = _find(desk)
    wanted = ProductForm(
        product.name, f"{product.price:.2f}".removesuffix(".00"), product.category,
        product.description, product.emoji, list(product.aliases),
    )  # fmt: skip
    return _form(desk, product, wanted)


def save_product_view(desk: RequestContext) -> Response:
    """Changes what was changed."""
    product, wanted = _find(desk), _wanted(desk)
    try:
        changed = editing.change_product(desk.session, product, wanted)
    except Unfit as unfit:
        return _form(desk, product, wanted, unfit.problems)
    before = {field: before for field, (before, _) in changed.items()}
    after = {field: after for field, (_, after) in changed.items()}
    desk.record("changed the product", product.sku, before=before, after=after)
    return desk.go("/products", f"{product.name}: saved.")


def _listed(desk: RequestContext) -> dict[str, Any]:
    """The products, and which of them cannot go further up or down."""
    products = editing.all_products(desk.session)
    return {"products": products, "ends": [product.sku for product in products]}


def _form(
    desk: RequestContext,
    product: Product | None,
    wanted: ProductForm,
    problems: dict[str, str] | None = None,
) -> Response:
    everything = editing.all_products(desk.session)
    values: dict[str, Any] = {
        "product": product,
        "wanted": wanted,
        "sku": desk.form.text("sku"),
        "problems": problems or {},
        "categories": sorted({one.category for one in everything}),
        "shown_in": _shown_in(desk, product) if product else [],
        "by_itself": menu_names.CATALOGUE if product and _is_added(desk, product) else None,
        "history": _history(desk, product) if product else [],
    }
    return desk.page("products/form.html", 422 if problems else 200, **values)


def _wanted(desk: RequestContext) -> ProductForm:
    form = desk.form
    return ProductForm(
        name=" ".join(form.text("name").split()),
        price=form.text("price"),
        category=" ".join(form.text("category").split()) or "Other",
        description=form.text("description"),
        emoji=form.text("emoji"),
        aliases=editing.aliases_from(form.text("aliases")),
    )


def _find(desk: RequestContext) -> Product:
    product = editing.find_product(desk.session, desk.path("sku"))
    if product is None:
        raise NotFound("product")
    return product


def _shown_in(desk: RequestContext, product: Product) -> list[str]:
    """The menus that offer a product by name."""
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
    """Whether the product ends the catalogue by itself."""
    catalogue = shown.find_menu(desk.session, menu_names.CATALOGUE)
    structure = catalogue.menu_structure if catalogue else {}
    return product in shown.added_products(desk.session, menu_names.CATALOGUE, structure)


def _history(desk: RequestContext, product: Product) -> list[AuditEntry]:
    entries = select(AuditEntry).where(AuditEntry.subject == product.sku)
    return list(desk.session.scalars(entries.order_by(AuditEntry.id.desc()).limit(10)))


ROUTES = [
    Route("/products", staff_page(show_products), methods=["GET"]),
    Route("/products", staff_change(add_product_view, "owner"), methods=["POST"]),
    Route("/products/new", staff_page(show_new, "owner"), methods=["GET"]),
    Route("/products/{sku}", staff_page(show_product, "owner"), methods=["GET"]),
    Route("/products/{sku}", staff_change(save_product_view, "owner"), methods=["POST"]),
    Route("/products/{sku}/available", staff_change(switch_availability), methods=["POST"]),
    Route("/products/{sku}/shift", staff_change(shift_product_view, "owner"), methods=["POST"]),
]
