"""Views of the list of products: availability, order of appearance, and the samples."""

from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.products import (
    category_views,
    deleting,
    importing,
    option_views,
    picture_views,
    product_form,
    starting,
    table,
)
from console.products.finding import find_product_of
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.menus.editing import product_rows
from shop.products import listing, samples
from shop.products.editing import categories, product_editing


def show_products(desk: RequestContext) -> Response:
    """The list, or the products that a search finds, by category in order of appearance."""
    left = samples.sample_products(desk.session) if desk.is_owner else []
    deleted = desk.query("deleted") if desk.is_owner else ""
    values = {
        **listed(desk),
        "categories": categories.list_categories(desk.session),
        "deleted": deleting.read_deleted(desk.session, deleted) if deleted else None,
        "samples": left if samples.has_own_products(desk.session, left) else [],
    }
    return desk.page("products/list.html", **values)


def listed(desk: RequestContext) -> dict[str, Any]:
    """The list's values: the products of the search in the URL, and which are first or last."""
    wanted = listing.Filter(desk.query("q"), desk.query("category"))
    found = listing.list_products(desk.session, wanted, desk.query_number("page") or 1)
    asked = {"q": wanted.words, "category": wanted.category}
    return {
        "listed": found,
        "wanted": wanted,
        "ends": listing.category_ends(desk.session),
        "asked": urlencode({key: value for key, value in asked.items() if value}),
    }


def switch_availability(desk: RequestContext) -> Response:
    """Marks a product as sold out or available."""
    product = find_product_of(desk)
    product.is_available = desk.form.text("available") == "yes"
    desk.record("made available" if product.is_available else "marked as sold out", product.sku)
    if desk.is_htmx:
        return desk.part("products/row.html", product=product, **listed(desk))
    return desk.go(f"/products/{product.sku}" if desk.form.flag("stay") else back_to_list(desk))


def shift_product_view(desk: RequestContext) -> Response:
    """Moves a product one place up or down in its category."""
    product = find_product_of(desk)
    listing.shift_product(desk.session, product, -1 if desk.form.text("way") == "up" else 1)
    return _moved(desk, product.sku)


def place_product_view(desk: RequestContext) -> Response:
    """Moves a product before or after another one, where it was dropped."""
    product = find_product_of(desk)
    beside = product_editing.find_product(desk.session, desk.form.text("beside"))
    if beside is None:
        raise NotFound("product")
    if beside is not product:
        is_after = desk.form.text("after") == "yes"
        listing.place_product(desk.session, product, beside, after=is_after)
    return _moved(desk, product.sku)


def remove_samples_view(desk: RequestContext) -> Response:
    """Removes the samples, with their translations and their rows in menus."""
    left = samples.sample_products(desk.session)
    names = ", ".join(sample.name for sample in left)
    removal = product_rows.remove_products(desk.session, left)
    desk.record("removed the samples", "products", products=names)
    return desk.go(
        "/products", f"The samples are gone: {names}. {deleting.menus_without(removal)}".strip()
    )


def keep_samples_view(desk: RequestContext) -> Response:
    """Makes the samples the shop's own products."""
    samples.keep_samples(desk.session)
    desk.record("kept the samples", "products")
    return desk.go("/products", "They are your own products now.")


def back_to_list(desk: RequestContext) -> str:
    """The path of the list with its search and filter."""
    query = desk.request.url.query
    return f"/products?{query}" if query else "/products"


def _moved(desk: RequestContext, sku: str) -> Response:
    desk.record("moved", sku)
    if desk.is_htmx:
        desk.session.flush()
        return desk.part("products/rows.html", **listed(desk))
    return desk.go(back_to_list(desk))


ROUTES = [
    Route("/products", staff_page(show_products), methods=["GET"]),
    *product_form.NEW_ROUTES,
    *table.ROUTES,
    *importing.ROUTES,
    *starting.ROUTES,
    *option_views.ROUTES,
    *category_views.ROUTES,
    *picture_views.ROUTES,
    Route("/products/samples/remove", staff_change(remove_samples_view, "owner"), methods=["POST"]),
    Route("/products/samples/keep", staff_change(keep_samples_view, "owner"), methods=["POST"]),
    *product_form.ROUTES,
    Route("/products/{sku}/available", staff_change(switch_availability), methods=["POST"]),
    Route("/products/{sku}/shift", staff_change(shift_product_view, "owner"), methods=["POST"]),
    Route("/products/{sku}/place", staff_change(place_product_view, "owner"), methods=["POST"]),
    *deleting.ROUTES,
]
