"""Groups of options from a table: one line for each option, below the name of its group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from shop.products.editing import option_editing
from shop.products.editing.fields import NO, YES
from shop.products.editing.option_editing import GroupForm, OptionForm, read_option, rule_problems
from shop.products.editing.typed_values import Unreadable, one_line, read_count, spell_price
from shop.products.sheets.columns import format_heading, read_yes_or_no
from shop.products.sheets.labels import label_groups
from shop.products.sheets.planning import PlannedLine
from shop.products.sheets.reading import Line, Sheet
from storage.models import Option, OptionGroup

_USUAL_RULE = {"minimum": 0, "maximum": 1}
_RULE_NOTE = "Customers take {rule} of this choice."
# The columns of a table whose names differ from the fields of an option.
_CALLED = {"is_default": "usual", "is_available": "available"}


@dataclass
class PlannedGroup:
    """A planned group: `form` holds its earlier options and those of the table."""

    group: OptionGroup | None
    form: GroupForm
    lines: list[PlannedLine] = field(default_factory=list)


@dataclass
class OptionPlan:
    """All groups that the table names."""

    groups: list[PlannedGroup]
    lines: list[PlannedLine]


def plan_options(session: Session, sheet: Sheet) -> OptionPlan:
    """Plans the changes by the table. Options and groups that it does not name stay unchanged."""
    labels = label_groups(option_editing.ordered_groups(session))
    groups = {group.id: group for group in option_editing.ordered_groups(session)}
    known = {label.casefold(): groups[key] for key, label in labels.items()}
    options = option_editing.options_by_group(session)
    plan = OptionPlan([], [])
    planned: dict[str, PlannedGroup] = {}
    for line in sheet.lines:
        label = one_line(line.cells.get("group", ""))
        own = PlannedLine(line.number, f"{label}: {line.cells.get('option', '')}")
        plan.lines.append(own)
        if problem := _line_problem(line):
            own.problems.append(problem)
            own.settle(is_new=False)
            continue
        group = known.get(label.casefold())
        if label.casefold() not in planned:
            before = options[group.id] if group else []
            planned[label.casefold()] = PlannedGroup(group, group_form(group, label, before))
        _take_line(planned[label.casefold()], line, own)
    plan.groups = list(planned.values())
    for one in plan.groups:
        _judge(one)
    return plan


def apply_options(session: Session, plan: OptionPlan) -> None:
    """Writes the groups; a group with an error is skipped."""
    for one in plan.groups:
        if any(line.state in ("new", "changed") for line in one.lines):
            option_editing.save_group(session, one.group, one.form)


def group_form(group: OptionGroup | None, name: str, options: Sequence[Option]) -> GroupForm:
    """A group as a filled-in form."""
    if group is None:
        return GroupForm(name, _USUAL_RULE["minimum"], _USUAL_RULE["maximum"], [])
    forms = [
        OptionForm(
            name=option.name,
            price=spell_price(option.price),
            aliases=", ".join(option.aliases),
            is_default=option.is_default,
            is_available=option.is_available,
            id=option.id,
        )
        for option in options
    ]
    return GroupForm(group.name, group.minimum, group.maximum, forms)


def _line_problem(line: Line) -> str:
    if line.problem:
        return line.problem
    missing = [name for name in ("group", "option") if not line.cells.get(name)]
    return f"{format_heading('options', missing[0]).capitalize()}: missing." if missing else ""


def _take_line(planned: PlannedGroup, line: Line, own: PlannedLine) -> None:
    """Puts a line's words into the form of its group."""
    planned.lines.append(own)
    form = planned.form
    for column in _USUAL_RULE:
        if typed := line.cells.get(column):
            _take_rule(planned, own, column, typed)
    form = planned.form
    name = one_line(line.cells["option"])
    place = next(
        (at for at, one in enumerate(form.options) if one.name.casefold() == name.casefold()), None
    )
    before = form.options[place] if place is not None else None
    option = _option_of(line, before or OptionForm(name), own)
    _, problems = read_option(option) if option != before else ({}, {})
    own.problems += [f"{column.capitalize()}: {why}" for column, why in problems.items()]
    if before is None:
        own.state = "new"
        own.changes |= _values_of(option, own)
    else:
        own.changes |= _option_changes(before, option)
    options = [option if one is before else one for one in form.options]
    planned.form = replace(form, options=options if before else [*options, option])


