"""The page of numbers."""

from decimal import Decimal
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_page
from console.numbers import charts, reading
from console.numbers.reading import PERIODS
from console.request_context import RequestContext
from console.wording import format_whole
from shop.products.money import format_rupees


def show_numbers(desk: RequestContext) -> Response:
    """Everything about a period of days, today the last of them."""
    days = desk.query_number("days")
    days = days if days in PERIODS else 7
    begin = reading.period_start(days or 7)
    hours, (sales, orders) = (
        reading.by_hour(desk.session, begin),
        reading.by_day(desk.session, begin),
    )
    hour_labels = [f"{hour:02}" for hour in range(24)]
    labels = [f"{day.day} {day:%b}" for day in reading.days_of(begin)]
    funnels = reading.read_funnels(desk.session, begin)
    values: dict[str, Any] = {
        "days": days,
        "periods": PERIODS,
        "funnels": funnels,
        "funnel_bars": charts.funnel_bars(funnels[0]),
        "hours": hours,
        "hour_labels": hour_labels,
        "rupees": format_rupees,
        "whole": format_whole,
        "hours_chart": charts.both_charts(hour_labels, hours, _count, charts.WIDE),
        "labels": labels,
        "sales": sales,
        "orders": orders,
        "sales_chart": charts.both_charts(labels, [sales], format_rupees, charts.NARROW),
        "orders_chart": charts.both_charts(labels, [orders], _count, charts.NARROW),
        **reading.read_tables(desk.session, begin),
    }
    return desk.page("numbers/numbers.html", **values)


def _count(figure: Decimal) -> str:
    return f"{figure:,.0f}" if figure == figure.to_integral_value() else f"{figure:,.1f}"


ROUTES = [Route("/numbers", staff_page(show_numbers, "owner"), methods=["GET"])]
