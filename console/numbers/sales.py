"""Orders and sales of a period: totals, those of the period before, products, hours, reasons.

shop/orders/counted.py defines what counts as an order and as a sale.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from console.numbers import queries
from console.numbers.reading import histogram, local_time, of_kind
from console.wording import local_midnight, local_now
from shop import figures
from shop.figures import Counted, interpolate_percentile
from shop.orders.news import UNACCEPTED
from shop.products import catalogue

_NOON = timedelta(hours=12)


@dataclass(frozen=True)
class Totals:
    """The totals of a period; None if nothing was measured.

    returning: the share of orders by customers who had ordered before. minutes: the median from
    accepting to ready. punctual: the share that was ready when it was promised.
    """

    orders: int
    sales: Decimal
    cancelled: int
    returning: float | None
    minutes: float | None
    punctual: float | None

    @property
    def basket(self) -> Decimal | None:
        return round(self.sales / self.orders, 2) if self.orders else None


@dataclass(frozen=True)
class Sold:
    """Sales of one product; `revenue` in rupees at the orders' prices, options included."""

    name: str
    pieces: int
    orders: int
    revenue: Decimal


@dataclass(frozen=True)
class Cancelled:
    """The number of orders that were cancelled for one reason."""

    reason: str
    orders: int
    amount: Decimal


def sum_totals(found: list[Counted], cancelled: int) -> Totals:
    """The totals of what was counted."""
    orders = of_kind(found, "orders")
    customers, promises = _by_name(found, "customers"), _by_name(found, "promise")
    return Totals(
        sum(one.number for one in orders),
        sum((one.amount for one in orders), Decimal(0)),
        cancelled,
        _share(customers["returning"], customers["returning"] + customers["first"]),
        interpolate_percentile(histogram(found, "minutes"), 0.5),
        _share(promises["kept"], promises["kept"] + promises["late"]),
    )


def totals_before(session: Session, begin: datetime, days: int) -> Totals | None:
    """The totals of the period before: as many days, up to the present time of day.

    None until the sums of these days have been stored.
    """
    since, until = _days_before(begin, days), _days_before(local_midnight(), days)
    # Its last day counts up to the present time of day, like today.
    end = until + (local_now() - local_midnight())
    whole = figures.read_whole_days(session, since, until) if since < until else []
    if whole is None:
        return None
    values = {"since": until, "until": end}
    part = session.execute(queries.COUNTED, values).one()
    cancelled = session.scalar(queries.CANCELLED_BEFORE, {"since": since, "until": end}) or 0
    today = Counted(until, "orders", "", part.orders, part.amount)
    return sum_totals([*whole, today], cancelled)


def sum_products(session: Session, found: list[Counted]) -> list[Sold]:
    """Sales by product under today's names, the highest revenue first."""
    pieces: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    revenue: defaultdict[str, Decimal] = defaultdict(Decimal)
    both = [*of_kind(found, "product"), *of_kind(found, "revenue")]
    known = catalogue.find_by_sku(session, {one.name.partition("\t")[0] for one in both})
    for one in both:
        sku, _, name = one.name.partition("\t")
        called = known[sku].name if sku in known else name or sku or "?"
        if one.kind == "revenue":
            revenue[called] += one.amount
        else:
            pieces[called][0] += one.number
            pieces[called][1] += int(one.amount)
    sold = [Sold(name, many, orders, revenue[name]) for name, (many, orders) in pieces.items()]
    return sorted(sold, key=lambda one: (-one.revenue, -one.pieces, one.name))


def sum_hours(found: list[Counted]) -> list[list[int]]:
    """Orders by weekday, Monday first, and hour."""
    hours = [[0] * 24 for _ in range(7)]
    for one in of_kind(found, "orders"):
        at = local_time(one)
        hours[at.weekday()][at.hour] += one.number
    return hours


def list_cancelled(session: Session, begin: datetime) -> list[Cancelled]:
    """Cancelled orders by reason, the most frequent first."""
    sums: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in session.execute(queries.CANCELLED, {"since": begin}):
        said = sums[_name_reason(row.reason, by_customer=row.by_customer)]
        said[0] += row.orders
        said[1] += row.amount
    found = [Cancelled(reason, int(orders), amount) for reason, (orders, amount) in sums.items()]
    return sorted(found, key=lambda one: (-one.orders, one.reason))


def _name_reason(reason: str, *, by_customer: bool) -> str:
    if reason == UNACCEPTED:
        return "Nobody accepted it in time"
    if reason:
        return reason
    return "By the customer" if by_customer else "No reason given"


def _days_before(midnight: datetime, days: int) -> datetime:
    """The midnight so many days earlier, also if daylight saving began or ended between."""
    return local_midnight(midnight - timedelta(days=days) + _NOON)


def _by_name(found: list[Counted], kind: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for one in of_kind(found, kind):
        sums[one.name] += one.number
    return sums


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
