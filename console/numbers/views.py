"""Views of the page of numbers, and its tables as files."""

from decimal import Decimal
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_page
from console.numbers import charts, costs, reading, sales
from console.numbers.exporting import WEEKDAYS, export_numbers
from console.numbers.period import Period, read_period
from console.numbers.reading import PERIODS
from console.request_context import RequestContext
from console.translation import say
from console.wording import format_whole
from shop.products.money import format_rupees, group_digits

_MOST_PRODUCTS = 10


def show_numbers(desk: RequestContext) -> Response:
    """The page with all figures of a period."""
    period = read_period(desk)
    funnels = reading.read_funnels(desk.session, period.begin)
    values: dict[str, Any] = {
        "days": period.days,
        "period": period,
        "periods": PERIODS,
        "compared": period.compared(desk),
        "funnels": funnels,
        "funnel_bars": charts.funnel_bars(funnels[0]),
        "rupees": format_rupees,
        "whole": format_whole,
        **_by_time(desk, period),
        **_by_product(desk, period),
        "costs": costs.sum_costs(period.found(desk)),
        "cancellations": sales.list_cancelled(desk.session, period.begin),
        **reading.read_tables(desk.session, period.begin),
    }
    return desk.page("numbers/numbers.html", **values)


def _by_time(desk: RequestContext, period: Period) -> dict[str, Any]:
    messages = reading.by_hour(desk.session, period.begin)
    amounts, orders = reading.by_day(desk.session, period.begin)
    ordered = sales.sum_hours(period.found(desk))
    hour_labels = [f"{hour:02}" for hour in range(24)]
    labels = [f"{day.day} {say(f'{day:%b}')}" for day in reading.days_of(period.begin)]
    by_weekday = [
        reading.Series(day[:3], [Decimal(count) for count in counts])
        for day, counts in zip(WEEKDAYS, ordered, strict=True)
    ]
    return {
        "hours": messages,
        "hour_labels": hour_labels,
        "hours_chart": charts.both_charts(hour_labels, messages, _count, charts.WIDE),
        "by_weekday": by_weekday,
        "hour_maps": charts.both_hour_maps(ordered, WEEKDAYS),
        "labels": labels,
        "sales": amounts,
        "orders": orders,
        "sales_chart": charts.both_charts(labels, [amounts], format_rupees, charts.NARROW),
        "orders_chart": charts.both_charts(labels, [orders], _count, charts.NARROW),
    }


def _by_product(desk: RequestContext, period: Period) -> dict[str, Any]:
    """The products with the highest revenue, and sums for the rest that add up to all sales."""
    sold = sales.sum_products(desk.session, period.found(desk))
    amounts, _ = reading.by_day(desk.session, period.begin)
    most, others = sold[:_MOST_PRODUCTS], sold[_MOST_PRODUCTS:]
    return {
        "products": most,
        "others": sum((one.revenue for one in others), Decimal(0)),
        "beside": amounts.total - sum((one.revenue for one in sold), Decimal(0)),
    }


def _count(figure: Decimal) -> str:
    is_whole = figure == figure.to_integral_value()
    return group_digits(int(figure)) if is_whole else f"{figure:.1f}"


ROUTES = [
    Route("/numbers", staff_page(show_numbers, "owner"), methods=["GET"]),
    Route("/numbers/{table}.csv", staff_page(export_numbers, "owner"), methods=["GET"]),
]
