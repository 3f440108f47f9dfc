"""What a shop with hours, stock and times must be able to say after a crash run."""

from tests.crashes.owner import SKU, SLOT_CAPACITY, Owner
from tests.crashes.traders import Trader
from tests.crashes.world import Shop

_SHUT = """
SELECT order_id FROM placed_when WHERE is_paused OR (is_closed AND due_at IS NULL)
"""
# An order counts for the half hour in which it is due: slots begin at 10:15.
_FULL = """
SELECT date_bin('30 minutes', due_at, '2026-01-01 10:15Z') AS slot, count(*)
FROM orders WHERE due_at IS NOT NULL AND status <> 'cancelled'
GROUP BY slot HAVING count(*) > %s
"""
_SOLD = """
SELECT coalesce(sum((item->>'quantity')::int), 0) AS sold
FROM orders, jsonb_array_elements(items) AS item
WHERE item->>'product' = %s AND status <> 'cancelled'
"""


def judge_trade(shop: Shop, owner: Owner, traders: list[Trader]) -> list[str]:
    """Everything that the shop should not have done; empty where all is well."""
    wrong = [f"{row['order_id']} was placed while closed" for row in shop.rows(_SHUT)]
    wrong += [
        f"{row['count']} orders for {row['slot']}, where {SLOT_CAPACITY} may be"
        for row in shop.rows(_FULL, SLOT_CAPACITY)
    ]
    [left] = shop.rows("SELECT stock FROM products WHERE sku = %s", SKU)
    [sold] = shop.rows(_SOLD, SKU)
    if left["stock"] < 0 or left["stock"] + sold["sold"] != owner.stock:
        wrong.append(f"{sold['sold']} sold and {left['stock']} left of {owner.stock}")
    return wrong + [f"{one.phone} was told otherwise" for one in traders if not is_right(shop, one)]


def is_right(shop: Shop, trader: Trader) -> bool:
    """Whether the orders that the customer was told of are the ones that are there."""
    rows = shop.rows("SELECT order_id FROM orders WHERE customer_phone = %s", trader.phone)
    return {row["order_id"] for row in rows} == set(trader.orders)
