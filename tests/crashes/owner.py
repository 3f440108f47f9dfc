"""The owner of the shop in a crash run: pauses, closes, opens again, cancels orders; by SQL."""

import asyncio
import contextlib
import random
from collections import Counter
from datetime import UTC, datetime

import psycopg

from tests.crashes.traders import PRODUCT
from tests.crashes.world import Shop

SLOT_CAPACITY = 3
SKU = PRODUCT.lower()
# Seconds for which the shop stays as it is.
OPEN_FOR = (1.0, 4.0)
SHUT_FOR = (0.5, 2.0)

# What was true of the shop when an order's row was written. The placing holds the settings' row,
# which the owner's statements below change: neither can pass the other unseen.
_WATCH = """
CREATE TABLE placed_when (
    order_id text PRIMARY KEY, due_at timestamptz, is_paused boolean, is_closed boolean);
CREATE FUNCTION keep_placed_when() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO placed_when
    SELECT NEW.order_id, NEW.due_at, coalesce(paused_until > clock_timestamp(), false), EXISTS (
        SELECT FROM opening_exceptions
        WHERE opens IS NULL AND day = (clock_timestamp() AT TIME ZONE time_zone)::date)
    FROM shop_settings;
    RETURN NULL;
END $$;
CREATE TRIGGER placed_when AFTER INSERT ON orders
    FOR EACH ROW EXECUTE FUNCTION keep_placed_when();
"""
_TRADE = """
UPDATE shop_settings SET time_zone = %(zone)s, order_ahead_days = 1, slot_minutes = 30,
    slot_capacity = %(capacity)s;
INSERT INTO opening_exceptions (day, opens, closes)
    VALUES ((now() AT TIME ZONE %(zone)s)::date + 1, '10:00', '14:00');
INSERT INTO products (sku, name, price, category, stock) VALUES
    (%(sku)s, %(name)s, 90, 'Sweets', %(stock)s);
"""
_LOCK = "SELECT FROM shop_settings FOR UPDATE;"
_PAUSE = "UPDATE shop_settings SET paused_until = '9999-01-01Z';"
_CLOSE = f"""{_LOCK}
INSERT INTO opening_exceptions (day)
    SELECT (now() AT TIME ZONE time_zone)::date FROM shop_settings;
"""
_OPEN = f"""{_LOCK}
DELETE FROM opening_exceptions WHERE opens IS NULL;
UPDATE shop_settings SET paused_until = NULL;
"""
_CANCEL = """
UPDATE orders SET status = 'cancelled' WHERE order_id = (
    SELECT order_id FROM orders JOIN placed_when USING (order_id) WHERE status = 'pending'
    ORDER BY random() LIMIT 1);
"""


def zone_at_noon(moment: datetime) -> str:
    """A time zone in which it is about noon, so that no day ends during a run."""
    ahead = 12 - moment.astimezone(UTC).hour
    return f"Etc/GMT{-ahead:+}" if ahead else "Etc/GMT"


class Owner:
    """Opens a shop with little in it, and does not leave it alone until told to stop."""

    def __init__(self, shop: Shop, stock: int) -> None:
        self._shop = shop
        self.stock = stock
        self.deeds: Counter[str] = Counter()

    def begin(self) -> None:
        """The hours, the times and the product, and the trigger that watches."""
        zone = zone_at_noon(datetime.now(UTC))
        given = {"zone": zone, "capacity": SLOT_CAPACITY, "sku": SKU, "name": PRODUCT}
        with psycopg.connect(self._shop.database_url) as connection:
            connection.execute(_WATCH)
            for statement in filter(str.strip, _TRADE.split(";")):
                connection.execute(statement, {**given, "stock": self.stock})

    async def goes_on(self) -> None:
        """Until cancelled; the shop is open afterwards (`ends`)."""
        while True:
            await asyncio.sleep(random.uniform(*OPEN_FOR))
            await self._does("orders cancelled by the shop", _CANCEL)
            await self._does(*random.choice([("pauses", _PAUSE), ("closings", _CLOSE)]))
            await asyncio.sleep(random.uniform(*SHUT_FOR))
            await self.ends()

    async def ends(self) -> None:
        """Opens the shop for good, as soon as the database is there."""
        while not await self._does("openings", _OPEN):  # noqa: ASYNC110 (the database is outside)
            await asyncio.sleep(1)

    async def _does(self, deed: str, statements: str) -> bool:
        """Whether it was done; a database that was just killed is met again later."""
        with contextlib.suppress(psycopg.OperationalError):
            await asyncio.to_thread(self._execute, statements)
            self.deeds[deed] += 1
            return True
        return False

    def _execute(self, statements: str) -> None:
        with psycopg.connect(self._shop.database_url, connect_timeout=2) as connection:
            connection.execute(statements)
