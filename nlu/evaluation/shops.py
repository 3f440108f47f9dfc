"""Reads orders at other kinds of shops (tests/nlu/shops) with the seed catalogues of these."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.option_names import NamedOption
from nlu.catalogue.product_names import Product
from nlu.evaluation.messages import lines_of, product_totals
from nlu.message_reading import read_message
from settings import ROOT
from storage.seeds.shops import ShopSeed, read_shop, shop_kinds

DIRECTORY = ROOT / "tests" / "nlu" / "shops"
MENUS = DIRECTORY / "menus"

Entity = Mapping[str, Any]


@dataclass(frozen=True)
class ReadShopOrder:
    """What is read in an order, in the form of the evaluation's files.

    which: the numbers of lines whose names fit several products.
    """

    lines: dict[str, int | None]
    options: dict[str, list[str]]
    which: list[int | None]
    not_sold: list[str]


@dataclass(frozen=True)
class ShopMessage:
    """A message to a shop and its right reading; `note`: the words that are kept as a note."""

    text: str
    right: ReadShopOrder
    note: str

    def is_read(self, catalogue: Catalogue) -> bool:
        """Whether its lines, options and unsold things are read right."""
        read = read_order_of(self.text, catalogue)
        return (
            read.lines == self.right.lines
            and read.options == self.right.options
            and sorted(map(str, read.which)) == sorted(map(str, self.right.which))
            and len(read.not_sold) == len(self.right.not_sold)
            and all(
                any(thing in said.casefold() for said in read.not_sold)
                for thing in self.right.not_sold
            )
        )


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


def shop_messages(path: Path) -> list[ShopMessage]:
    """The messages of one file."""
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["messages"]
    return [
        ShopMessage(
            entry["text"],
            ReadShopOrder(
                entry.get("lines", {}),
                {sku: sorted(names) for sku, names in entry.get("options", {}).items()},
                list(entry.get("which", {}).values()),
                entry.get("not_sold", []),
            ),
            entry.get("note", ""),
        )
        for entry in entries
    ]


def read_order_of(text: str, catalogue: Catalogue) -> ReadShopOrder:
    """Reads a message with a catalogue."""
    entities = read_message(text, catalogue).entities
    groups: dict[str, list[Entity]] = {}
    for entity in entities:
        if "group" in entity:
            groups.setdefault(entity["group"], []).append(entity)
    names = {option.id: option.name for option in catalogue.options}
    options: dict[str, list[str]] = {}
    which: list[int | None] = []
    for line in groups.values():
        sku = _value(line, "product")
        if sku:
            said = [names[one["value"]] for one in line if one["entity"] == "option"]
            options.setdefault(sku, []).extend(said)
        elif _value(line, "candidates"):
            which.append(_value(line, "quantity"))
    return ReadShopOrder(
        product_totals(lines_of(entities)),
        {sku: sorted(said) for sku, said in options.items() if said},
        which,
        [one["value"] for one in entities if one["entity"] == "not_sold"],
    )


def _value(line: Sequence[Entity], kind: str) -> Any:
    return next((one["value"] for one in line if one["entity"] == kind), None)


def _one_of(shop: ShopSeed) -> Iterator[str]:
    """The groups of which one option may be chosen."""
    return (option.group for option in shop.options if option.maximum == 1)


def _skus_with(shop: ShopSeed, group: str) -> tuple[str, ...]:
    """The skus of the products that offer a group of options."""
    return tuple(sku for sku, groups in shop.groups.items() if group in groups)
