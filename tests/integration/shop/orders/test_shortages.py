"""A line of a placed order ran out: lines, total, stock, notes and history follow the answer."""

import threading
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from shop.carts.lines import RequestedLine
from shop.orders.order_status import move_order
from shop.orders.placing import place_order
from shop.orders.shortages import answering, asking, marking
from shop.orders.shortages.lines import read_placed_lines
from shop.orders.shortages.replacements import find_replacements
from storage.models import Order, OrderNotice, Shortage, UserProfile
from tests.integration.shop.orders.trading import (
    add_sizes,
    cart_of,
    settle,
    somebody,
)


@pytest.fixture
def asha(session: Session) -> UserProfile:
    return somebody(session)


@pytest.fixture
def order(session: Session, asha: UserProfile) -> Order:
    """Two coffees, the last of five teas, and a samosa; the kitchen has begun it."""
    session.execute(text("UPDATE products SET stock = 5 WHERE sku IN ('coffee', 'tea')"))
    lines = [RequestedLine("coffee", 2), RequestedLine("tea", 1), RequestedLine("samosa", 1)]
    placed = place_order(session, asha, cart_of(session, *lines), "wamid.1")
    placed.status = "preparing"
    session.commit()
    return placed


def stock(session: Session) -> dict[str, int]:
    rows = session.execute(text("SELECT sku, stock FROM products WHERE stock IS NOT NULL"))
    return {row.sku: row.stock for row in rows}


def lines(order: Order) -> dict[str, int]:
    return {item["product"]: item["quantity"] for item in order.items}


def offers(shortage: Shortage) -> list[str]:
    return [item["product"] for item in shortage.offered]


def test_without_it(session: Session, order: Order) -> None:
    shortage = marking.mark_short(session, order, "coffee")
    answering.leave_out(session, shortage, order)
    assert (lines(order), order.total, order.status) == ({"tea": 1, "samosa": 1}, 120, "preparing")
    assert (stock(session), order.stock_taken) == ({"coffee": 5, "tea": 4}, {"tea": 1})
    assert shortage.state == "without"
    with pytest.raises(answering.NothingAsked):
        answering.leave_out(session, shortage, order)


def test_a_swap_is_charged_as_it_was_told(session: Session, order: Order) -> None:
    shortage = marking.mark_short(session, order, "coffee", ["tea"])
    answering.swap_line(session, shortage, order, 1)
    assert lines(order) == {"tea": 3, "samosa": 1}
    assert order.total == 280
    assert (stock(session), order.stock_taken) == ({"coffee": 5, "tea": 2}, {"tea": 3})


def test_what_is_alike_is_offered(session: Session, order: Order) -> None:
    assert offers(marking.mark_short(session, order, "coffee")) == ["juice", "tea"]
    assert offers(marking.mark_short(session, order, "tea")) == ["juice"]
    assert offers(marking.mark_short(session, order, "samosa", [])) == []


def test_what_comes_with_a_choice_or_is_too_few_is_not_offered(
    session: Session, order: Order
) -> None:
    add_sizes(session, "juice")
    session.execute(text("UPDATE products SET stock = 1 WHERE sku = 'tea'"))
    assert offers(marking.mark_short(session, order, "coffee")) == []


def test_a_swap_that_is_gone_or_dearer_changes_nothing(session: Session, order: Order) -> None:
    shortage = marking.mark_short(session, order, "coffee")
    before = (order.items, order.total, stock(session))
    session.execute(text("UPDATE products SET price = 95 WHERE sku = 'juice'"))
    session.execute(text("UPDATE products SET stock = 1 WHERE sku = 'tea'"))
    for place in (1, 2, 3):
        with pytest.raises(answering.CannotSwap):
            answering.swap_line(session, shortage, order, place)
    assert (order.items, order.total) == before[:2]
    again = asking.renew_question(session, shortage, order)
    assert again
    assert [(one["product"], one["price"]) for one in again.offered] == [("juice", 95)]
    assert shortage.state == "outdated"


def test_what_stays_keeps_its_price_and_its_stock(session: Session, order: Order) -> None:
    """The other lines may be sold out or dearer by now: they were placed."""
    settle(session, minimum_order=200)
    session.execute(text("UPDATE products SET stock = 0, price = 99 WHERE sku = 'tea'"))
    shortage = marking.mark_short(session, order, "coffee")
    answering.leave_out(session, shortage, order)
    assert (lines(order), order.total) == ({"tea": 1, "samosa": 1}, 120)


def test_the_only_line_is_not_left_out(session: Session, asha: UserProfile) -> None:
    order = place_order(session, asha, cart_of(session), "wamid.2")
    shortage = marking.mark_short(session, order, "coffee")
    with pytest.raises(answering.OnlyLine):
        answering.leave_out(session, shortage, order)
    answering.cancel_all(session, shortage, order, "Coffee × 2 ran out")
    assert (order.status, order.cancel_reason) == ("cancelled", "Coffee × 2 ran out")
    assert statuses(session) == ["ran_out"], "the customer is told in the conversation"


def statuses(session: Session) -> list[str]:
    return list(session.scalars(select(OrderNotice.status).order_by(OrderNotice.id)))


def test_a_cancellation_gives_back_what_is_there(session: Session, order: Order) -> None:
    shortage = marking.mark_short(session, order, "coffee", stop_selling=True)
    assert stock(session) == {"coffee": 0, "tea": 4}
    answering.cancel_all(session, shortage, order, "Coffee ran out")
    session.expire_all()
    assert stock(session) == {"coffee": 0, "tea": 5}


