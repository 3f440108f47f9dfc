"""Another pack of a product on the cart: `atta 10 kg wala kar do`, `make the butter 500 g`."""

from collections.abc import Sequence

from actions.turn import Turn
from shop.carts.cart_changes import Said
from shop.carts.lines import RequestedLine
from shop.products import catalogue
from shop.products.pack_names import name_without_size


def as_other_pack(turn: Turn, before: Sequence[RequestedLine], said: list[Said]) -> list[Said]:
    """The changes; if they only name another pack of a product on the cart, it replaces that one in
    the same number."""
    if len(said) != 1 or not turn.says("is_made"):
        return said
    [new] = said
    if new.change != "set" or new.quantity not in (None, 1):  # Its size means that it is one.
        return said
    skus = [line.product for line in before]
    if new.product in skus:
        return said
    known = catalogue.find_by_sku(turn.session, [new.product, *skus])
    names = {sku: name_without_size(product.name) for sku, product in known.items()}
    old = {sku for sku in skus if sku in names and names[sku] == names.get(new.product)}
    if len(old) != 1:
        return said
    return [
        Said(old.pop(), None, "remove"),
        Said(new.product, None, "instead", new.note, new.options),
    ]
