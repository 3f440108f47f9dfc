"""What outside SQL may rely on in the tables of trade (docs/trading.md)."""

from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

GROUP = "(SELECT id FROM option_groups LIMIT 1)"


@pytest.fixture
def sql(plain_sql):
    """Runs SQL in a database with a customer and a group of options."""
    plain_sql("INSERT INTO user_profiles (whatsapp_phone) VALUES ('919876500001')")
    plain_sql("INSERT INTO option_groups (name) VALUES ('Size')")
    return plain_sql


def one(sql, statement):
    [row] = sql(statement)
    return next(iter(row.values()))


def test_the_settings_have_their_defaults(sql):
    [row] = sql("SELECT * FROM shop_settings")
    expected = {
        "shop_name": "Chai Corner", "accepts_orders": "automatically", "preparation_minutes": 15,
        "busy_minutes": 0, "busy_until": None, "accept_within_minutes": 10,
        "when_unaccepted": "remind", "paused_until": None, "pause_note": None,
        "fulfilment": ["pickup"], "order_ahead_days": 0, "slot_minutes": 30,
        "slot_capacity": None, "minimum_order": 0, "alarm_phone": None,
        "payment_methods": ["on_collection"],
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected


@pytest.mark.parametrize("away", ["DELETE FROM shop_settings", "TRUNCATE shop_settings"])
def test_the_row_of_settings_is_always_there(sql, away):
    sql("UPDATE shop_settings SET preparation_minutes = 40")
    sql(away)
    assert one(sql, "SELECT preparation_minutes FROM shop_settings") == 15


INSERTS = {
    "opening_hours": ("(weekday, opens, closes) VALUES (1, '09:00', '09:00')", {}),
    "opening_exceptions": ("(day) VALUES ('2026-12-25')", {"opens": None, "note": None}),
    "delivery_zones": (
        "(name, postcodes) VALUES ('Centre', '{560001}')",
        {"fee": 0, "minimum": 0, "free_from": None, "minutes": 45, "position": 0,
         "is_active": True, "radius_km": None},
    ),
    "categories": ("(name) VALUES ('Sweets')", {"translations": {}, "position": 0}),
    "option_groups": ("(name) VALUES ('Milk')", {"minimum": 0, "maximum": 1, "position": 0}),
    "options": (
        f"(group_id, name) VALUES ({GROUP}, 'Large')",
        {"price": 0, "aliases": [], "is_default": False, "is_available": True, "position": 0},
    ),
    "product_option_groups": (f"(sku, group_id) VALUES ('coffee', {GROUP})", {"position": 0}),
    "products": (
        "(sku, name, price) VALUES ('lassi', 'Lassi', 70)",
        {"image": None, "stock": None, "stock_daily": None, "translations": {},
         "short_name": None},
    ),
    "orders": (
        "(customer_phone, items, total) VALUES ('919876500001', '[]', 0)",
        {"fulfilment": "pickup", "address": None, "table_number": None, "fee": 0, "due_at": None,
         "promised_at": None, "accepted_at": None, "cancel_reason": None},
    ),
    "customer_addresses": (
        "(customer_id, text) SELECT id, 'MG Road 1' FROM user_profiles",
        {"postcode": None, "latitude": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("table", INSERTS)
def test_the_contracts_columns_are_enough(sql, table):
    values, expected = INSERTS[table]
    (row,) = sql(f"INSERT INTO {table} {values} RETURNING *")
    assert {key: row[key] for key in expected} == expected


REFUSED = {
    "24:00 opens": "INSERT INTO opening_hours (weekday, opens, closes) "
    "VALUES (1, '24:00', '10:00')",
    "24:00 closes": "INSERT INTO opening_hours (weekday, opens, closes) "
    "VALUES (1, '10:00', '24:00')",
    "an eighth day": "INSERT INTO opening_hours (weekday, opens, closes) "
    "VALUES (8, '10:00', '12:00')",
    "half an exception": "INSERT INTO opening_exceptions (day, opens) VALUES ('2026-12-25', '9:0')",
    "24:00 of a day": "INSERT INTO opening_exceptions (day, opens, closes) "
    "VALUES ('2026-12-25', '9:00', '24:00')",
    "an unknown zone": "UPDATE shop_settings SET time_zone = 'Asia/Bangalore'",
    "no zone": "UPDATE shop_settings SET time_zone = ''",
    "a second row": "INSERT INTO shop_settings (shop_name) VALUES ('Two')",
    "an unknown way": "UPDATE shop_settings SET fulfilment = '{pickup,drone}'",
    "no way": "UPDATE shop_settings SET fulfilment = '{}'",
    "a way of nothing": "UPDATE shop_settings SET fulfilment = '{pickup,null}'",
    "an unknown acceptance": "UPDATE shop_settings SET accepts_orders = 'perhaps'",
    "an unknown cure": "UPDATE shop_settings SET when_unaccepted = 'shout'",
    "a negative fee": "INSERT INTO delivery_zones (name, fee) VALUES ('x', -1)",
    "a fee that is no number": "INSERT INTO delivery_zones (name, fee) VALUES ('x', 'NaN')",
    "a pole beyond the pole": "INSERT INTO delivery_zones (name, latitude) VALUES ('x', 91)",
    "negative stock": "UPDATE products SET stock = -1",
    "more at least than at most": "UPDATE option_groups SET minimum = 2",
    "an option of nothing": "INSERT INTO options (group_id, name) VALUES (999, 'x')",
    "an unknown way of an order": "INSERT INTO orders (fulfilment) VALUES ('drone')",
    "an empty address": "INSERT INTO customer_addresses (customer_id, text) "
    "SELECT id, ' ' FROM user_profiles",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_nonsense_is_refused(sql, statement):
    with pytest.raises(IntegrityError):
        sql(statement)


def test_for_ever_is_a_year_that_every_driver_reads(sql):
    sql("UPDATE shop_settings SET paused_until = 'infinity', busy_until = '-infinity'")
    [row] = sql("SELECT paused_until, busy_until FROM shop_settings")
    assert (row["paused_until"].year, row["busy_until"].year) == (9999, 1970)


def test_a_products_category_is_made_when_it_is_missing(sql):
    seeded = sql("SELECT name, position FROM categories ORDER BY position")
    assert [row["name"] for row in seeded] == ["Beverages", "Snacks"]
    sql("INSERT INTO products (sku, name, price, category) VALUES ('kheer', 'Kheer', 90, 'Sweets')")
    sql("INSERT INTO products (sku, name, price, category) VALUES ('halwa', 'Halwa', 90, 'Sweets')")
    assert one(sql, "SELECT array_agg(name ORDER BY position) FROM categories") == [
        "Beverages", "Snacks", "Sweets",
    ]  # fmt: skip
    sql("UPDATE categories SET name = 'Desserts' WHERE name = 'Sweets'")
    assert one(sql, "SELECT array_agg(category) FROM products WHERE sku IN ('kheer', 'halwa')") == [
        "Desserts", "Desserts",
    ]  # fmt: skip


def test_products_may_be_replaced_whole(sql):
    sql(f"INSERT INTO product_option_groups (sku, group_id) VALUES ('coffee', {GROUP})")
    sql("UPDATE products SET sku = 'kaapi' WHERE sku = 'coffee'")
    assert one(sql, "SELECT sku FROM product_option_groups") == "kaapi"
    sql("DELETE FROM products WHERE sku = 'kaapi'")
    assert sql("SELECT * FROM product_option_groups") == []
    sql(f"INSERT INTO product_option_groups (sku, group_id) VALUES ('tea', {GROUP})")
    sql("TRUNCATE products")
    assert sql("SELECT * FROM product_option_groups") == []


def order(sql, **columns):
    names = ", ".join(["items", *columns])
    values = ", ".join(["'[]'", *(f":{name}" for name in columns)])
    [row] = sql(f"INSERT INTO orders ({names}) VALUES ({values}) RETURNING order_id", **columns)
    return row["order_id"]


def look(sql, number, columns):
    [row] = sql(f"SELECT {columns} FROM orders WHERE order_id = :number", number=number)
    return row


def test_confirming_by_sql_is_acceptance(sql):
    number = order(sql)
    sql("UPDATE shop_settings SET busy_minutes = 20, busy_until = now() + interval '1 hour'")
    sql("UPDATE orders SET status = 'confirmed' WHERE order_id = :number", number=number)
    row = look(
        sql, number, "accepted_at IS NOT NULL AS accepted, promised_at - accepted_at AS time"
    )
    assert row["accepted"]
    assert round(row["time"].total_seconds() / 60) == 35
    assert one(sql, "SELECT status FROM order_notices") == "confirmed"


def test_undoing_an_acceptance_takes_the_promise_back(sql):
    number = order(sql)
    for status in ("confirmed", "pending"):
        sql("UPDATE orders SET status = :status WHERE order_id = :number",
            status=status, number=number)  # fmt: skip
    assert tuple(look(sql, number, "accepted_at, promised_at").values()) == (None, None)


def test_a_slot_is_its_own_promise_and_staffs_own_counts(sql):
    number = order(sql, due_at="2026-12-24 18:00+05:30")
    sql("UPDATE orders SET status = 'confirmed' WHERE order_id = :number", number=number)
    assert look(sql, number, "promised_at = due_at AS same")["same"]
    number = order(sql)
    sql("UPDATE orders SET status = 'confirmed', promised_at = '2026-12-24 18:00+00' "
        "WHERE order_id = :number", number=number)  # fmt: skip
    assert look(sql, number, "promised_at")["promised_at"].hour is not None
    assert one(sql, "SELECT count(*) FROM orders WHERE promised_at = '2026-12-24 18:00+00'") == 1


def test_what_was_accepted_as_it_was_placed_is_not_told_again(sql):
    number = order(sql)
    sql("UPDATE orders SET accepted_at = created_at WHERE order_id = :number", number=number)
    sql("UPDATE orders SET status = 'confirmed' WHERE order_id = :number", number=number)
    assert sql("SELECT * FROM order_notices") == []
    sql("UPDATE orders SET status = 'ready' WHERE order_id = :number", number=number)
    assert one(sql, "SELECT status FROM order_notices") == "ready"


def test_a_cancellation_gives_stock_back_and_undoing_takes_it_again(sql):
    sql("UPDATE products SET stock = 3 WHERE sku IN ('coffee', 'tea')")
    number = order(sql, stock_taken='{"coffee": 2, "gone": 1}')
    stock = "SELECT stock FROM products WHERE sku = 'coffee'"
    move = "UPDATE orders SET status = :status WHERE order_id = :number"
    sql(move, status="cancelled", number=number)
    assert one(sql, stock) == 5
    sql(move, status="pending", number=number)
    assert one(sql, stock) == 3
    sql(move, status="cancelled", number=number)
    sql("UPDATE products SET stock = 1 WHERE sku = 'coffee'")
    with pytest.raises(SQLAlchemyError, match="there are not 2"):
        sql(move, status="pending", number=number)


def test_undoing_a_cancellation_takes_the_slot_again_or_is_refused(sql, session):
    sql("UPDATE shop_settings SET slot_capacity = 1")
    due = {"due_at": "2026-12-24 18:00+05:30"}
    first = order(sql, **due)
    move = "UPDATE orders SET status = :status WHERE order_id = :number"
    sql(move, status="cancelled", number=first)
    sql(move, status="pending", number=first)
    sql(move, status="cancelled", number=first)
    order(sql, **due)
    with pytest.raises(IntegrityError):
        sql(move, status="pending", number=first)
    session.rollback()
    assert look(sql, first, "status")["status"] == "cancelled"


def test_prices_are_exact(sql):
    sql(f"INSERT INTO options (group_id, name, price) VALUES ({GROUP}, 'Oat', 30.1)")
    assert one(sql, "SELECT price FROM options") == Decimal("30.10")
