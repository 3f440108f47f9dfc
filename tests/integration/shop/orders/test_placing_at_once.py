"""Many customers at the same moment: never more than there is."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from shop.carts.cart import Cart
from shop.carts.lines import RequestedLine
from shop.opening import switch
from shop.orders.order_checks import NotPlaceable
from shop.orders.placing import place_order
from tests.integration.shop.orders.trading import cart_of, first_slot, settle, somebody

MANY = 20


@pytest.fixture
def crowd(engine: Engine):
    """An engine with a connection for each of them."""
    made = create_engine(engine.url, pool_size=MANY + 1, max_overflow=0)
    yield made
    made.dispose()


def at_once(crowd: Engine, make_cart: Callable[[Session, int], Cart]) -> Counter[str]:
    """Twenty customers place a cart each at the same moment; how it ended, by kind."""
    start = threading.Barrier(MANY)

    def place(number: int) -> str:
        with Session(crowd) as session:
            customer = somebody(session, f"9198000{number:05}")
            cart = make_cart(session, number)
            session.commit()
            start.wait(timeout=60)
            try:
                place_order(session, customer, cart, f"wamid.{number}")
            except NotPlaceable as refused:
                session.rollback()
                return type(refused).__name__
            session.commit()
            return "placed"

    with ThreadPoolExecutor(MANY) as pool:
        return Counter(pool.map(place, range(MANY)))


def test_twenty_on_a_stock_of_five(session: Session, crowd: Engine) -> None:
    session.execute(text("UPDATE products SET stock = 5 WHERE sku = 'coffee'"))
    session.commit()
    ends = at_once(crowd, lambda session, _: cart_of(session, RequestedLine("coffee", 1)))
    assert ends == {"placed": 5, "OutOfStock": 15}
    assert session.scalar(text("SELECT stock FROM products WHERE sku = 'coffee'")) == 0
    assert session.scalar(text("SELECT count(*) FROM orders")) == 5


def test_twenty_on_two_stocks_in_either_order_never_block_each_other(
    session: Session, crowd: Engine
) -> None:
    session.execute(text("UPDATE products SET stock = 14 WHERE sku IN ('coffee', 'tea', 'samosa')"))
    session.commit()

    def make_cart(session: Session, number: int) -> Cart:
        lines = [RequestedLine(sku, 1) for sku in ("coffee", "samosa", "tea", "pakora")]
        return cart_of(session, *(lines if number % 2 else reversed(lines)))

    assert at_once(crowd, make_cart) == {"placed": 14, "OutOfStock": 6}
    left = session.scalars(text("SELECT DISTINCT stock FROM products WHERE stock IS NOT NULL"))
    assert left.all() == [0]


def test_twenty_on_a_slot_of_three(session: Session, crowd: Engine) -> None:
    settle(session, order_ahead_days=1, slot_capacity=3)
    session.commit()
    due = first_slot(session)
    ends = at_once(crowd, lambda session, _: cart_of(session, due_at=due))
    assert ends == {"placed": 3, "SlotFull": 17}
    assert session.scalar(text("SELECT count(*) FROM orders WHERE due_at IS NOT NULL")) == 3


def test_who_pauses_the_shop_waits_for_placings_and_no_later_one_comes_through(
    session: Session, crowd: Engine
) -> None:
    customer, cart = somebody(session), cart_of(session)
    session.commit()
    place_order(session, customer, cart, "wamid.before")
    paused = threading.Event()

    def pause() -> None:
        with Session(crowd) as other, other.begin():
            switch.pause_until_reopened(other)
        paused.set()

    thread = threading.Thread(daemon=True, target=pause)
    thread.start()
    assert not paused.wait(0.3)
    session.commit()
    thread.join(timeout=60)
    assert paused.is_set()
    with pytest.raises(NotPlaceable):
        place_order(session, customer, cart, "wamid.after")


def test_cancelling_and_placing_at_once_end(session: Session, crowd: Engine) -> None:
    """Whoever cancels locks order and product, whoever places the product alone."""
    session.execute(text("UPDATE products SET stock = 20 WHERE sku IN ('coffee', 'tea')"))
    session.commit()
    both = [RequestedLine("coffee", 1), RequestedLine("tea", 1)]
    assert at_once(crowd, lambda session, _: cart_of(session, *both)) == {"placed": MANY}
    numbers = session.scalars(text("SELECT order_id FROM orders")).all()
    session.commit()

    def toggle(order_id: str) -> None:
        for status in ("cancelled", "pending", "cancelled"):
            with crowd.begin() as connection:
                connection.execute(
                    text("UPDATE orders SET status = :status WHERE order_id = :order_id"),
                    {"status": status, "order_id": order_id},
                )

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(toggle, numbers))
    stocks = session.scalars(text("SELECT stock FROM products WHERE stock IS NOT NULL")).all()
    assert stocks == [20, 20]
