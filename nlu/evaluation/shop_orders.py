"""Measures how well strangers' orders to shops are read (tests/nlu/shops/strangers, with_options).

A line is right if its product, number and options are. A line read without a number is right where
one piece is wanted, since the assistant asks how many. A message is right if all its lines are, and
if the assistant asks which product is meant, or names what is not sold, where the author wants it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

import yaml

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.option_names import NamedOption
from nlu.evaluation.shops import DIRECTORY, shop_catalogue
from nlu.message_reading import read_message
from nlu.said.said import find_signs
from shop.carts.lines import RequestedLine
from shop.carts.option_parts import CountedOptions, split_by_options
from shop.products.options import ChosenOption

STRANGERS, WITH_OPTIONS = DIRECTORY / "strangers", DIRECTORY / "with_options"
_NOTES = ("note", "written_note", "unread_wish", "allergy")
# A note counts as kept if at least this share of its words is.
_MOST_OF_IT = 0.6

Entity = Mapping[str, Any]


class ShopLine(NamedTuple):
    """One line of an order; `quantity` None means that the assistant asks how many."""

    sku: str
    quantity: int | None
    options: tuple[str, ...]


@dataclass(frozen=True)
class StrangersOrder:
    """A message, and what its author wants to be read.

    asks: whether the assistant should ask which product, or how many."""

    text: str
    lines: tuple[ShopLine, ...]
    not_sold: tuple[str, ...]
    asks: bool
    note: str

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any]) -> Self:
        lines = entry["lines"]
        return cls(
            entry["says"],
            tuple(
                ShopLine(one["sku"], one["quantity"], tuple(sorted(one["options"])))
                for one in lines
            ),
            tuple(thing.casefold() for thing in entry.get("not_sold", ())),
            bool(entry.get("asks")),
            " ".join(one["note"] for one in lines).strip(),
        )


@dataclass(frozen=True)
class ReadOrder:
    """What is read in a message; `which`: the skus of each name that fits several products."""

    lines: tuple[ShopLine, ...]
    which: tuple[frozenset[str], ...]
    not_sold: tuple[str, ...]
    notes: str


SHOPS_HEADER = ("shop", "messages", "lines", "lines with options", "notes kept")


class ShopFigures(NamedTuple):
    """The figures of one shop, each as how many are right and of how many."""

    kind: str
    messages: tuple[int, int]
    lines: tuple[int, int]
    lines_with_options: tuple[int, int]
    notes: tuple[int, int]

    def as_row(self) -> list[str]:
        """The figures as a row of the table under SHOPS_HEADER."""
        counts = (self.messages, self.lines, self.lines_with_options, self.notes)
        return [self.kind, *(f"{right} of {many}" if many else "" for right, many in counts)]


def strangers_orders(path: Path) -> list[StrangersOrder]:
    """The messages of a file."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [StrangersOrder.from_entry(entry) for entry in entries]


def measure_shops() -> Iterator[ShopFigures]:
    """The figures of each shop in each set of messages."""
    for path in (*sorted(STRANGERS.glob("*.yml")), *sorted(WITH_OPTIONS.glob("*.yml"))):
        kind = path.stem
        catalogue = shop_catalogue(kind)
        pairs = [(one, read_shop_order(one.text, catalogue)) for one in strangers_orders(path)]
        noted = [(one, read) for one, read in pairs if one.note]
        yield ShopFigures(
            kind if path.parent == STRANGERS else f"{kind}, with options",
            (sum(is_order_right(*pair) for pair in pairs), len(pairs)),
            _count_lines(pairs),
            _count_lines(pairs, with_options=True),
            (sum(_is_kept(one.note, read.notes) for one, read in noted), len(noted)),
        )


def is_order_right(wanted: StrangersOrder, read: ReadOrder) -> bool:
    """Whether a message is read as its author wants."""
    missing, surplus = _compare_lines(wanted.lines, read.lines, is_asked=wanted.asks)
    if surplus:
        return False
    asked = frozenset[str]().union(*read.which)
    if wanted.asks and wanted.lines:
        is_asked = all(line.sku in asked for line in missing)
    elif wanted.asks or wanted.not_sold:
        is_asked = not missing and bool(asked or wanted.lines or wanted.not_sold)
    else:
        is_asked = not (missing or asked)
    return is_asked and _names_alike(wanted.not_sold, read.not_sold)


