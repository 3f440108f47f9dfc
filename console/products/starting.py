"""Views to choose a catalogue to start from: the café's samples, or another kind of shop's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.products.importing import import_products, make_plan
from console.refusals import Refused
from console.request_context import RequestContext
from shop.products import samples
from shop.products.editing import categories
from shop.products.sheets.option_sheet import OptionPlan, apply_options, plan_options
from shop.products.sheets.product_plan import ProductPlan
from shop.products.sheets.reading import read_sheet
from storage.models import Product
from storage.seeds.shops import read_shop, read_shop_tables, shop_kinds

CAFE = "cafe"
_TITLES = {
    "bakery": "Bakery",
    "pizzeria": "Pizzeria",
    "grocer": "Grocer",
    "pharmacy": "Pharmacy",
}
# Product names shown for each catalogue.
_SHOWN = 5


@dataclass(frozen=True)
class StartingCatalogue:
    """A catalogue to start from: its name, its size, and its first products."""

    kind: str
    title: str
    products: int
    categories: tuple[str, ...]
    choices: tuple[str, ...]
    names: tuple[str, ...]


def show_catalogues(desk: RequestContext) -> Response:
    """The page with the catalogues to choose from."""
    left = samples.sample_products(desk.session)
    values = {
        "catalogues": starting_catalogues(left),
        "samples": left,
        "has_own": samples.has_own_products(desk.session, left),
    }
    return desk.page("products/start.html", **values)


def start_view(desk: RequestContext) -> Response:
    """Adds the products of the chosen catalogue that the shop lacks.

    The samples are removed, unless the café is chosen. Existing products stay as they are, so that
    choosing twice changes nothing.
    """
    kind = desk.form.text("kind")
    if kind == CAFE:
        samples.keep_samples(desk.session)
        desk.record("kept the samples", "products")
        return desk.go("/products", "They are your own products now.")
    if kind not in shop_kinds():
        raise Refused(400, "Choose one of the catalogues.")
    options, products = read_shop_tables(kind)
    if options:
        apply_options(desk.session, _new_choices(plan_options(desk.session, read_sheet(options))))
        desk.session.flush()
    plan = make_plan(desk, read_sheet(products), without_samples=True, lock=True)
    if not isinstance(plan, ProductPlan):
        raise TypeError(kind)
    new = replace(plan, products=[one for one in plan.products if one.line.state == "new"])
    is_first = not samples.has_own_products(desk.session, plan.leaving)
    left_behind = {one.category for one in plan.leaving}
    import_products(desk, new)
    if is_first:
        desk.session.flush()
        categories.delete_empty_categories(desk.session, left_behind)
        categories.place_categories(desk.session, _of_kind(kind).categories)
    desk.record("started from a catalogue", "products", kind=kind, new=len(new.products))
    gone = " The samples are gone." if new.leaving else ""
    said = f"{len(new.products)} products of a {_TITLES[kind].lower()} are on offer.{gone}"
    nothing = "All of these products are in your shop already."
    return desk.go("/products", said if new.products else nothing)


def starting_catalogues(left: Sequence[Product]) -> list[StartingCatalogue]:
    """All starting catalogues; the café's are the samples that are left."""
    found = [_of_kind(kind) for kind in shop_kinds()]
    if left:
        kinds = tuple(dict.fromkeys(one.category for one in left))
        names = tuple(one.name for one in left[:_SHOWN])
        found.insert(0, StartingCatalogue(CAFE, "Café", len(left), kinds, (), names))
    return found


def _of_kind(kind: str) -> StartingCatalogue:
    shop = read_shop(kind)
    return StartingCatalogue(
        kind,
        _TITLES[kind],
        len(shop.products),
        tuple(dict.fromkeys(one.category for one in shop.products)),
        tuple(dict.fromkeys(one.group for one in shop.options)),
        tuple(one.name for one in shop.products[:_SHOWN]),
    )


def _new_choices(plan: OptionPlan) -> OptionPlan:
    """The plan without options that the shop already has."""
    return OptionPlan([one for one in plan.groups if one.group is None], plan.lines)


ROUTES = [
    Route("/products/start", staff_page(show_catalogues, "owner"), methods=["GET"]),
    Route("/products/start", staff_change(start_view, "owner"), methods=["POST"]),
]
