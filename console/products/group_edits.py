"""Two people who change one choice (sizes, extras): console/conflicts.py, option by option.

An option is known by its id, so that one may mark a size as sold out while another changes the
price of the next, adds one, or moves them. A field of the form is called `option.7.price`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from console import conflicts
from console.forms import Form
from console.translation import say
from shop.products.editing.option_editing import GroupForm, OptionForm

COLUMNS = ("name", "price", "aliases", "is_default", "is_available")
_PRODUCT = "product"


@dataclass(frozen=True)
class Joined:
    """What to save, and where both have changed the same, by the field of the form."""

    group: GroupForm
    skus: set[str]
    problems: dict[str, str]


def spell_group(group: GroupForm, skus: Iterable[str]) -> dict[str, str]:
    """The fields of a group that may be compared, as text."""
    fields = {"name": group.name, "rule": f"{group.minimum}–{group.maximum}"}
    for option in group.options:
        if option.id is not None:
            fields |= _spell_option(option)
    return fields | {_PRODUCT: "\n".join(sorted(skus))}


def join_group(form: Form, now: GroupForm, now_skus: set[str], typed: GroupForm) -> Joined:
    """What the form has of the group, with what somebody else has changed since it was opened."""
    standing, sent = spell_group(now, ()), spell_group(typed, ())
    joined, taken = conflicts.merge_edits(form, standing, sent)
    problems: dict[str, str] = {name: taken[name] for name in ("name", "rule") if name in taken}
    left = {one.id: one for one in now.options}
    options: list[OptionForm] = []
    for option in typed.options:
        others = left.pop(option.id, None)
        kept = _join_option(form, option, others, joined)
        if kept is None:
            continue
        for column in COLUMNS:
            if reason := taken.get(_field(option, column)):
                problems[f"option.{len(options)}.{column}"] = reason
        if others and not option.name and _has_changed(form, others):
            problems[f"option.{len(options)}.name"] = say(
                "Somebody has changed it meanwhile. Save again to take it out."
            )
        options.append(kept)
    added = [one for one in left.values() if not form.texts(_was(_field(one, "name")))]
    least, most = _rule(joined["rule"])
    group = GroupForm(joined["name"], least, most, [*options, *added])
    return Joined(group, _join_skus(form, now_skus), problems)


def _join_option(
    form: Form, typed: OptionForm, others: OptionForm | None, joined: dict[str, str]
) -> OptionForm | None:
    """The option to save; None if somebody else removed it and this form left it unchanged."""
    if typed.id is None:
        return typed
    if others is None:
        is_as_opened = not _has_changed(form, typed)
        return None if is_as_opened else replace(typed, id=None)
    values = {column: joined[_field(typed, column)] for column in COLUMNS}
    return OptionForm(
        name=values["name"],
        price=values["price"],
        aliases=values["aliases"],
        is_default=bool(values["is_default"]),
        is_available=bool(values["is_available"]),
        id=typed.id,
    )


def _join_skus(form: Form, now: set[str]) -> set[str]:
    """The products that come with it: each is ticked or not, whoever changed that."""
    typed = set(form.texts(_PRODUCT))
    was = {sku for text in form.texts(_was(_PRODUCT)) for sku in text.splitlines()}
    if not form.texts(_was(_PRODUCT)):
        return typed
    return (now | (typed - was)) - (was - typed)


def _has_changed(form: Form, option: OptionForm) -> bool:
    """Whether it is not as it was when the form was opened."""
    return any(
        was and was[-1].strip() != value
        for name, value in _spell_option(option).items()
        if (was := form.texts(_was(name)))
    )


def _spell_option(option: OptionForm) -> dict[str, str]:
    values = (option.name, option.price, option.aliases)
    flags = ("yes" if each else "" for each in (option.is_default, option.is_available))
    return {
        _field(option, column): value
        for column, value in zip(COLUMNS, (*values, *flags), strict=True)
    }


def _rule(written: str) -> tuple[int, int]:
    least, _, most = written.partition("–")
    return int(least), int(most)


def _field(option: OptionForm, column: str) -> str:
    return f"option.{option.id}.{column}"


def _was(name: str) -> str:
    return conflicts.PREFIX + name
