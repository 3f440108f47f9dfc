"""What outside SQL may rely on: defaults for what it leaves out, and what triggers do."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

PHONE = "919876500001"
CUSTOMER = f"(SELECT id FROM user_profiles WHERE whatsapp_phone = '{PHONE}')"

# Per table: an insert with the contract's columns alone, and what the database adds.
INSERTS = {
    "user_profiles": (
        "INSERT INTO user_profiles (whatsapp_phone) VALUES ('919876500002')",
        {
            "customer_tier": "regular",
            "subscription": "subscribed",
            "tags": [],
            "total_messages": 0,
            "is_active": True,
        },
    ),
    "workflow_templates": (
        "INSERT INTO workflow_templates (template_name, template_type, menu_structure) "
        "VALUES ('offers', 'button', '{}')",
        {"trigger_keywords": [], "is_active": True, "translations": {}},
    ),
    "conversation_state": (
        "INSERT INTO conversation_state (customer_id, conversation_flow, current_step) "
        f"VALUES ({CUSTOMER}, 'new_order', 'quantity_input')",
        {"context": {}, "phone_number": None},
    ),
    "whatsapp_messages": (
        "INSERT INTO whatsapp_messages (message_id, from_phone, to_phone, message_type, content) "
        f"VALUES ('wamid.1', '{PHONE}', '100', 'text', 'hi')",
        {"status": "received", "direction": "incoming", "payload": {}, "attempts": 0},
    ),
    "products": (
        "INSERT INTO products (sku, name, price) VALUES ('lassi', 'Lassi', 70)",
        {"description": "", "category": "Other", "aliases": [], "is_available": True},
    ),
    "orders": (
        "INSERT INTO orders (customer_phone, items, total) "
        f"""VALUES ('{PHONE}', '[{{"product": "coffee", "quantity": 2}}]', 240)""",
        {"status": "pending", "customer_id": None},
    ),
    "tickets": ("INSERT INTO tickets DEFAULT VALUES", {"status": "open", "category": "other"}),
}


@pytest.fixture
def sql(plain_sql):
    """Runs SQL in a database with a customer."""
    plain_sql(f"INSERT INTO user_profiles (whatsapp_phone) VALUES ('{PHONE}')")
    return plain_sql


@pytest.mark.parametrize("table", INSERTS)
def test_the_contracts_columns_are_enough(sql, table):
    statement, expected = INSERTS[table]
    (row,) = sql(f"{statement} RETURNING *")
    assert {key: row[key] for key in expected} == expected
    assert row["created_at"] == row["updated_at"]
    assert row["created_at"].tzinfo is not None


@pytest.mark.parametrize("table", INSERTS)
def test_updated_at_follows_changes_by_hand(sql, table):
    sql(INSERTS[table][0])
    (row,) = sql(
        f"UPDATE {table} SET created_at = '2020-01-01', updated_at = '2020-01-01' "
        f"WHERE created_at = (SELECT max(created_at) FROM {table}) RETURNING *, now() AS now"
    )
    assert row["updated_at"] == row["now"]


@pytest.mark.parametrize(
    ("table", "number", "prefix"), [("orders", "order_id", "ORD"), ("tickets", "ticket_id", "TKT")]
)
def test_numbers_are_drawn_at_random(sql, table, number, prefix):
    rows = sql(
        f"INSERT INTO {table} ({number}) "
        f"SELECT new_{table[:-1]}_id() FROM generate_series(1, 200) RETURNING {number}"
    )
    numbers = [row[number] for row in rows]
    assert all(re.fullmatch(prefix + r"-[1-9]\d{5}", each) for each in numbers)
    digits = [int(each[4:]) for each in numbers]
    assert digits != sorted(digits)
    assert max(digits) - min(digits) > 500_000


def test_a_full_range_of_numbers_draws_longer_ones(sql):
    sql(
        "INSERT INTO orders (order_id) "
        "SELECT 'ORD-' || n FROM generate_series(100000, 999999) AS n WHERE n % 50 > 0"
    )
    (row,) = sql("SELECT array_agg(new_order_id()) AS ids FROM generate_series(1, 200)")
    lengths = {len(order_id) for order_id in row["ids"]}
    assert lengths <= {len("ORD-123456"), len("ORD-1234567")}
    assert len("ORD-1234567") in lengths


def test_every_change_of_a_menu_leaves_a_version(sql):
    sql(INSERTS["workflow_templates"][0])
    sql("UPDATE workflow_templates SET trigger_keywords = '{deal}' WHERE template_name = 'offers'")
    sql("UPDATE workflow_templates SET updated_at = now() WHERE template_name = 'offers'")
    sql("DELETE FROM workflow_templates WHERE template_name = 'offers'")
    rows = sql(
        "SELECT version, change, trigger_keywords, changed_by FROM workflow_template_versions "
        "WHERE template_name = 'offers' ORDER BY version"
    )
    assert [tuple(row.values()) for row in rows] == [
        (1, "created", [], "shop"),
        (2, "changed", ["deal"], "shop"),
        (3, "deleted", ["deal"], "shop"),
    ]


def test_a_version_says_who_made_it(sql, session):
    session.execute(text("SELECT set_config('shop.staff', 'Asha', true)"))
    sql(INSERTS["workflow_templates"][0])
    sql("UPDATE workflow_templates SET is_active = false WHERE template_name = 'offers'")
    rows = sql(
        "SELECT changed_by FROM workflow_template_versions "
        "WHERE template_name = 'offers' ORDER BY version"
    )
    assert [row["changed_by"] for row in rows] == ["Asha", "shop"]


def test_menus_that_are_truncated_leave_versions_too(sql):
    sql("TRUNCATE workflow_templates")
    rows = sql("SELECT template_name FROM workflow_template_versions WHERE change = 'deleted'")
    assert {row["template_name"] for row in rows} >= {"main_menu", "product_catalog"}


def test_orders_outlive_their_customer_and_messages_do_not(sql):
    sql(f"INSERT INTO orders (order_id, customer_id) VALUES ('ORD-1', {CUSTOMER})")
    sql(f"INSERT INTO whatsapp_messages (message_id, customer_id) VALUES ('wamid.1', {CUSTOMER})")
    sql(INSERTS["conversation_state"][0])
    sql(f"DELETE FROM user_profiles WHERE whatsapp_phone = '{PHONE}'")
    assert sql("SELECT customer_id FROM orders") == [{"customer_id": None}]
    assert sql("SELECT 1 FROM whatsapp_messages") == []
    assert sql("SELECT 1 FROM conversation_state") == []


REFUSED = {
    "an unknown status": "INSERT INTO orders (status) VALUES ('lost')",
    "a negative price": "INSERT INTO products (sku, name, price) VALUES ('x', 'X', -1)",
    "an unknown type of menu": "INSERT INTO workflow_templates "
    "(template_name, template_type, menu_structure) VALUES ('x', 'carousel', '{}')",
    "an unknown direction": "INSERT INTO whatsapp_messages (direction) VALUES ('sideways')",
    "an unknown subscription": "INSERT INTO user_profiles (subscription) VALUES ('perhaps')",
    "a phone twice": f"INSERT INTO user_profiles (whatsapp_phone) VALUES ('{PHONE}')",
    "an order for nobody": "INSERT INTO orders (customer_id) VALUES (gen_random_uuid())",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_nonsense_is_refused(sql, statement):
    with pytest.raises(IntegrityError):
        sql(statement)
