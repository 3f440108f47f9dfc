"""Sizes, extras and other choices of products: what is offered, and whether it is valid."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.products.money import as_json_number
from storage.models import Option, OptionGroup, ProductOptionGroup


@dataclass(frozen=True)
class ChosenOption:
    """A chosen option on a line of a cart, with the names that the customer was told.

    is_one: whether it replaces another option of its group.
    """

    group: str
    name: str
    price: Decimal = Decimal(0)
    is_one: bool = field(default=True, compare=False)

    def as_json(self) -> dict[str, Any]:
        return {"group": self.group, "name": self.name, "price": as_json_number(self.price)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        price = Decimal(str(kept.get("price", 0)))
        return cls(str(kept.get("group", "")), str(kept.get("name", "")), price)


Options = tuple[ChosenOption, ...]


@dataclass(frozen=True)
class OfferedOption:
    """One option of a group, sold-out ones too."""

    id: int
    name: str
    price: Decimal
    aliases: tuple[str, ...]
    is_default: bool
    is_available: bool


@dataclass(frozen=True)
class Choice:
    """A group of options as it comes with a product: `minimum` to `maximum` of them."""

    id: int
    name: str
    minimum: int
    maximum: int
    options: tuple[OfferedOption, ...]

    @property
    def available(self) -> tuple[OfferedOption, ...]:
        return tuple(option for option in self.options if option.is_available)

    @property
    def is_sold_out(self) -> bool:
        """Whether fewer options are available than the group requires."""
        return len(self.available) < self.minimum

    def find(self, name: str) -> OfferedOption | None:
        """The available option of this name."""
        return next((option for option in self.available if option.name == name), None)

    def chosen(self, option: OfferedOption) -> ChosenOption:
        return ChosenOption(self.name, option.name, option.price, self.maximum == 1)

    def of(self, options: Iterable[ChosenOption]) -> list[ChosenOption]:
        """Those that belong to this group."""
        return [option for option in options if option.group == self.name]


Choices = tuple[Choice, ...]


def read_choices(session: Session, skus: Iterable[str]) -> dict[str, Choices]:
    """The choices that come with each product, in the owner's order; products without: none."""
    placed = ProductOptionGroup
    groups: defaultdict[str, list[OptionGroup]] = defaultdict(list)
    rows = session.execute(
        select(placed.sku, OptionGroup)
        .join(OptionGroup, OptionGroup.id == placed.group_id)
        .where(placed.sku.in_(set(skus)))
        .order_by(placed.position, OptionGroup.position, OptionGroup.id)
        .execution_options(populate_existing=True)
    ).all()
    if not rows:
        return {}
    options = _options_of(session, {group.id for _, group in rows})
    for sku, group in rows:
        groups[sku].append(group)
    return {
        sku: tuple(
            Choice(one.id, one.name, one.minimum, one.maximum, tuple(options[one.id]))
            for one in of_product
        )
        for sku, of_product in groups.items()
    }


def join_options(before: Options, now: Options) -> Options:
    """The earlier options plus the new ones; each new one replaces those that it excludes."""
    replaced = {option.group for option in now if option.is_one}
    names = {(option.group, option.name) for option in now}
    kept = [
        option
        for option in before
        if option.group not in replaced and (option.group, option.name) not in names
    ]
    return (*kept, *dict.fromkeys(now))


def has_options(options: Options, said: Options) -> bool:
    """Whether every named option is among the options."""
    names = {(option.group, option.name) for option in options}
    return all((option.group, option.name) in names for option in said)


def exclude_each_other(before: Options, now: Options) -> bool:
    """Whether a new option replaces an earlier one: small for large."""
    had = {option.group: option.name for option in before}
    return any(one.is_one and had.get(one.group, one.name) != one.name for one in now)


def part_exchanged(said: Options) -> tuple[Options, Options]:
    """Splits options that exclude each other into those that were said first and the rest:
    "the small one large"."""
    last = {option.group: option for option in said if option.is_one}
    old = tuple(one for one in said if one.is_one and last[one.group] != one)
    return old, tuple(one for one in said if one not in old)


def usual_options(choices: Sequence[Choice], chosen: Options) -> Options:
    """The chosen options, and the defaults of groups without a chosen one.

    If a group has no more options than it requires, all of them are taken.
    """
    found: list[ChosenOption] = []
    for choice in choices:
        own = choice.of(chosen)
        if not own:
            defaults = [option for option in choice.available if option.is_default]
            forced = choice.available if len(choice.available) == choice.minimum else ()
            own = [choice.chosen(option) for option in (defaults[: choice.maximum] or forced)]
        found += own
    known = {choice.name for choice in choices}
    return (*found, *(option for option in chosen if option.group not in known))


def open_choice(choices: Sequence[Choice], chosen: Options) -> Choice | None:
    """The first group that requires more options than were chosen: the one to ask about."""
    return next((one for one in choices if len(one.of(chosen)) < one.minimum), None)


def vanished_options(choices: Sequence[Choice], chosen: Options) -> list[ChosenOption]:
    """The chosen options that are no longer offered."""
    by_name = {choice.name: choice for choice in choices}
    return [
        option
        for option in chosen
        if option.group not in by_name or by_name[option.group].find(option.name) is None
    ]


def priced_now(choices: Sequence[Choice], chosen: Options) -> Options:
    """The chosen options that are still offered, at today's prices, in the owner's order."""
    found: list[ChosenOption] = []
    for choice in choices:
        names = {option.name for option in choice.of(chosen)}
        found += [choice.chosen(one) for one in choice.available if one.name in names]
    return tuple(found)


def _options_of(session: Session, groups: Iterable[int]) -> dict[int, list[OfferedOption]]:
    found: defaultdict[int, list[OfferedOption]] = defaultdict(list)
    query = select(Option).where(Option.group_id.in_(groups))
    query = query.order_by(Option.position, Option.id).execution_options(populate_existing=True)
    for row in session.scalars(query):
        found[row.group_id].append(
            OfferedOption(
                row.id, row.name, row.price, tuple(row.aliases), row.is_default, row.is_available
            )
        )
    return found
