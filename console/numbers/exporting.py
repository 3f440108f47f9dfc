"""Exports the numbers as CSV for a spreadsheet, with the same figures as on the page."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from starlette.responses import Response

from console.numbers import reading, sales
from console.numbers.period import SHARES, Period, read_period
from console.refusals import NotFound
from console.request_context import RequestContext

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Table = tuple[Sequence[str], Iterable[Sequence[Any]]]
# Text that begins like this is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_numbers(desk: RequestContext) -> Response:
    """A file with one of TABLES for the period."""
    table = TABLES.get(desk.path("table"))
    if table is None:
        raise NotFound("table")
    period = read_period(desk)
    names, rows = table(desk, period)
    days = reading.days_of(period.begin)
    called = f"{desk.path('table')} {days[0].isoformat()} to {days[-1].isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{called}"'}
    return Response(write_csv([names, *rows]), media_type="text/csv", headers=headers)


def write_csv(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV, with a byte order mark, which tells spreadsheets that it is UTF-8."""
    file = io.StringIO()
    csv.writer(file).writerows([_cell(one) for one in row] for row in rows)
    return "\ufeff" + file.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, float):
        return round(value, 3)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _summary(desk: RequestContext, period: Period) -> Table:
    rows = period.compared(desk)
    return ("Figure", "This period", "The period before"), [
        (one.name, *(_share(part) for part in (one.now, one.before)))
        if one.name in SHARES
        else (one.name, one.now, one.before)
        for one in rows
    ]


def _share(part: float | None) -> str | None:
    return None if part is None else f"{round(part * 100, 1)}%"


def _days(desk: RequestContext, period: Period) -> Table:
    amounts, orders = reading.by_day(desk.session, period.begin)
    days = reading.days_of(period.begin)
    rows = zip(days, orders.figures, amounts.figures, strict=True)
    return ("Day", "Orders", "Sales"), list(rows)


def _hours(desk: RequestContext, period: Period) -> Table:
    hours = sales.sum_hours(period.found(desk))
    return ("Weekday", *(f"{hour:02}:00" for hour in range(24))), [
        (day, *counts) for day, counts in zip(WEEKDAYS, hours, strict=True)
    ]


def _products(desk: RequestContext, period: Period) -> Table:
    sold = sales.sum_products(desk.session, period.found(desk))
    return ("Product", "Pieces", "Orders", "Revenue"), [
        (one.name, one.pieces, one.orders, one.revenue) for one in sold
    ]


def _cancellations(desk: RequestContext, period: Period) -> Table:
    found = sales.list_cancelled(desk.session, period.begin)
    return ("Reason", "Orders", "Worth"), [(one.reason, one.orders, one.amount) for one in found]


TABLES: dict[str, Callable[[RequestContext, Period], Table]] = {
    "summary": _summary,
    "days": _days,
    "hours": _hours,
    "products": _products,
    "cancellations": _cancellations,
}
