"""The catalogues with which orders at other kinds of shops (tests/nlu/shops) are read."""

from collections.abc import Iterator, Mapping
from typing import Any

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.option_names import NamedOption
from nlu.catalogue.product_names import Product
from settings import ROOT
from storage.seeds.shops import ShopSeed, read_shop, shop_kinds

DIRECTORY = ROOT / "tests" / "nlu" / "shops"
MENUS = DIRECTORY / "menus"

Entity = Mapping[str, Any]


def shop_catalogue(kind: str) -> Catalogue:
    """The catalogue of a kind of shop, the same as its database would give: the seed of one, or a
    menu of the tests."""
    shop = read_shop(kind) if kind in shop_kinds() else read_shop(kind, MENUS)
    groups = {group: number for number, group in enumerate(dict.fromkeys(_one_of(shop)), start=1)}
    return Catalogue(
        tuple(Product(one.sku, one.name, tuple(one.aliases), one.emoji) for one in shop.products),
        tuple(
            NamedOption(
                number,
                option.name,
                option.aliases,
                _skus_with(shop, option.group),
                groups.get(option.group, 0),
            )
            for number, option in enumerate(shop.options, start=1)
        ),
        frozenset(text for one in shop.products for text in (one.category, one.description)),
    )


def _one_of(shop: ShopSeed) -> Iterator[str]:
    """The groups of which one option may be chosen."""
    return (option.group for option in shop.options if option.maximum == 1)


def _skus_with(shop: ShopSeed, group: str) -> tuple[str, ...]:
    """The skus of the products that offer a group of options."""
    return tuple(sku for sku, groups in shop.groups.items() if group in groups)