def test_what_is_not_counted_goes_off_the_menu(session: Session, order: Order) -> None:
    shortage = marking.mark_short(session, order, "samosa", stop_selling=True)
    assert not is_available(session, "samosa")
    marking.take_back_shortage(session, shortage, order)
    assert is_available(session, "samosa")


def is_available(session: Session, sku: str) -> bool:
    session.flush()
    found = session.execute(text("SELECT is_available FROM products WHERE sku = :s"), {"s": sku})
    return bool(found.scalar())


def test_what_was_found_is_as_it_was(session: Session, order: Order) -> None:
    shortage = marking.mark_short(session, order, "coffee", stop_selling=True)
    assert order.stock_taken == {"tea": 1}
    assert marking.take_back_shortage(session, shortage, order)
    session.flush()
    assert (stock(session), order.stock_taken) == (
        {"coffee": 3, "tea": 4},
        {"coffee": 2, "tea": 1},
    )
    assert not marking.take_back_shortage(session, shortage, order)
    assert statuses(session) == ["preparing", "ran_out"], "nobody was asked, so nobody is told"


def test_two_lines_may_run_out_at_once(session: Session, order: Order) -> None:
    coffee = marking.mark_short(session, order, "coffee")
    samosa = marking.mark_short(session, order, "samosa")
    answering.leave_out(session, coffee, order)
    answering.swap_line(session, samosa, order, 1)
    assert lines(order) == {"tea": 1, "pakora": 1}
    assert order.total == 140


def test_notes_stay_with_their_lines(session: Session, asha: UserProfile) -> None:
    wanted = [
        RequestedLine("coffee", 1, "cold"),
        RequestedLine("coffee", 1),
        RequestedLine("tea", 1, "no sugar"),
    ]
    order = place_order(session, asha, cart_of(session, *wanted), "wamid.3")
    order.notes = {**order.notes, "": "ring twice"}
    session.commit()
    first = marking.mark_short(session, order, "coffee", [])
    second = marking.mark_short(session, order, "coffee#2", [])
    answering.leave_out(session, first, order)
    assert order.notes == {"tea": "no sugar", "": "ring twice"}
    assert second.line == "coffee"
    answering.leave_out(session, second, order)
    assert lines(order) == {"tea": 1}


def test_an_answer_belongs_to_its_version_of_the_order(session: Session, order: Order) -> None:
    shortage = marking.mark_short(session, order, "coffee")
    order.items = [{**order.items[0], "quantity": 3}, *order.items[1:]]
    session.commit()
    with pytest.raises(answering.OrderChanged):
        answering.leave_out(session, shortage, order)
    again = asking.renew_question(session, shortage, order)
    assert again
    assert read_placed_lines(session, again.items)[0].said == "Coffee × 3"
    assert again.created_at == shortage.created_at
    order.items = order.items[1:]
    session.commit()
    assert asking.renew_question(session, again, order) is None


@pytest.mark.parametrize("status", ["delivered", "cancelled"])
def test_what_is_over_is_not_asked_about(session: Session, order: Order, status: Any) -> None:
    shortage = marking.mark_short(session, order, "coffee")
    order.status = status
    session.commit()
    with pytest.raises(answering.NothingAsked):
        answering.leave_out(session, shortage, order)
    with pytest.raises(marking.OrderOver):
        marking.mark_short(session, order, "tea")


def test_a_line_is_asked_about_once(session: Session, order: Order) -> None:
    marking.mark_short(session, order, "coffee")
    with pytest.raises(marking.AlreadyAsked):
        marking.mark_short(session, order, "coffee")
    with pytest.raises(marking.NoSuchLine):
        marking.mark_short(session, order, "caviar")


def test_an_order_by_sql_says_less(session: Session, asha: UserProfile) -> None:
    order = Order(
        customer_id=asha.id,
        items=[{"product": "coffee", "quantity": 2}, {"product": "tea", "quantity": 1}],
        total=320,
    )
    session.add(order)
    session.commit()
    shortage = marking.mark_short(session, order, "coffee", ["juice"])
    answering.swap_line(session, shortage, order, 1)
    assert (lines(order), order.total) == ({"juice": 2, "tea": 1}, 260)


def test_news_of_the_status_go_on(session: Session, order: Order) -> None:
    """A question is no status: what is told of it, and whether, stays as it was."""
    marking.mark_short(session, order, "coffee")
    move_order(session, order, "ready")
    assert statuses(session)[-1] == "ready"


def test_the_nearest_price_comes_first(session: Session, order: Order) -> None:
    line = read_placed_lines(session, order.items)[1]
    assert [item["product"] for item in find_replacements(session, line)] == ["juice", "coffee"]


def test_staff_and_customer_do_not_both_have_their_way(
    session: Session, order: Order, engine: Engine
) -> None:
    """The customer taps while staff take the question back: the tap comes too late."""
    shortage = marking.mark_short(session, order, "coffee")
    session.commit()
    outcome: list[str] = []

    def tap() -> None:
        with Session(engine) as customer:
            own = customer.get_one(Order, order.order_id)
            try:
                answering.leave_out(customer, customer.get_one(Shortage, shortage.id), own)
            except answering.NothingAsked:
                outcome.append("too late")

    assert marking.take_back_shortage(session, shortage, order)
    tapping = threading.Thread(daemon=True, target=tap)
    tapping.start()
    tapping.join(0.5)
    assert tapping.is_alive()
    session.commit()
    tapping.join(60)
    assert outcome == ["too late"]
    assert lines(order)["coffee"] == 2
