"""The page of numbers."""

from decimal import Decimal
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.desk import Desk
from console.door import screen
from console.numbers import charts, reading
from console.numbers.reading import PERIODS
from console.wording import whole
from shop.money import rupees


def show_numbers(desk: Desk) -> Response:
    """Everything about a period of days, today the last of them."""
    days = desk.query_number("days")
    days = days if days in PERIODS else 7
    begin = reading.since(days or 7)
    hours, (sales, orders) = (
        reading.by_hour(desk.session, begin),
        reading.by_day(desk.session, begin),
    )
    hour_labels = [f"{hour:02}" for hour in range(24)]
    labels = [f"{day.day} {day:%b}" for day in reading.days_of(begin)]
    funnels = reading.funnels(desk.session, begin)
    values: dict[str, Any] = {
        "days": days,
        "periods": PERIODS,
        "funnels": funnels,
        "funnel_bars": charts.funnel_bars(funnels[0]),
        "hours": hours,
        "hour_labels": hour_labels,
        "rupees": rupees,
        "whole": whole,
        "hours_chart": charts.both(hour_labels, hours, _count, charts.WIDE),
        "labels": labels,
        "sales": sales,
        "orders": orders,
        "sales_chart": charts.both(labels, [sales], rupees, charts.NARROW),
        "orders_chart": charts.both(labels, [orders], _count, charts.NARROW),
        **reading.tables(desk.session, begin),
    }
    return desk.page("numbers/numbers.html", **values)


def _count(figure: Decimal) -> str:
    return f"{figure:,.0f}" if figure == figure.to_integral_value() else f"{figure:,.1f}"


ROUTES = [Route("/numbers", screen(show_numbers, "owner"), methods=["GET"])]
