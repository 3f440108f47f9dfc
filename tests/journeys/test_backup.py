"""A shop is lost and restored: the same orders, and conversations go on in the middle."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from storage.backup.making import Place, make_backup
from storage.backup.restoring import restore_backup
from tests.integration.conftest import forget_database
from tests.journeys.one_process import OneProcess, Person, opened

KEY = "a passphrase of some words" if shutil.which("gpg") else None
ORDERS = "SELECT * FROM orders ORDER BY created_at, order_id"


@contextmanager
def shop_on(url: str) -> Iterator[OneProcess]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", url)
        forget_database()
        with opened(url) as shop:
            yield shop
    forget_database()


def places_an_order(shop: OneProcess) -> None:
    somebody = Person(shop)
    somebody.types("1 coffee and 2 samosas")
    somebody.taps("✅ Confirm Order")
    assert "Order Confirmed" in somebody.text


def back_up_while_customers_order(shop: OneProcess, place: Place) -> Path:
    """The backup; at least one order is placed after it has begun."""
    made: list[Path] = []
    making = threading.Thread(
        daemon=True, target=lambda: made.append(make_backup(shop.database_url, place))
    )
    making.start()
    places_an_order(shop)
    while making.is_alive():
        places_an_order(shop)
    making.join()
    return made[0]


def numbers(orders: list[dict[str, Any]]) -> set[str]:
    return {order["order_id"] for order in orders}


def test_a_lost_shop_comes_back_and_conversations_go_on(
    new_database: Callable[..., Any], prepared_database: str, tmp_path: Path
) -> None:
    place = Place(tmp_path / "backups", keep=3, key=KEY)
    with new_database(prepared_database) as url, shop_on(url) as shop:
        asha = Person(shop)
        asha.types("2 coffees")
        assert "Coffee × 2 = ₹240" in asha.text
        places_an_order(shop)
        places_an_order(shop)
        before = shop.rows(ORDERS)
        in_the_middle = asha.state()
        made = back_up_while_customers_order(shop, place)
        after = shop.rows(ORDERS)
    # The database is dropped here; what is left is the file.
    with new_database() as url:
        restore_backup(url, made, KEY)
        with shop_on(url) as shop:
            asha.shop = shop
            restored = shop.rows(ORDERS)
            assert [order for order in restored if order in before] == before
            assert numbers(before) <= numbers(restored) <= numbers(after)
            # What was being answered at the moment of the backup is answered now.
            shop.answer_waiting()
            placed = len(shop.rows(ORDERS))
            assert asha.state() == in_the_middle
            asha.taps("✅ Confirm Order")
            assert "Order Confirmed" in asha.text
            assert [order["total"] for order in asha.orders()] == [240]
            asha.taps("✅ Confirm Order", on=asha.said[0])
            assert len(asha.orders()) == 1
            places_an_order(shop)
            assert len(shop.rows(ORDERS)) == placed + 2
