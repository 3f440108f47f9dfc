"""The board, Numbers and the files for spreadsheets say the same of the same orders."""

import csv
import io
import random
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from console.numbers import period, reading, sales
from console.numbers.exporting import TABLES, write_csv
from console.orders import reading as board
from console.wording import local_midnight
from shop import figures
from shop.orders import news, order_status
from storage.engine import session
from storage.models import Order, OrderNotice, UserProfile

MINUTE = timedelta(minutes=1)


def fill(days=40, seed=19):
    """Orders of many days, some of them cancelled."""
    chance = random.Random(seed)
    now = datetime.now(UTC)
    with session() as opened:
        people = [UserProfile(whatsapp_phone=f"91980000{number:04}") for number in range(12)]
        opened.add_all(people)
        opened.flush()
        for number in range(160):
            at = now - timedelta(minutes=chance.randrange(1, days * 24 * 60))
            items = [{"product": "coffee", "quantity": 2, "price": chance.choice((40, 60))}]
            ready = at + chance.randrange(5, 40) * MINUTE
            opened.add(Order(
                customer_id=chance.choice(people).id, items=items, created_at=at, moved_at=at,
                total=2 * items[0]["price"] + chance.choice((0, 30)), accepted_at=at,
                status="cancelled" if number % 9 == 0 else "delivered",
                promised_at=at + 20 * MINUTE, ready_at=ready if ready < now else None,
            ))  # fmt: skip


def add_up():
    for _ in range(40):
        if not figures.add_up(session) and _ > 1:
            break


