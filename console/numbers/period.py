"""The requested period, its totals, and those of the period before for comparison."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from console.numbers import reading, sales
from console.numbers.sales import Totals
from console.request_context import RequestContext
from console.translation import say
from console.wording import format_whole
from shop.figures import Counted
from shop.products.money import format_rupees

_USUAL_DAYS = 7
_RETURNING, _MINUTES, _PUNCTUAL = "Returning customers", "Accepted to ready", "Ready in time"
SHARES = (_RETURNING, _PUNCTUAL)
# Figures for which a change in percent says little.
_MEASURED = (*SHARES, _MINUTES)
_BEFORE = {1: "yesterday by this time", 7: "in the 7 days before", 30: "in the 30 days before"}


@dataclass(frozen=True)
class Compared:
    """A figure of this period and of the one before, and the function that formats both."""

    name: str
    now: Any
    before: Any
    written: Callable[[Any], str]
    is_amount: bool = True

    @property
    def change(self) -> str:
        """`+12 %`; "" if nothing can be compared, or the figure is no amount."""
        if not self.is_amount or not self.now or not self.before:
            return ""
        percent = round((float(self.now) / float(self.before) - 1) * 100)
        return f"{'+' if percent >= 0 else '−'}{abs(percent)} %"


@dataclass(frozen=True)
class Period:
    """A number of days, of which today is the last."""

    days: int
    begin: datetime

    @property
    def before(self) -> str:
        """The name of the period before."""
        return _BEFORE[self.days]

    def found(self, desk: RequestContext) -> list[Counted]:
        """All counts of the period."""
        return reading.counted_messages(desk.session, self.begin)

    def compared(self, desk: RequestContext) -> list[Compared]:
        """The totals of the period and of the one before."""
        cancelled = sum(one.orders for one in sales.list_cancelled(desk.session, self.begin))
        now = sales.sum_totals(self.found(desk), cancelled)
        return compare_totals(now, sales.totals_before(desk.session, self.begin, self.days))


def read_period(desk: RequestContext) -> Period:
    """The period that the address names, else seven days."""
    days = desk.query_number("days")
    known = days if days in reading.PERIODS else _USUAL_DAYS
    return Period(known or _USUAL_DAYS, reading.period_start(known or _USUAL_DAYS))


def compare_totals(now: Totals, before: Totals | None) -> list[Compared]:
    """Each figure of this period with the one of the period before."""
    ways: list[tuple[str, Callable[[Totals], Any], Callable[[Any], str]]] = [
        ("Sales", lambda one: one.sales, format_rupees),
        ("Orders", lambda one: one.orders, format_whole),
        ("Average order", lambda one: one.basket, _rupees),
        (_RETURNING, lambda one: one.returning, _percent),
        ("Cancelled orders", lambda one: one.cancelled, format_whole),
        (_MINUTES, lambda one: one.minutes, _minutes),
        (_PUNCTUAL, lambda one: one.punctual, _percent),
    ]
    return [
        Compared(name, of(now), of(before) if before else None, written, name not in _MEASURED)
        for name, of, written in ways
    ]


def _rupees(amount: Decimal) -> str:
    return format_rupees(round(amount))


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"


def _minutes(minutes: float) -> str:
    return f"{round(minutes)} {say('min')}"
