"""Explains why an order cannot be entered, each problem with the field that can fix it."""

from shop.carts.cart import Cart
from shop.orders import order_checks, refusals
from shop.orders.order_checks import NotPlaceable
from shop.products.money import format_rupees

# Problems by field; `products` is shown above all products.
Problems = dict[str, str]

_ADDRESS = {
    None: "Where is it to be brought?",
    "needs_postcode": "Add the PIN code: your zones go by it.",
    "needs_pin": "Add the point on the map, such as 12.97160, 77.59460: your zones go by distance.",
}
# Refusals that need no values in their text, with field and text.
_PLAIN: dict[type[NotPlaceable], tuple[str, str]] = {
    order_checks.NothingOrdered: ("products", "Say how many of at least one product."),
    order_checks.TooManyOrders: ("phone", "This number has ordered too often within the hour."),
    refusals.OutsideZones: ("address", "You do not deliver there."),
    refusals.TableMissing: ("table_number", "At which table?"),
    refusals.TimeNotOffered: (
        "due_at",
        "Nothing can be ordered for this time: you are closed then, or it is too far ahead.",
    ),
    refusals.SlotPast: ("due_at", "This time is over."),
    refusals.SlotFull: ("due_at", "This time is full: others have ordered for it."),
    refusals.WayNotOffered: ("fulfilment", "How is it to be had?"),
}


class UnfitEntry(ValueError):
    """An order cannot be entered like this; `problems` says why by field."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def explain_refusal(reason: NotPlaceable, cart: Cart) -> Problems:
    """The problem, by field, that explains a refusal."""
    return _of_lines(reason, cart) or _of_terms(reason) or {"products": str(reason)}


def _of_lines(reason: NotPlaceable, cart: Cart) -> Problems:
    """The problem of a refusal that concerns a product."""
    match reason:
        case refusals.OutOfStock(product=sku, left=left):
            return {f"many.{sku}": f"Only {left} left." if left else "Sold out."}
        case refusals.OptionMissing(product_name=name, choice=choice):
            return {_field_of(name, cart): f"Choose: {choice.name}."}
        case refusals.TooManyOptions(product_name=name, choice=choice):
            return {_field_of(name, cart): f"{choice.name}: {choice.maximum} at most."}
        case refusals.OptionsChanged(product_name=name):
            return {_field_of(name, cart): "Its options have changed: look at them again."}
    return {}


def _of_terms(reason: NotPlaceable) -> Problems:
    """The problem of a refusal that concerns way, place, time or amount."""
    if known := _PLAIN.get(type(reason)):
        return dict([known])
    match reason:
        case refusals.NotTakingOrders(state=state):
            why = f"The shop is {state.condition} now"
            return {"due_at": f"{why}: choose another time, or open it with the switch above."}
        case refusals.AddressMissing(where=where):
            return {"address": _ADDRESS.get(where, _ADDRESS[None])}
        case refusals.BelowMinimum(minimum=least, missing=missing):
            said = f"{format_rupees(missing)} is missing to {format_rupees(least)}"
            return {"products": f"{said}, the smallest order."}
    return {}


def _field_of(product_name: str, cart: Cart) -> str:
    skus = [line.product for line in cart.lines if line.product_name == product_name]
    return f"many.{skus[0]}" if skus else "products"