def file_of(worker, table, days):
    answer = worker.gets(f"/numbers/{table}.csv?days={days}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert f"{table} " in answer.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def tiles(page):
    """The totals on the page Numbers, by name."""
    return dict(re.findall(r'<dt>([^<]+)</dt><dd class="figure">([^<]+)</dd>', page))


def test_the_board_numbers_and_the_files_agree(asha):
    fill(days=2)
    with session() as opened:
        # Shortly after midnight it is the only one of today.
        opened.add(Order(total=70, status="delivered"))
    with session() as opened:
        day = board.day_figures(opened)
    assert day.orders
    page = asha.sees("/numbers?days=1")
    shown = tiles(page)
    assert shown["Orders"] == str(day.orders)
    assert shown["Cancelled orders"] == str(day.cancelled)
    assert tiles(asha.sees("/orders"))["Sales today"] == shown["Sales"]
    [_, row] = file_of(asha, "days", 1)
    assert (int(row[1]), Decimal(row[2])) == (day.orders, day.sales)
    summary = {row[0]: row[1] for row in file_of(asha, "summary", 1)}
    assert (int(summary["Orders"]), Decimal(summary["Sales"])) == (day.orders, day.sales)


@pytest.mark.parametrize("days", reading.PERIODS)
def test_every_part_of_the_page_comes_to_the_same(asha, days):
    fill()
    begin = reading.period_start(days)
    with session() as opened:
        found = reading.counted_messages(opened, begin)
        totals = sales.sum_totals(found, 0)
        amounts, orders = reading.by_day(opened, begin)
        hours = sales.sum_hours(found)
        sold = sales.sum_products(opened, found)
        cancelled = sales.list_cancelled(opened, begin)
    assert totals.orders == orders.total == sum(map(sum, hours))
    assert totals.sales == amounts.total
    assert sum(one.orders for one in sold) == totals.orders
    products = file_of(asha, "products", days)
    revenue = sum((Decimal(row[3]) for row in products[1:]), Decimal(0))
    assert revenue == sum((one.revenue for one in sold), Decimal(0)) <= totals.sales
    weekdays = file_of(asha, "hours", days)
    assert sum(int(count) for row in weekdays[1:] for count in row[1:]) == totals.orders
    reasons = file_of(asha, "cancellations", days)
    assert sum(int(row[1]) for row in reasons[1:]) == sum(one.orders for one in cancelled)


@pytest.mark.parametrize("days", [7, 30])
def test_the_period_before_is_what_it_was(engine, days):
    fill(days=64)
    begin = reading.period_start(days)
    with session() as opened:
        assert sales.totals_before(opened, begin, days) is None
    add_up()
    since = local_midnight(begin - timedelta(days=days) + timedelta(hours=12))
    until = since + (datetime.now(UTC) - begin)
    with session() as opened:
        before = sales.totals_before(opened, begin, days)
        orders = opened.query(Order).filter(Order.created_at >= since, Order.created_at < until)
        counted = [order for order in orders if order.status != "cancelled"]
        assert before.orders == len(counted)
        assert before.sales == sum(order.total for order in counted)
        assert before.cancelled == orders.count() - len(counted)


def test_today_is_compared_with_yesterday_by_this_time(engine):
    midnight, now = local_midnight(), datetime.now(UTC)
    yesterday = local_midnight(midnight - timedelta(hours=12))
    passed = now - midnight
    with session() as opened:
        opened.add(Order(total=70, created_at=yesterday + passed / 2))
        opened.add(Order(total=50, created_at=yesterday + passed + MINUTE))
    with session() as opened:
        before = sales.totals_before(opened, reading.period_start(1), 1)
    assert (before.orders, before.sales) == (1, 70)


def test_what_an_earlier_version_summed_is_summed_again(engine):
    fill(days=3)
    add_up()
    with session() as opened:
        right = sales.sum_totals(reading.counted_messages(opened, reading.period_start(7)), 0)
        # As the version before left it: cancelled orders counted.
        opened.execute(text("UPDATE figures SET number = number + 1 WHERE kind = 'orders'"))
        opened.execute(text("UPDATE day_figures SET number = number + 1 WHERE kind = 'orders'"))
        opened.execute(text("UPDATE figure_slots SET definition = 1"))
        opened.execute(text("UPDATE figure_days SET definition = 1"))
    for _ in range(4):
        with session() as opened:
            found = reading.counted_messages(opened, reading.period_start(7))
            assert sales.sum_totals(found, 0) == right
        figures.add_up(session)


def test_reasons_of_cancellations(engine):
    with session() as opened:
        reasons = ("It is sold out", "It is sold out", None, None, news.UNACCEPTED)
        orders = [Order(total=10, cancel_reason=reason) for reason in reasons]
        opened.add_all(orders)
        opened.flush()
        for order in orders[:3]:
            order_status.move_order(opened, order, "cancelled")
        order_status.cancel_order(opened, orders[3])
        order_status.cancel_unaccepted(opened, orders[4], news.UNACCEPTED)
        assert opened.query(OrderNotice).count() == 4
    with session() as opened:
        found = sales.list_cancelled(opened, reading.period_start(1))
    assert [(one.reason, one.orders) for one in found] == [
        ("It is sold out", 2),
        ("By the customer", 1),
        ("No reason given", 1),
        ("Nobody accepted it in time", 1),
    ]


def test_when_an_order_was_ready(engine):
    with session() as opened:
        order = Order(total=10)
        opened.add(order)
        opened.flush()
        number = order.order_id
    moments = []
    for status in ("confirmed", "preparing", "ready", "preparing", "ready", "delivered"):
        with session() as opened:
            order_status.move_order(opened, opened.get_one(Order, number), status)
        with session() as opened:
            moments.append(opened.get_one(Order, number).ready_at)
    assert [bool(one) for one in moments] == [False, False, True, False, True, True]
    assert moments[4] == moments[5] > moments[2]


def test_preparation_against_the_promise(engine):
    at = datetime.now(UTC) - 40 * MINUTE
    with session() as opened:
        for minutes in (10, 20, 30):
            ready, promised = at + minutes * MINUTE, at + 20 * MINUTE
            opened.add(Order(total=1, created_at=at, accepted_at=at, ready_at=ready,
                             promised_at=promised))  # fmt: skip
        opened.add(Order(total=1, created_at=at, due_at=at + 30 * MINUTE, ready_at=at + MINUTE))
    with session() as opened:
        found = reading.counted_messages(opened, reading.period_start(7))
        totals = sales.sum_totals(found, 0)
    assert (totals.minutes, totals.punctual) == (20, pytest.approx(2 / 3))


def test_figures_are_written_as_people_write_them(asha):
    at = datetime.now(UTC) - 40 * MINUTE
    with session() as opened:
        for total in (10, 10, 11):
            opened.add(Order(total=total, created_at=at, accepted_at=at, ready_at=at + 20 * MINUTE,
                             promised_at=at + 20 * MINUTE))  # fmt: skip
    summary = {row[0]: row[1] for row in file_of(asha, "summary", 7)}
    assert (summary["Average order"], summary["Ready in time"]) == ("10.33", "100.0%")
    asha.sends("/account/language", language="hi")
    assert ">20 मिनट<" in asha.sees("/numbers")


def test_changes_are_said_in_percent():
    def change(now, before):
        return period.Compared("x", now, before, str).change

    assert (change(112, 100), change(50, 100), change(100, 100)) == ("+12 %", "−50 %", "+0 %")
    assert change(5, 0) == change(0, 5) == change(None, 5) == change(5, None) == ""


def test_a_products_name_is_no_formula():
    said = write_csv([["=1+1", "+x", "-x", "@x", "plain", Decimal("-5"), None]])
    assert said == "\ufeff'=1+1,'+x,'-x,'@x,plain,-5,\r\n"


def test_files_are_for_owners(ravi, asha):
    for table in TABLES:
        assert ravi.gets(f"/numbers/{table}.csv").status_code == 403
    assert asha.gets("/numbers/nothing.csv").status_code == 404


def test_a_shop_without_a_message_has_nothing_to_sum(engine):
    assert figures.add_up(session) == 0
    assert figures.add_up(session) == 0
    with session() as opened:
        assert opened.scalar(text("SELECT count(*) FROM figure_slots WHERE NOT is_done")) == 0
