"""The possible targets of a menu option, with names for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.products.money import format_rupees
from shop.support.tickets import CATEGORIES
from shop.taps.meanings import domain_intents, reply_meaning
from shop.taps.menu_names import product_sku, title_of_menu
from shop.whatsapp.limits import ROW_DESCRIPTION
from storage.models import Product, WorkflowTemplate

# The intents that an owner may offer, in the order in which customers need them.
_STEPS = {
    "new_order": "Order: shows the catalogue",
    "order_again": "Order the same again",
    "track_order": "Track an order",
    "cancel_order": "Cancel what is being ordered",
    "support": "Get help: asks what it is about",
    "talk_to_human": "Talk to a person",
    "faq_hours": "Opening hours",
    "faq_delivery": "Where the shop delivers",
    "faq_location": "Where the shop is",
    "faq_payment": "How to pay",
    "faq_price": "Prices of everything",
    "faq_offers": "Offers and coupons",
    "faq_ingredients": "What is in the products",
    "greet": "Back to the main menu",
    "start": "Subscribe to news again",
    "stop": "Unsubscribe",
}
_CATEGORIES = {
    "supp_delivery": "A delivery problem",
    "supp_payment": "A payment problem",
    "supp_other": "Another problem",
}


@dataclass(frozen=True)
class Target:
    """Something that a tap can lead to: its reply id, and its name for people."""

    reply_id: str
    name: str
    is_available: bool = True


@dataclass(frozen=True)
class Group:
    """Targets of one kind."""

    title: str
    targets: Sequence[Target]


def target_groups(session: Session) -> list[Group]:
    """All targets by kind; every one of them resolves."""
    active = select(WorkflowTemplate).where(WorkflowTemplate.is_active)
    templates = session.scalars(active.order_by(WorkflowTemplate.template_name))
    columns = (Product.sku, Product.name, Product.price, Product.is_on_offer)
    products = session.execute(select(*columns).order_by(Product.position, Product.name)).tuples()
    known = domain_intents()
    return [
        Group("Steps", [Target(i, name) for i, name in _STEPS.items() if i in known]),
        Group(
            "Menus", [Target(t.template_name, title_of_menu(t.template_name)) for t in templates]
        ),
        Group("Products", [_product(*product) for product in products]),
        Group("Help", [Target(i, _CATEGORIES.get(i, i)) for i in CATEGORIES]),
    ]


def said_among(every: Sequence[Group], reply_id: str) -> str | None:
    """The name of the target of a reply id, looked up in `target_groups`."""
    for group in every:
        for target in group.targets:
            if target.reply_id in (reply_id, product_sku(reply_id)):
                return f"Menu {target.name}" if group.title == "Menus" else target.name
    names = [target.reply_id for group in every for target in group.targets]
    means = reply_meaning(reply_id, names, names)
    if means is None:
        return None
    return f"{means.intent} {', '.join(means.entities.values())}".strip().replace("_", " ")


def describe_link(reply_id: str) -> str:
    """A short description of the target of a tap, even if it no longer exists."""
    known = {**_STEPS, **_CATEGORIES}
    return known.get(reply_id) or title_of_menu(product_sku(reply_id))


def products_by_sku(session: Session) -> dict[str, Product]:
    """The products by sku."""
    return {product.sku: product for product in session.scalars(select(Product))}


def row_description(product: Product) -> str:
    """`₹120 - Hot & Cold`: a row's description; the price in it stays current by itself."""
    parts = (format_rupees(product.price), product.description)
    return " - ".join(part for part in parts if part)[: ROW_DESCRIPTION.maximum]


def _product(sku: str, name: str, price: Decimal, is_on_offer: bool) -> Target:
    return Target(sku, f"{name} {format_rupees(price)}", is_on_offer)
