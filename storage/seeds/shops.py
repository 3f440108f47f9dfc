"""Catalogues of other kinds of shops to begin with (storage/seeds/shops).

`<kind>.csv` and `<kind>_options.csv` are tables as the console imports them: words in `aliases` are
parted by commas, groups of options in `options` by ";".
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from storage.seeds import ProductSeed

DIRECTORY = Path(__file__).parent / "shops"
_OPTIONS = "_options"

Row = dict[str, str]


@dataclass(frozen=True)
class OptionSeed:
    """One option of a group; `price` is added to the product's, `maximum` is the group's."""

    group: str
    name: str
    price: Decimal
    aliases: tuple[str, ...]
    maximum: int


@dataclass(frozen=True)
class ShopSeed:
    """The products of a kind of shop, its options, and the option groups of each sku."""

    products: tuple[ProductSeed, ...]
    options: tuple[OptionSeed, ...]
    groups: dict[str, tuple[str, ...]]


def shop_kinds() -> list[str]:
    """The kinds of shops that there are catalogues for."""
    kinds = (path.stem for path in DIRECTORY.glob("*.csv"))
    return sorted(kind for kind in kinds if not kind.endswith(_OPTIONS))


def read_shop(kind: str, directory: Path = DIRECTORY) -> ShopSeed:
    """The catalogue of a kind of shop, in the order of its files."""
    rows = list(_rows(directory, kind))
    return ShopSeed(
        tuple(_product(row, position) for position, row in enumerate(rows, start=1)),
        tuple(
            OptionSeed(
                row["group"],
                row["option"],
                Decimal(row["price"]),
                _split_cell(row["aliases"]),
                int(row["maximum"]),
            )
            for row in _rows(directory, kind + _OPTIONS)
        ),
        {row["sku"]: _split_cell(row["options"], ";") for row in rows},
    )


def read_shop_tables(kind: str) -> tuple[str, str]:
    """The option table (empty without options) and the product table of a kind of shop, as text."""
    return _read_file(DIRECTORY, kind + _OPTIONS), _read_file(DIRECTORY, kind)


def _rows(directory: Path, name: str) -> Iterator[Row]:
    """The rows of a table; empty without such a file."""
    yield from csv.DictReader(_read_file(directory, name).splitlines())


def _read_file(directory: Path, name: str) -> str:
    path = directory / f"{name}.csv"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _product(row: Row, position: int) -> ProductSeed:
    return ProductSeed(
        sku=row["sku"],
        name=row["name"],
        emoji=row["emoji"],
        description=row["description"],
        category=row["category"],
        price=Decimal(row["price"]),
        aliases=list(_split_cell(row["aliases"])),
        position=position,
    )


def _split_cell(cell: str, between: str = ",") -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(between) if word.strip())
