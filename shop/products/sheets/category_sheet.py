"""Categories from a table: their names in other languages; a new name is a new category."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from shop.products.editing import categories
from shop.products.editing.fields import LONGEST_CATEGORY, other_languages
from shop.products.editing.typed_values import one_line
from shop.products.sheets.columns import format_heading
from shop.products.sheets.planning import PlannedLine
from shop.products.sheets.reading import Line, Sheet
from storage.models import Category


@dataclass
class PlannedCategory:
    """A line with the category that it is about (None: a new one) and its names by language."""

    line: PlannedLine
    category: Category | None = None
    name: str = ""
    translations: dict[str, str] = field(default_factory=dict)


@dataclass
class CategoryPlan:
    """All lines."""

    categories: list[PlannedCategory]

    @property
    def lines(self) -> list[PlannedLine]:
        return [one.line for one in self.categories]


def plan_categories(session: Session, sheet: Sheet) -> CategoryPlan:
    """Plans the changes of the categories by the table."""
    every = categories.ordered_categories(session)
    known = {one_line(one.name): one for one in every} | {one.name: one for one in every}
    lines: dict[str, int] = {}
    return CategoryPlan([_plan_line(line, known, lines) for line in sheet.lines])


def apply_categories(session: Session, plan: CategoryPlan) -> None:
    """Writes what is planned; lines with errors are skipped."""
    for one in plan.categories:
        if one.line.state == "new":
            categories.add_category(session, one.name, one.translations)
        elif one.line.state == "changed" and one.category:
            categories.change_category(session, one.category, one.name, one.translations)


def _plan_line(line: Line, known: dict[str, Category], lines: dict[str, int]) -> PlannedCategory:
    typed = line.cells.get("category", "")
    category = known.get(typed) or known.get(one_line(typed))
    name = category.name if category else one_line(typed)
    own = PlannedLine(line.number, name)
    planned = PlannedCategory(own, category, name)
    if line.problem:
        own.problems.append(line.problem)
    elif name in lines:
        own.problems.append(f"The same category as in line {lines[name]}.")
    elif category is None and not 0 < len(name) <= LONGEST_CATEGORY:
        own.problems.append(f"A name has 1 to {LONGEST_CATEGORY} characters, this {len(name)}.")
    lines.setdefault(name, line.number)
    for code in other_languages():
        _read_translation(planned, line, code)
    own.settle(is_new=category is None)
    return planned


def _read_translation(planned: PlannedCategory, line: Line, code: str) -> None:
    cell = line.cells.get(f"category.{code}")
    before = categories.translated_name(planned.category, code) if planned.category else ""
    if cell is None or cell == before:
        return
    said = one_line(cell)
    if len(said) > LONGEST_CATEGORY:
        title = format_heading("categories", f"category.{code}")
        planned.line.problems.append(f"{title}: {LONGEST_CATEGORY} characters at most.")
    planned.translations[code] = said
    planned.line.changes[f"category.{code}"] = (before, said)