def _compare_lines(
    wanted: Sequence[ShopLine], read: Sequence[ShopLine], *, is_asked: bool = False
) -> tuple[list[ShopLine], list[ShopLine]]:
    """The wanted lines that were not read, and the read lines that were not wanted.

    A line read without a number is right where one piece is wanted, since the assistant asks how
    many; with `is_asked` it is right for any number."""
    left, missing = list(read), []
    for line in wanted:
        fitting = [line]
        if line.quantity == 1 or is_asked:
            fitting.append(line._replace(quantity=None))
        found = next((one for one in fitting if one in left), None)
        if found:
            left.remove(found)
        else:
            missing.append(line)
    return missing, left


def read_shop_order(text: str, catalogue: Catalogue) -> ReadOrder:
    """Reads a message with the shop's catalogue."""
    entities = read_message(text, catalogue).entities
    by_id = {option.id: option for option in catalogue.options}
    groups: dict[str, list[Entity]] = {}
    for entity in entities:
        if "group" in entity:
            groups.setdefault(entity["group"], []).append(entity)
    lines: list[ShopLine] = []
    which = []
    not_sold = [str(one["value"]) for one in entities if one["entity"] == "not_sold"]
    for line in groups.values():
        values = {one["entity"]: one["value"] for one in line}
        if "product" in values and "other_kind" in values and _is_other(values, catalogue):
            not_sold.append(values["other_kind"])
        elif "product" in values:
            lines += _lines_of(values, line, by_id)
        elif "candidates" in values:
            which.append(frozenset(values["candidates"]))
    signs = find_signs(text, entities, catalogue.titles)
    return ReadOrder(
        tuple(lines),
        tuple(which),
        tuple(thing.casefold() for thing in not_sold),
        " ".join(text[sign.start : sign.end] for sign in signs if sign.name in _NOTES),
    )


def _is_other(values: Mapping[str, Any], catalogue: Catalogue) -> bool:
    """Whether the kind named with a product is not in its name: "diet" for "Coke"."""
    name = catalogue.titles[values["product"]][0].casefold()
    words = str(values["other_kind"]).casefold().split()
    return words[0] not in name or words[-1] not in name


def _lines_of(
    values: Mapping[str, Any], line: Sequence[Entity], by_id: Mapping[int, NamedOption]
) -> Iterator[ShopLine]:
    """A line as the cart would have it: several lines if parts of it were counted.

    by_id: the options by their ids."""
    said = [one for one in line if one["entity"] == "option"]
    whole = tuple(_chosen(by_id[one["value"]]) for one in said if "counted" not in one)
    counted = [one for one in said if "counted" in one]
    parts = [
        CountedOptions(
            next(one["quantity"] for one in counted if one["counted"] == at),
            tuple(_chosen(by_id[one["value"]]) for one in counted if one["counted"] == at),
            any(one["nested"] for one in counted if one["counted"] == at),
        )
        for at in sorted({one["counted"] for one in counted})
    ]
    asked = RequestedLine(values["product"], values.get("quantity"))
    for each in split_by_options(asked, whole, parts):
        options = tuple(sorted(option.name for option in each.options))
        yield ShopLine(each.product, each.quantity, options)


def _chosen(option: NamedOption) -> ChosenOption:
    """The option as the cart has it; one of a group of which one may be chosen replaces others."""
    group = str(option.group) if option.group else option.name
    return ChosenOption(group, option.name, is_one=bool(option.group))


def _count_lines(
    pairs: Sequence[tuple[StrangersOrder, ReadOrder]], *, with_options: bool = False
) -> tuple[int, int]:
    """How many wanted lines are read right, and of how many.

    with_options: counts only lines that have options."""
    wrong = wanted = 0
    for one, read in pairs:
        missing, _ = _compare_lines(one.lines, read.lines)
        wrong += sum(bool(line.options) or not with_options for line in missing)
        wanted += sum(bool(line.options) or not with_options for line in one.lines)
    return wanted - wrong, wanted


def _names_alike(wanted: Sequence[str], read: Sequence[str]) -> bool:
    """Whether exactly the wanted things are named as not sold, each by one of its words."""
    named = [set(thing.split()) for thing in read]
    return len(read) == len(wanted) and all(
        any(words & set(thing.split()) for words in named) for thing in wanted
    )


def _is_kept(note: str, read: str) -> bool:
    """Whether enough words of a note (`_MOST_OF_IT`) are in the notes that were read."""
    words = note.casefold().replace(",", " ").split()
    return sum(word in read.casefold() for word in words) >= _MOST_OF_IT * len(words)
