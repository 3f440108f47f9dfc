"""Sums the figures of the page Numbers by whole days, from their half hours (figures.py).

A day keeps its messages and orders by the hour and everything else by the day. It is summed once
all of its half hours are; a trigger removes it when one of them is removed. Its borders are kept
with it: if the shop moves to another time zone, the old days fit no longer and are summed anew.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from shop.opening.reading import read_settings, shop_zone
from shop.opening.schedule import moment_of

# The version of figures.sql: raised with each change there, so that older sums are computed
# again. 2: cancelled orders count no more; with customers, revenue and preparation.
# 3: what WhatsApp charges for, and orders by the menu's version.
DEFINITION = 3

# Days that follow each other from :since on.
_CHAIN = text("""
    WITH RECURSIVE chain AS (
        SELECT begins, ends FROM figure_days
        WHERE begins = :since AND definition = :definition AND ends <= :until
        UNION ALL
        SELECT day.begins, day.ends FROM chain JOIN figure_days AS day ON day.begins = chain.ends
        WHERE day.definition = :definition AND day.ends <= :until
    )
    SELECT begins, ends FROM chain ORDER BY begins
""")
# Hours of days of equal length are summed by their position; days on which clocks change are apart.
_SUMMED = text("""
    SELECT min(at) AS at, kind, name, sum(number)::bigint AS number, sum(amount) AS amount
    FROM day_figures JOIN figure_days USING (begins)
    WHERE begins = ANY(:days)
    GROUP BY kind, name, CASE WHEN kind IN ('incoming', 'outgoing') THEN at - begins END,
        CASE WHEN kind IN ('incoming', 'outgoing') THEN ends - begins END,
        CASE WHEN kind = 'orders' THEN at END
""")
# Usually there is none: then no half hour is read.
_MISSING = text("""
    WITH wanted AS MATERIALIZED (
        SELECT begins, ends
        FROM unnest(CAST(:begins AS timestamptz[]), CAST(:ends AS timestamptz[]))
            AS days (begins, ends)
        WHERE NOT EXISTS (
            SELECT FROM figure_days AS day
            WHERE day.begins = days.begins AND day.ends = days.ends
                AND day.definition = :definition)
    )
    SELECT begins, ends FROM wanted WHERE NOT EXISTS (
        SELECT FROM generate_series(
            figure_slot(begins), ends - interval '1 second', interval '30 minutes'
        ) AS series (slot) WHERE NOT EXISTS (
            SELECT FROM figure_slots AS done
            WHERE done.slot = series.slot AND is_done AND definition = :definition))
""")
# Locks the half hours until the day is stored: a trigger that deletes one waits, then deletes the
# day, too. What somebody removes just now is not waited for, the day is summed in the next round.
_HOLD = text("""
    SELECT count(*) FROM (
        SELECT FROM figure_slots
        WHERE slot >= figure_slot(:begins) AND slot < :ends AND is_done
            AND definition = :definition
        FOR SHARE SKIP LOCKED) AS held
""")
_EXPECTED = text("""
    SELECT count(*) FROM generate_series(
        figure_slot(:begins), CAST(:ends AS timestamptz) - interval '1 second',
        interval '30 minutes')
""")
_REPLACE = text("DELETE FROM figure_days WHERE begins < :ends AND ends > :begins")
_STORE = text("""
    INSERT INTO figure_days (begins, ends, definition) VALUES (:begins, :ends, :definition)
""")
_SUM = text("""
    INSERT INTO day_figures (begins, at, kind, name, number, amount)
    SELECT :begins,
        CASE WHEN kind IN ('incoming', 'outgoing', 'orders') THEN date_bin('1 hour', at, :begins)
            ELSE :begins END,
        kind, name, sum(number), sum(amount)
    FROM figures
    WHERE slot >= figure_slot(:begins) AND slot < :ends AND at >= :begins AND at < :ends
    GROUP BY 2, 3, 4
""")


_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def read_days(
    session: Session, since: datetime, until: datetime | None = None
) -> tuple[datetime, list[Row[Any]]]:
    """Until when whole days from `since` on are summed (`until` at most), and their sums."""
    values = {"since": since, "until": until or _NEVER, "definition": DEFINITION}
    days = session.execute(_CHAIN, values).all()
    if not days:
        return since, []
    rows = session.execute(_SUMMED, {"days": [day.begins for day in days]}).all()
    return days[-1].ends, list(rows)


def add_up_days(sessions: Callable[[], AbstractContextManager[Session]], kept: int) -> int:
    """Sums the days, of the last `kept`, whose half hours are all summed; returns how many."""
    with sessions() as session:
        borders = _borders(session, kept)
        values = {"begins": borders[:-1], "ends": borders[1:], "definition": DEFINITION}
        missing = session.execute(_MISSING, values).all()
    added = 0
    for begins, ends in missing:
        with sessions() as session:
            added += _add_up(session, {"begins": begins, "ends": ends})
    return added


def _add_up(session: Session, borders: dict[str, datetime]) -> bool:
    """Sums one day; not if one of its half hours is not there or being removed."""
    day = {**borders, "definition": DEFINITION}
    if session.scalar(_HOLD, day) != session.scalar(_EXPECTED, day):
        return False
    for statement in (_REPLACE, _STORE, _SUM):
        session.execute(statement, day)
    return True


def _borders(session: Session, kept: int) -> list[datetime]:
    """The shop's midnights, of the last `kept` days, today's the last."""
    zone = shop_zone(read_settings(session))
    today = datetime.now(UTC).astimezone(zone).date()
    days = (today - timedelta(days=back) for back in range(kept, -1, -1))
    return [moment_of(datetime.combine(day, time()), zone) for day in days]
