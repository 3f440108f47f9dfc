"""Products from a table: lines are matched by code, else by name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.products import samples
from shop.products.editing import attaching, option_editing
from shop.products.editing.categories import ordered_categories
from shop.products.editing.codes import code_from, free_code, taken_codes
from shop.products.editing.fields import (
    field_names,
    read_product_changes,
    spell_field,
    write_values,
)
from shop.products.editing.product_editing import word_problems
from shop.products.editing.taken_words import TakenWords, normalise_word
from shop.products.sheets.columns import format_heading, read_yes_or_no
from shop.products.sheets.labels import label_groups, read_labels, spell_labels
from shop.products.sheets.planning import PlannedLine
from shop.products.sheets.product_plan import PlannedProduct, ProductPlan
from shop.products.sheets.reading import Line, Sheet
from storage.models import Product

# An empty cell of these columns changes nothing; in others it clears the value.
_KEPT_WHERE_EMPTY = frozenset({"name", "price", "category", "emoji", "available"})


def plan_products(
    session: Session, sheet: Sheet, *, without_samples: bool, lock: bool
) -> ProductPlan:
    """Plans the changes of the products by the table; samples it does not name leave if wanted.

    With `lock` the products stay locked until the import is done, and orders wait for it.
    """
    by_sku = select(Product).order_by(Product.sku.collate("C"))
    query = by_sku.with_for_update(key_share=True) if lock else by_sku
    every = session.scalars(query).all()
    return _Planner(session, sheet, every, without_samples).plan()


class _Planner:
    """Plans one table: reads the products, groups and categories once."""

    def __init__(
        self, session: Session, sheet: Sheet, every: Sequence[Product], without_samples: bool
    ) -> None:
        self._sheet = sheet
        self._by_sku = {product.sku: product for product in every}
        self._leaving = self._samples_to_leave(session) if without_samples else []
        leaving = {sample.sku for sample in self._leaving}
        self._staying = [product for product in every if product.sku not in leaving]
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for product in self._staying:
            self._by_name[normalise_word(product.name)].append(product.sku)
        self._words = TakenWords(session, self._staying)
        self._taken = taken_codes(session)
        self._labels = label_groups(option_editing.ordered_groups(session))
        self._attached = attaching.groups_by_sku(session)
        self._categories = frozenset(one.name for one in ordered_categories(session))
        self._lines_by_sku: dict[str, int] = {}

    def plan(self) -> ProductPlan:
        planned = [self._plan_line(line) for line in self._sheet.lines]
        return ProductPlan(planned, self._leaving, self._categories)

    def _samples_to_leave(self, session: Session) -> list[Product]:
        """The samples that no line names by code, or by name alone."""
        named = {sku for line in self._sheet.lines if (sku := _typed_sku(line, self._by_sku))}
        uncoded = {
            normalise_word(line.cells.get("name", ""))
            for line in self._sheet.lines
            if not line.cells.get("sku")
        }
        return [
            sample
            for sample in samples.sample_products(session)
            if sample.sku not in named and normalise_word(sample.name) not in uncoded
        ]

    def _plan_line(self, line: Line) -> PlannedProduct:
        planned = PlannedProduct(PlannedLine(line.number, line.cells.get("name", "")))
        if line.problem:
            planned.line.problems.append(line.problem)
        else:
            self._match(planned, line)
            if not planned.line.problems:
                self._read_line(planned, line)
        planned.line.settle(is_new=planned.product is None)
        return planned

    def _match(self, planned: PlannedProduct, line: Line) -> None:
        """Finds the product that the line is about, or a code for a new one."""
        name, code = line.cells.get("name", ""), line.cells.get("sku", "")
        same_name = self._by_name.get(normalise_word(name), [])
        if code:
            planned.sku = _typed_sku(line, self._by_sku) or code_from(code)
        elif len(same_name) > 1:
            planned.line.problems.append(f"Several products are called “{name}”: give the code.")
            return
        elif same_name:
            planned.sku = same_name[0]
        elif name:
            planned.sku = free_code(name, self._taken)
        else:
            planned.line.problems.append("Neither a code nor a name.")
            return
        if before := self._lines_by_sku.get(planned.sku):
            planned.line.problems.append(f"The same product as in line {before}.")
            return
        self._lines_by_sku[planned.sku] = line.number
        planned.product = self._by_sku.get(planned.sku)
        if planned.product is None and code and planned.sku in self._taken:
            planned.line.problems.append(f"The code “{code}” means something else already.")
        planned.line.title = name or (planned.product.name if planned.product else code)

    def _read_line(self, planned: PlannedProduct, line: Line) -> None:
        product, own = planned.product, planned.line
        values, problems = read_product_changes(product, _typed(line))
        if product is None:
            for needed in ("name", "price"):
                if needed not in values and needed not in problems:
                    problems[needed] = "A new product needs it."
        problems |= word_problems(self._words, planned.sku, values)
        own.problems += [
            f"{format_heading('products', name).capitalize()}: {why}"
            for name, why in problems.items()
        ]
        planned.values = values
        own.changes = dict(_changes(product, values))
        if values.get("price") == 0 and (product is None or product.price):
            own.notes.append("₹0: customers get it for nothing.")
        self._read_groups(planned, line)
        if own.problems or (product and not {"name", "aliases"} & values.keys()):
            return
        self._note_shared(planned)
        name = str(values.get("name") or (product.name if product else ""))
        aliases = values.get("aliases", product.aliases if product else [])
        self._words.add(planned.sku, name, aliases)
        self._by_name[normalise_word(name)].append(planned.sku)
        self._taken.add(planned.sku)

    def _read_groups(self, planned: PlannedProduct, line: Line) -> None:
        """The choices that come with the product, if the table has a column for them."""
        typed = line.cells.get("options")
        if typed is None:
            return
        now = self._attached.get(planned.sku, [])
        spelled = spell_labels(self._labels, now)
        if typed.strip() == spelled:
            return
        groups, unknown = read_labels(self._labels, typed)
        planned.line.problems += [f"There are no choices called “{label}”." for label in unknown]
        if not unknown and groups != now:
            planned.groups = groups
            planned.line.changes["options"] = (spelled, spell_labels(self._labels, groups))

    def _note_shared(self, planned: PlannedProduct) -> None:
        shared = self._words.shared(planned.values.get("aliases", []), planned.sku)
        planned.line.notes += [
            f"“{word}” also means {other}: customers are asked which." for word, other in shared
        ]


def _typed_sku(line: Line, known: Mapping[str, Product]) -> str | None:
    """The code of the product that the line names by its code, as it is or as we write it."""
    code = line.cells.get("sku", "")
    return next((sku for sku in (code, code_from(code)) if code and sku in known), None)


def _typed(line: Line) -> dict[str, str]:
    typed = {}
    for name in field_names():
        cell = line.cells.get(name)
        if cell is None or (not cell and name in _KEPT_WHERE_EMPTY):
            continue
        typed[name] = read_yes_or_no(cell) if name == "available" else cell
    return typed


def _changes(
    product: Product | None, values: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """The values before and after, as texts."""
    after = Product()
    write_values(after, {name: value for name, value in values.items() if "." not in name})
    for name, value in values.items():
        then = str(value) if "." in name else spell_field(after, name)
        yield name, (spell_field(product, name) if product else "", then)
