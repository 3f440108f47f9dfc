"""The figures of the page Numbers, summed per half hour and day: a month loads as fast as a day.

A half hour is summed once little can change in it any more. If an order changes later, a trigger
removes its half hour, and the next round sums it again. Half hours without a sum are computed from
the tables, so readers always get the same figures. Whole days are summed from the half hours
(figure_days.py).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from shop import figure_days
from shop.figure_days import DEFINITION

# Conversations go on for a while, and answers may be sent late.
SETTLED = timedelta(hours=2)
# Thirty days, and the thirty before to compare them with.
KEPT_DAYS = 64
# Half hours per round; the sender process has other tasks too.
MOST = 100

_COUNTED = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
# Half hours are registered one round before they are summed. From then on a changed order removes
# its half hour, so changes in open transactions are not missed.
_ANNOUNCE = text("""
    INSERT INTO figure_slots (slot)
    SELECT slot FROM generate_series(
        figure_slot(now() - make_interval(days => :days)), now() - :settled,
        interval '30 minutes') AS series (slot)
    WHERE NOT EXISTS (
        SELECT FROM figure_slots AS done
        WHERE done.slot = series.slot AND (done.definition = :definition OR NOT done.is_done))
    ON CONFLICT (slot) DO UPDATE SET is_done = false
""")
_ANNOUNCED = text("""
    SELECT slot FROM figure_slots WHERE NOT is_done ORDER BY slot DESC LIMIT :most
""")
# Half hours before the shop's first message are skipped: a new shop has mostly these.
_SKIP_EMPTY = text("""
    UPDATE figure_slots SET is_done = true, definition = :definition
    WHERE NOT is_done AND slot + interval '30 minutes' <= least(
            now(), (SELECT min(timestamp) FROM whatsapp_messages),
            (SELECT min(created_at) FROM orders))
        AND NOT EXISTS (SELECT FROM figures WHERE figures.slot = figure_slots.slot)
""")
_DONE = text("""
    UPDATE figure_slots SET is_done = true, definition = :definition
    WHERE slot = :slot RETURNING slot
""")
_ADD_UP = text(f"""
    INSERT INTO figures (slot, at, kind, name, number, amount)
    SELECT :since, at, kind, name, number, amount FROM ({_COUNTED}) AS counted
""")  # noqa: S608 (our own file)
_LIVE = text(_COUNTED)
_ADDED_UP = text("""
    SELECT CASE WHEN kind IN ('incoming', 'outgoing', 'orders') THEN at END AS at, kind, name,
        sum(number)::bigint AS number, sum(amount) AS amount
    FROM figures WHERE slot >= figure_slot(:since) AND slot < :until AND at >= :since
    GROUP BY 1, 2, 3
""")
# The first half hour without a sum.
_OPEN_SINCE = text("""
    SELECT min(series.slot) FROM generate_series(
        figure_slot(:since), now(), interval '30 minutes') AS series (slot)
    WHERE NOT EXISTS (
        SELECT FROM figure_slots AS done
        WHERE done.slot = series.slot AND is_done AND definition = :definition)
""")


@dataclass(frozen=True)
class Counted:
    """A count (`number`) of a kind and name, with its sum; `at` only if a chart needs it."""

    at: datetime | None
    kind: str
    name: str
    number: int
    amount: Decimal


def read_figures(session: Session, since: datetime) -> list[Counted]:
    """All figures since then: sums of whole days, then of half hours, then rows without sums."""
    since, rows = figure_days.read_days(session, since)
    values = {"since": since, "definition": DEFINITION}
    begin = session.scalar(_OPEN_SINCE, values) or since
    begin = max(begin, since)
    rows += session.execute(_ADDED_UP, {"since": since, "until": begin})
    rows += session.execute(_LIVE, {"since": begin, "until": begin + timedelta(days=400)})
    return [Counted(*row) for row in rows]


def read_whole_days(session: Session, since: datetime, until: datetime) -> list[Counted] | None:
    """The figures from one midnight to another; None until all of these days are summed."""
    end, rows = figure_days.read_days(session, since, until)
    return [Counted(*row) for row in rows] if end == until else None


def add_up(sessions: Callable[[], AbstractContextManager[Session]]) -> int:
    """Sums the half hours registered in the last round, registers more; returns how many.

    Each round takes a limited number, the latest first.
    """
    with sessions() as session:
        session.execute(_SKIP_EMPTY, {"definition": DEFINITION})
        announced = list(session.scalars(_ANNOUNCED, {"most": MOST}))
    for slot in announced:
        with sessions() as session:
            _add_up(session, slot)
    with sessions() as session:
        settled = SETTLED + timedelta(minutes=30)
        values = {"days": KEPT_DAYS, "settled": settled, "definition": DEFINITION}
        session.execute(_ANNOUNCE, values)
        _drop_old(session)
    figure_days.add_up_days(sessions, KEPT_DAYS)
    return len(announced)


def _add_up(session: Session, slot: datetime) -> None:
    """Sums one half hour; nothing is stored if one of its orders changes meanwhile."""
    with session.begin_nested() as attempt:
        session.execute(text("DELETE FROM figures WHERE slot = :slot"), {"slot": slot})
        session.execute(_ADD_UP, {"since": slot, "until": slot + timedelta(minutes=30)})
        if session.scalar(_DONE, {"slot": slot, "definition": DEFINITION}) is None:
            attempt.rollback()


def _drop_old(session: Session) -> None:
    for table in ("figures", "figure_slots"):
        session.execute(
            text(f"DELETE FROM {table} WHERE slot < now() - make_interval(days => :days)"),  # noqa: S608
            {"days": KEPT_DAYS + 8},
        )


def interpolate_percentile(counted: dict[float, int], part: float) -> float | None:
    """The percentile, interpolated as PostgreSQL's percentile_cont does."""
    total = sum(counted.values())
    if not total:
        return None
    place = part * (total - 1)
    low, high = (_nth(counted, int(place)), _nth(counted, min(int(place) + 1, total - 1)))
    return low + (high - low) * (place - int(place))


def _nth(counted: dict[float, int], place: int) -> float:
    for value in sorted(counted):
        place -= counted[value]
        if place < 0:
            return value
    raise IndexError(place)
