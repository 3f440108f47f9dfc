"""Computes what WhatsApp charges: by kind of message, by version of the main menu, per order."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from console.numbers.reading import of_kind
from shop.figures import Counted
from shop.tariffs import price_message, read_tariffs

KINDS = {
    "template": "Notices by template",
    "interactive": "Answers with buttons or a list",
    "text": "Answers in words alone",
    "image": "Pictures",
}
CATEGORIES = {
    "marketing": "offers",
    "utility": "notices",
    "service": "answers",
    "authentication": "codes",
}


@dataclass
class Cost:
    """The cost of one kind of message; `unpriced`: charged messages that no tariff covers."""

    name: str
    paid: int = 0
    free: int = 0
    unpriced: int = 0
    rupees: Decimal = Decimal(0)
    orders: int = 0

    @property
    def per_order(self) -> Decimal | None:
        return self.rupees / self.orders if self.orders else None


@dataclass
class Costs:
    """The total cost, and the cost by kind of message and by version of the main menu."""

    total: Cost
    kinds: list[Cost]
    menus: list[Cost]
    unpriced: list[str] = field(default_factory=list)
    since: date | None = None


def sum_costs(found: list[Counted]) -> Costs:
    """The costs of a period, each day by the tariff of that day."""
    total = Cost("Together")
    kinds: defaultdict[str, Cost] = defaultdict(lambda: Cost(""))
    menus: defaultdict[str, Cost] = defaultdict(lambda: Cost(""))
    unpriced: set[str] = set()
    for kind in ("paid", "free"):
        for one in of_kind(found, kind):
            category, message, version, day = one.name.split("\t")
            price = price_message(category, date.fromisoformat(day))
            if kind == "paid" and price is None:
                unpriced.add(CATEGORIES.get(category, category or "messages without a category"))
            for cost in (total, kinds[message], menus[version]):
                _add(cost, one.number, price, is_paid=kind == "paid")
    for version, count in _orders(found).items():
        menus[version].orders += count
        total.orders += count
    for name, cost in kinds.items():
        cost.name = KINDS.get(name, name)
    for name, cost in menus.items():
        cost.name = f"Version {name}" if name else "A version that is not known"
    return Costs(
        total,
        _sorted_kinds(kinds.values()),
        [menus[name] for name in sorted(menus, key=lambda name: int(name or 0), reverse=True)],
        sorted(unpriced),
        read_tariffs()[-1].since,
    )


def _add(cost: Cost, number: int, price: Decimal | None, *, is_paid: bool) -> None:
    if not is_paid:
        cost.free += number
        return
    cost.paid += number
    if price is None:
        cost.unpriced += number
    else:
        cost.rupees += number * price


def _orders(found: list[Counted]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in of_kind(found, "menu_orders"):
        counts[one.name] += one.number
    return counts


def _sorted_kinds(costs: Iterable[Cost]) -> list[Cost]:
    return sorted(costs, key=lambda cost: (-cost.rupees, -cost.paid, cost.name))
