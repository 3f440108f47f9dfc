"""Changing groups of options: what can be chosen, how many of it, at which price."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.products.editing.fields import LONGEST_ALIAS, MOST_ALIASES
from shop.products.editing.positions import last_position, shift_row
from shop.products.editing.product_editing import Unfit
from shop.products.editing.typed_values import Unreadable, one_line, read_price, split_typed_words
from storage.models import Option, OptionGroup

# The longest text on a button or a row of a list.
LONGEST_GROUP = 40
LONGEST_OPTION = 24
MOST_OPTIONS = 50


@dataclass(frozen=True)
class OptionForm:
    """One option as it was typed; `id` is None for a new one. One without a name is ignored."""

    name: str
    price: str = ""
    aliases: str = ""
    is_default: bool = False
    is_available: bool = True
    id: int | None = None


@dataclass(frozen=True)
class GroupForm:
    """A group as it was typed, its options in order."""

    name: str
    minimum: int
    maximum: int
    options: Sequence[OptionForm] = field(default_factory=list)


def ordered_groups(session: Session) -> Sequence[OptionGroup]:
    """All groups in the owner's order."""
    return session.scalars(select(OptionGroup).order_by(OptionGroup.position, OptionGroup.id)).all()


def options_by_group(session: Session) -> dict[int, list[Option]]:
    """The options of each group in their order."""
    found: dict[int, list[Option]] = defaultdict(list)
    for option in session.scalars(select(Option).order_by(Option.position, Option.id)):
        found[option.group_id].append(option)
    return found


def save_group(session: Session, group: OptionGroup | None, form: GroupForm) -> OptionGroup:
    """Makes a group, or changes this one. Options keep their ids; missing ones go.

    Raises:
        Unfit: problems by field, those of an option as `option.2.name`.
    """
    known = _own_options(session, group)
    typed = [one for one in form.options if one.name or one.id in known]
    values, problems = _read_options(typed, form.options)
    problems |= _group_problems(session, group, form, [one for one in typed if one.name])
    if problems:
        raise Unfit(problems)
    if group is None:
        group = OptionGroup(position=last_position(session, OptionGroup.position) + 1)
        session.add(group)
    group.name, group.minimum, group.maximum = one_line(form.name), form.minimum, form.maximum
    session.flush()
    _write_options(session, group, known, values)
    session.flush()
    return group


def shift_group(session: Session, group: OptionGroup, by: int) -> None:
    """Moves a group up (-1) or down (1)."""
    shift_row(ordered_groups(session), group, by)


def _own_options(session: Session, group: OptionGroup | None) -> dict[int | None, Option]:
    if group is None:
        return {}
    rows = session.scalars(select(Option).where(Option.group_id == group.id))
    return {option.id: option for option in rows}


def _read_options(
    typed: Iterable[OptionForm], every: Sequence[OptionForm]
) -> tuple[list[tuple[int | None, dict[str, Any]]], dict[str, str]]:
    """Each named option's id and values, and what is wrong."""
    values: list[tuple[int | None, dict[str, Any]]] = []
    problems: dict[str, str] = {}
    names: set[str] = set()
    for option in typed:
        if not option.name:
            continue
        place = every.index(option)
        read, wrong = read_option(option)
        if str(read.get("name", "")).casefold() in names:
            wrong["name"] = "This name stands here twice."
        names.add(str(read.get("name", "")).casefold())
        problems |= {f"option.{place}.{name}": reason for name, reason in wrong.items()}
        values.append((option.id, read))
    return values, problems


def read_option(option: OptionForm) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of an option as it was typed, and what is wrong, by column."""
    problems: dict[str, str] = {}
    name, price = one_line(option.name), Decimal(0)
    if len(name) > LONGEST_OPTION:
        problems["name"] = f"{LONGEST_OPTION} characters at most, this has {len(name)}."
    try:
        price = read_price(option.price or "0")
    except Unreadable as unreadable:
        problems["price"] = str(unreadable)
    aliases = split_typed_words(option.aliases)
    if len(aliases) > MOST_ALIASES or any(len(word) > LONGEST_ALIAS for word in aliases):
        problems["aliases"] = f"At most {MOST_ALIASES} words of {LONGEST_ALIAS} characters."
    values = {
        "name": name,
        "price": price,
        "aliases": aliases,
        "is_default": option.is_default,
        "is_available": option.is_available,
    }
    return values, problems


def _group_problems(
    session: Session, group: OptionGroup | None, form: GroupForm, options: Sequence[OptionForm]
) -> dict[str, str]:
    name = one_line(form.name)
    problems = rule_problems(form.minimum, form.maximum, options)
    if not 0 < len(name) <= LONGEST_GROUP:
        problems["name"] = f"1 to {LONGEST_GROUP} characters, this has {len(name)}."
    elif group is None or group.name != name:
        same = select(OptionGroup.id).where(func.lower(OptionGroup.name) == name.lower())
        if any(key != (group.id if group else None) for key in session.scalars(same)):
            problems["name"] = f"There is a choice “{name}” already."
    return problems


def rule_problems(minimum: int, maximum: int, options: Sequence[OptionForm]) -> dict[str, str]:
    """Why the minimum and maximum do not fit these options."""
    usual = sum(option.is_default for option in options)
    if not options:
        return {"options": "Name at least one option."}
    if len(options) > MOST_OPTIONS:
        return {"options": f"At most {MOST_OPTIONS} options."}
    if not 0 <= minimum <= maximum or maximum < 1:
        return {"rule": "The most is 1 or more, and not less than the least."}
    if minimum > len(options):
        return {"rule": f"{minimum} must be chosen, and there are only {len(options)} options."}
    if usual > maximum:
        return {"rule": f"{usual} options are marked as usual; at most {maximum} can be chosen."}
    return {}


def _write_options(
    session: Session,
    group: OptionGroup,
    known: Mapping[int | None, Option],
    values: Sequence[tuple[int | None, dict[str, Any]]],
) -> None:
    kept = {key for key, _ in values}
    for key, option in known.items():
        if key not in kept:
            session.delete(option)
    for place, (key, own) in enumerate(values, start=1):
        option = known.get(key) or Option(group_id=group.id)
        for column, value in {**own, "position": place}.items():
            if getattr(option, column) != value:
                setattr(option, column, value)
        session.add(option)
