"""The list of products, and the form of one."""

from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import change, screen
from console.refusals import NotFound
from shop import menus, product_editing
from shop.product_editing import Unfit, Wanted
from storage.models import AuditEntry, Product, WorkflowTemplate


def show_products(desk: Desk) -> Response:
    """All of them in order of appearance."""
    return desk.page("products/list.html", **_listed(desk))


def switch(desk: Desk) -> Response:
    """Sold out, or to be had again."""
    product = _find(desk)
    product.is_available = desk.form.text("available") == "yes"
    desk.record("made available" if product.is_available else "marked as sold out", product.sku)
    if desk.is_htmx:
        return desk.part("products/row.html", product=product, ends=_listed(desk)["ends"])
    return desk.go(f"/products/{product.sku}" if desk.form.flag("stay") else "/products")


def shift(desk: Desk) -> Response:
    """One place up or down."""
    product = _find(desk)
    product_editing.shift(desk.session, product, -1 if desk.form.text("way") == "up" else 1)
    desk.record("moved", product.sku, position=product.position)
    if desk.is_htmx:
        desk.session.flush()
        return desk.part("products/rows.html", **_listed(desk))
    return desk.go("/products")


def show_new(desk: Desk) -> Response:
    """An empty form."""
    return _form(desk, None, Wanted("", ""))


def add(desk: Desk) -> Response:
    """A new product, orderable at once."""
    wanted = _wanted(desk)
    try:
        product = product_editing.add(desk.session, wanted, desk.form.text("sku"))
    except Unfit as unfit:
        return _form(desk, None, wanted, unfit.problems)
    desk.record("added the product", product.sku, price=wanted.price)
    return desk.go("/products", f"{product.name} can be ordered now.")


def show_product(desk: Desk) -> Response:
    """One product's form, with the menus that show it and its history."""
    product = _find(desk)
    wanted = Wanted(
        product.name, f"{product.price:.2f}".removesuffix(".00"), product.category,
        product.description, product.emoji, list(product.aliases),
    )  # fmt: skip
    return _form(desk, product, wanted)


def save(desk: Desk) -> Response:
    """Changes what was changed."""
    product, wanted = _find(desk), _wanted(desk)
    try:
        changed = product_editing.change(desk.session, product, wanted)
    except Unfit as unfit:
        return _form(desk, product, wanted, unfit.problems)
    before = {field: before for field, (before, _) in changed.items()}
    after = {field: after for field, (_, after) in changed.items()}
    desk.record("changed the product", product.sku, before=before, after=after)
    return desk.go("/products", f"{product.name}: saved.")


def _listed(desk: Desk) -> dict[str, Any]:
    """The products, and which of them cannot go further up or down."""
    products = product_editing.everything(desk.session)
    return {"products": products, "ends": [product.sku for product in products]}


def _form(
    desk: Desk, product: Product | None, wanted: Wanted, problems: dict[str, str] | None = None
) -> Response:
    everything = product_editing.everything(desk.session)
    values: dict[str, Any] = {
        "product": product,
        "wanted": wanted,
        "sku": desk.form.text("sku"),
        "problems": problems or {},
        "categories": sorted({one.category for one in everything}),
        "shown_in": _shown_in(desk, product) if product else [],
        "by_itself": menus.CATALOGUE if product and _is_added(desk, product) else None,
        "history": _history(desk, product) if product else [],
    }
    return desk.page("products/form.html", 422 if problems else 200, **values)


def _wanted(desk: Desk) -> Wanted:
    form = desk.form
    return Wanted(
        name=" ".join(form.text("name").split()),
        price=form.text("price"),
        category=" ".join(form.text("category").split()) or "Other",
        description=form.text("description"),
        emoji=form.text("emoji"),
        aliases=product_editing.aliases_from(form.text("aliases")),
    )


def _find(desk: Desk) -> Product:
    product = product_editing.find(desk.session, desk.path("sku"))
    if product is None:
        raise NotFound("product")
    return product


def _shown_in(desk: Desk, product: Product) -> list[str]:
    """The menus that offer a product by name."""
    every = desk.session.scalars(select(WorkflowTemplate).where(WorkflowTemplate.is_active))
    return [
        menu.template_name
        for menu in every
        if any(menus.product_sku(option["id"]) == product.sku for option in menus.options(menu))
    ]


def _is_added(desk: Desk, product: Product) -> bool:
    """Whether the product ends the catalogue by itself."""
    catalogue = menus.find(desk.session, menus.CATALOGUE)
    structure = catalogue.menu_structure if catalogue else {}
    return product in menus.additions(desk.session, menus.CATALOGUE, structure)


def _history(desk: Desk, product: Product) -> list[AuditEntry]:
    entries = select(AuditEntry).where(AuditEntry.subject == product.sku)
    return list(desk.session.scalars(entries.order_by(AuditEntry.id.desc()).limit(10)))


ROUTES = [
    Route("/products", screen(show_products), methods=["GET"]),
    Route("/products", change(add, "owner"), methods=["POST"]),
    Route("/products/new", screen(show_new, "owner"), methods=["GET"]),
    Route("/products/{sku}", screen(show_product, "owner"), methods=["GET"]),
    Route("/products/{sku}", change(save, "owner"), methods=["POST"]),
    Route("/products/{sku}/available", change(switch), methods=["POST"]),
    Route("/products/{sku}/shift", change(shift, "owner"), methods=["POST"]),
]
