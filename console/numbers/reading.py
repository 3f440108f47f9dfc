"""Reads the statistics of a period from the sums (shop/figures.py)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import TextClause
from sqlalchemy.orm import Session

import settings
from console.numbers import queries
from console.wording import local_midnight, local_now, to_local
from shop import figures
from shop.figures import Counted, interpolate_percentile
from shop.language.masking import mask_text

PERIODS = {1: "Today", 7: "7 days", 30: "30 days"}
_COUNTED = "counted since"
_STAGES = {
    "talks": "Conversations",
    "began_order": "Began an order",
    "saw_summary": "Saw the summary",
    "ordered": "Placed an order",
}


@dataclass(frozen=True)
class Step:
    """One step of the funnel: how many reached it, and their share of the step before."""

    name: str
    count: int
    share: float


@dataclass(frozen=True)
class Funnel:
    """The steps reached by conversations that began with one version of the menu, or without."""

    name: str
    steps: list[Step]


@dataclass(frozen=True)
class Series:
    """One series of a chart: a figure per label."""

    name: str
    figures: list[Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.figures, Decimal(0))


def period_start(days: int) -> datetime:
    """The midnight at which a period of so many days began; today counts as one of them."""
    return local_midnight(local_midnight() - timedelta(days=days - 1) + timedelta(hours=12))


def counted_messages(session: Session, begin: datetime) -> list[Counted]:
    """All counts since `begin`; read once for all parts of a page."""
    known = session.info.setdefault(_COUNTED, {})
    if begin not in known:
        known[begin] = figures.read_figures(session, begin)
    found: list[Counted] = known[begin]
    return found


def read_funnels(session: Session, begin: datetime) -> list[Funnel]:
    """The funnel of all conversations, then one per version of the main menu."""
    stages: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in counted_messages(session, begin):
        if one.kind in _STAGES:
            stages[one.name][one.kind] += one.number
    found = [_funnel("All conversations", sum(stages.values(), Counter()))]
    for name in sorted(filter(None, stages), key=_version, reverse=True):
        called = f"Main menu, version {_version(name) or 'unknown'}"
        found.append(_funnel(called, stages[name]))
    if "" in stages:
        found.append(_funnel("Without the menu", stages[""]))
    return found


def by_hour(session: Session, begin: datetime) -> list[Series]:
    """Messages and replies by the hour of the day."""
    found = counted_messages(session, begin)
    return [
        Series(
            name, _summed(((local_time(one).hour, one.number) for one in of_kind(found, kind)), 24)
        )
        for name, kind in (("From customers", "incoming"), ("From us", "outgoing"))
    ]


def days_of(begin: datetime) -> list[date]:
    """The days of the period, today the last."""
    first, last = begin.date(), local_now().date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def by_day(session: Session, begin: datetime) -> list[Series]:
    """Sales and orders by day (shop/orders/counted.py)."""
    days = {day: place for place, day in enumerate(days_of(begin))}
    placed = [
        (days.get(local_time(one).date(), 0), one)
        for one in of_kind(counted_messages(session, begin), "orders")
    ]
    return [
        Series("Sales", _summed(((place, one.amount) for place, one in placed), len(days))),
        Series("Orders", _summed(((place, one.number) for place, one in placed), len(days))),
    ]


def read_tables(session: Session, begin: datetime) -> dict[str, Any]:
    """The values of the page's texts and tables."""
    found = counted_messages(session, begin)
    effort, replies = histogram(found, "effort"), histogram(found, "reply")
    return {
        "misunderstood": list_misunderstood(session, begin),
        "effort": {"orders": sum(effort.values()), "median": interpolate_percentile(effort, 0.5)},
        "replies": {
            "answers": sum(replies.values()),
            "median": interpolate_percentile(replies, 0.5),
            "slowest": interpolate_percentile(replies, 0.95),
        },
        "tickets": _rows(session, queries.TICKETS, begin)[0],
    }


def list_misunderstood(session: Session, begin: datetime) -> list[dict[str, Any]] | None:
    """The messages that were not understood; None if the shop does not keep them."""
    if not settings.load_settings().keep_unclear_messages:
        return None
    rows = _rows(session, queries.MISUNDERSTOOD, begin, most=queries.MOST_UNCLEAR)
    # They were masked when they were stored; this applies later improvements of the mask.
    return [{**row, "words": mask_text(row["words"])} for row in rows]


def histogram(found: list[Counted], kind: str) -> dict[float, int]:
    sums: Counter[float] = Counter()
    for one in of_kind(found, kind):
        sums[float(one.name)] += one.number
    return dict(sums)


def of_kind(found: list[Counted], kind: str) -> list[Counted]:
    return [one for one in found if one.kind == kind]


def local_time(one: Counted) -> datetime:
    return to_local(one.at) if one.at else local_now()


def _version(name: str) -> int:
    return int(name.removeprefix("menu ") or 0)


def _funnel(name: str, counts: Counter[str]) -> Funnel:
    steps: list[Step] = []
    for key, label in _STAGES.items():
        count = counts[key]
        before = steps[-1].count if steps else count
        steps.append(Step(label, count, count / before if before else 0.0))
    return Funnel(name, steps)


def _summed(pairs: Any, length: int) -> list[Decimal]:
    sums: Counter[int] = Counter()
    for place, figure in pairs:
        sums[place] += figure
    return [Decimal(sums[place]) for place in range(length)]


def _rows(
    session: Session, query: TextClause, begin: datetime, **values: int
) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(query, {"since": begin, **values}).mappings()]
