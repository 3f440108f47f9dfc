"""The numbers of a period, asked for in few queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import TextClause
from sqlalchemy.orm import Session

from console.numbers import queries
from console.wording import midnight, now

PERIODS = {1: "Today", 7: "7 days", 30: "30 days"}
_HOURS = 24


@dataclass(frozen=True)
class Step:
    """One step of the funnel: how many came so far, and which part of those before them."""

    name: str
    count: int
    share: float


@dataclass(frozen=True)
class Funnel:
    """How far the conversations came that began with one version of the menu, or without it."""

    name: str
    steps: list[Step]


@dataclass(frozen=True)
class Series:
    """Figures of one kind, one for each label of a chart."""

    name: str
    figures: list[Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.figures, Decimal(0))


def since(days: int) -> datetime:
    """When the period began: midnight, so that today counts whole."""
    return midnight(midnight() - timedelta(days=days - 1) + timedelta(hours=12))


def funnels(session: Session, begin: datetime) -> list[Funnel]:
    """All conversations first, then by version of the main menu."""
    rows = _rows(session, queries.FUNNEL, begin)
    greeted = [row for row in rows if row["greeted"]]
    found = [_funnel("All conversations", rows)]
    found += [
        _funnel(f"Main menu, version {row['version'] or 'unknown'}", [row]) for row in greeted
    ]
    found += [_funnel("Without the menu", [row]) for row in rows if not row["greeted"]]
    return found


def by_hour(session: Session, begin: datetime) -> list[Series]:
    """Messages and replies by the hour of the day."""
    rows = _rows(session, queries.MESSAGES, begin)
    return [
        Series(name, _summed(((row["at"].astimezone().hour, row[key]) for row in rows), _HOURS))
        for name, key in (("From customers", "incoming"), ("From us", "outgoing"))
    ]


def days_of(begin: datetime) -> list[date]:
    """The days of the period, today the last."""
    first, last = begin.date(), now().date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def by_day(session: Session, begin: datetime) -> list[Series]:
    """Sales and orders by day."""
    rows = _rows(session, queries.SALES, begin)
    days = {day: place for place, day in enumerate(days_of(begin))}
    placed = [(days.get(row["at"].astimezone().date(), 0), row) for row in rows]
    return [
        Series(name, _summed(((place, row[key]) for place, row in placed), len(days)))
        for name, key in (("Sales", "sales"), ("Orders", "orders"))
    ]


def tables(session: Session, begin: datetime) -> dict[str, Any]:
    """What is told in words and tables."""
    single = {"effort": queries.EFFORT, "replies": queries.REPLIES, "tickets": queries.TICKETS}
    return {
        "products": _rows(session, queries.PRODUCTS, begin),
        "misunderstood": _rows(session, queries.MISUNDERSTOOD, begin),
        **{name: _rows(session, query, begin)[0] for name, query in single.items()},
    }


def _funnel(name: str, rows: list[dict[str, Any]]) -> Funnel:
    stages = (
        ("Conversations", "talks"),
        ("Began an order", "began_order"),
        ("Saw the summary", "saw_summary"),
        ("Confirmed", "ordered"),
    )
    steps: list[Step] = []
    for label, key in stages:
        count = sum(row[key] for row in rows)
        before = steps[-1].count if steps else count
        steps.append(Step(label, count, count / before if before else 0.0))
    return Funnel(name, steps)


def _summed(pairs: Any, length: int) -> list[Decimal]:
    sums: Counter[int] = Counter()
    for place, figure in pairs:
        sums[place] += figure
    return [Decimal(sums[place]) for place in range(length)]


def _rows(session: Session, query: TextClause, begin: datetime) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(query, {"since": begin}).mappings()]