def _take_rule(planned: PlannedGroup, own: PlannedLine, column: str, typed: str) -> None:
    """How many may be chosen: a group's lines must agree."""
    try:
        value = read_count(typed)
    except Unreadable:
        own.problems.append(
            f"{format_heading('options', column).capitalize()}: a whole number such as 1."
        )
        return
    before = getattr(planned.form, column)
    if value is None or value == before:
        return
    said = [line for line in planned.lines if column in line.changes]
    if said:
        name = format_heading("options", column).capitalize()
        own.problems.append(f"{name}: another number than line {said[0].number}.")
        return
    own.changes[column] = (str(before) if planned.group else "", str(value))
    form = planned.form
    is_least = column == "minimum"
    planned.form = replace(form, minimum=value) if is_least else replace(form, maximum=value)


def _option_of(line: Line, before: OptionForm, own: PlannedLine) -> OptionForm:
    """The option with what the line says of it; empty cells of yes/no columns change nothing."""
    cells = line.cells
    answers = {"usual": before.is_default, "available": before.is_available}
    for column, now in answers.items():
        if typed := cells.get(column):
            said = read_yes_or_no(typed)
            if said not in (YES, NO):
                own.problems.append(
                    f"{format_heading('options', column).capitalize()}: {YES} or {NO}."
                )
            answers[column] = said == YES if said in (YES, NO) else now
    return replace(
        before,
        price=cells.get("price") or before.price,
        aliases=cells.get("aliases", before.aliases),
        is_default=answers["usual"],
        is_available=answers["available"],
    )


def _values_of(option: OptionForm, own: PlannedLine) -> dict[str, tuple[str, str]]:
    """The values of a new option that its title does not say."""
    if own.problems:
        return {}
    values = {column: _spell(value) for column, value in read_option(option)[0].items()}
    del values["name"]
    return {_CALLED.get(column, column): ("", said) for column, said in values.items() if said}


def _option_changes(before: OptionForm, after: OptionForm) -> dict[str, tuple[str, str]]:
    """The columns whose values differ, as texts."""
    if before == after:
        return {}
    then, now = (read_option(form)[0] for form in (before, after))
    return {
        _CALLED.get(column, column): (_spell(then[column]), _spell(now[column]))
        for column in then
        if then[column] != now[column]
    }


def _spell(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return spell_price(value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _judge(planned: PlannedGroup) -> None:
    """A group is imported whole: an error in it or in one line is an error of all its lines."""
    form = planned.form
    reasons = list(rule_problems(form.minimum, form.maximum, form.options).values())
    if planned.group is None and len(form.name) > option_editing.LONGEST_GROUP:
        reasons.append(f"The name has more than {option_editing.LONGEST_GROUP} characters.")
    if planned.group is None:
        planned.lines[0].notes.append(_RULE_NOTE.format(rule=_spell_rule(form)))
    wrong = [line.number for line in planned.lines if line.problems]
    for line in planned.lines:
        is_new = line.state == "new"
        if not line.problems:
            line.problems += reasons
            if wrong and not reasons:
                line.problems.append(f"Line {wrong[0]} of the same choice is wrong.")
        line.settle(is_new=is_new)


def _spell_rule(form: GroupForm) -> str:
    """How many may be chosen, in words: `one or none`, `exactly 1`, `1 to 3`."""
    if form.minimum == form.maximum:
        return f"exactly {form.minimum}"
    if (form.minimum, form.maximum) == (0, 1):
        return "one or none"
    return f"{form.minimum} to {form.maximum}"


def spell_rule(group: OptionGroup) -> Mapping[str, str]:
    """How many may be chosen, as it is typed."""
    return {"minimum": str(group.minimum), "maximum": str(group.maximum)}
