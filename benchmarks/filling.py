"""Fills a database with a shop of any size by SQL: customers, messages, events, orders, ...

All rows are of the last 85 days, so that retention deletes none. All work is finished, except for
the amount that a shop of that size has open at a time.
"""

from dataclasses import dataclass

import psycopg
from sqlalchemy import create_engine

from storage.engine import sqlalchemy_url
from storage.migrations import apply_online, online


@dataclass(frozen=True)
class Size:
    """The number of customers; all other numbers follow from it."""

    customers: int

    @property
    def messages(self) -> int:
        return 15 * self.customers

    @property
    def events(self) -> int:
        return 30 * self.customers

    @property
    def orders(self) -> int:
        return self.customers * 5 // 2


USUAL = Size(20_000)
SMALL = Size(200)

# In all sizes, within the last minutes: the board shows the orders of today.
ORDERS_TODAY = 120
# One customer who writes more than all others.
BUSY_MESSAGES, BUSY_EVENTS = 4_000, 12_000

_STEPS = (
    """
    CREATE TEMP TABLE made ON COMMIT DROP AS
    SELECT n, gen_random_uuid() AS id FROM generate_series(1, %(customers)s) AS n;
    CREATE UNIQUE INDEX ON made (n);
    ANALYZE made
    """,
    """
    INSERT INTO user_profiles (id, whatsapp_phone, user_id, display_name, profile_name,
        last_interaction, total_messages, subscription, handed_over_until, handed_over_to)
    SELECT id, '91' || (7000000000 + n * 7), 'IN.' || (5000000000 + n), name, name,
        now() - n %% 85 * interval '1 day', 15,
        CASE WHEN n %% 40 = 0 THEN 'unsubscribed' ELSE 'subscribed' END,
        CASE WHEN n %% 5000 = 1 THEN now() - interval '2 hours' END,
        CASE WHEN n %% 5000 = 1 THEN 'Asha' END
    FROM made, LATERAL (SELECT
        (ARRAY['Asha', 'Ravi', 'Meera', 'Kabir', 'Zoya', 'Imran', 'Lata', 'Noor'])[1 + n %% 8]
        || ' ' || initcap(translate(substr(md5(n::text), 1, 6), '0123456789', 'aeioulmnrs'))
        AS name) AS names
    """,
    """
    INSERT INTO lanes (customer_id, direction)
    SELECT id, direction FROM made, (VALUES ('incoming'), ('outgoing')) AS ways (direction)
    """,
    """
    INSERT INTO consents (customer_id, topic, wants, way, words, cause)
    SELECT id, topic, n %% 40 <> 0, 'message', 'stop', 'wamid.consent.' || n
    FROM made, (VALUES ('news'), ('offers')) AS topics (topic) WHERE n %% 10 = 0
    """,
    # Half of them answer the other half; a session is three exchanges.
    """
    INSERT INTO whatsapp_messages (id, message_id, customer_id, from_phone, to_phone, content,
        status, direction, timestamp, created_at, sent_at, delivered_at, read_at, payload,
        cause_id, position, said_in, failed_at, dismissed_at)
    SELECT id, 'wamid.' || id, customer_id, CASE WHEN is_in THEN phone END,
        CASE WHEN NOT is_in THEN phone END,
        CASE WHEN is_in THEN 'two coffees please, number ' || id ELSE 'Coffee × 2 = ₹240' END,
        CASE WHEN is_in THEN 'processed' WHEN id %% 500 = 0 THEN 'failed' ELSE 'read' END,
        CASE WHEN is_in THEN 'incoming' ELSE 'outgoing' END, at, at,
        CASE WHEN NOT is_in THEN at + interval '1 second' END,
        CASE WHEN NOT is_in THEN at + interval '2 seconds' END,
        CASE WHEN NOT is_in THEN at + interval '3 seconds' END,
        CASE WHEN is_in THEN '{"type": "text", "text": {"body": "two coffees please"}}'::jsonb
            ELSE '{"type": "text", "text": {"body": "Coffee"}, "to": "x"}'::jsonb END,
        CASE WHEN NOT is_in THEN id - 1 END, CASE WHEN NOT is_in THEN 0 END,
        CASE WHEN NOT is_in THEN jsonb_build_object('session', turn / 3, 'flow', 'new_order',
            'step', (ARRAY['menu_shown', 'quantity_input', 'confirmation'])[1 + turn %% 3]) END,
        CASE WHEN NOT is_in AND id %% 500 = 0 THEN at END,
        CASE WHEN NOT is_in AND id %% 20000 <> 0 AND id %% 500 = 0 THEN at END
    FROM (
        SELECT g AS id, g %% 2 = 1 AS is_in, made.id AS customer_id,
            '91' || (7000000000 + made.n * 7) AS phone,
            (g - 1) / 2 / %(customers)s AS turn,
            now() - (%(messages)s - g)::double precision / %(messages)s * interval '85 days' AS at
        FROM generate_series(1, %(messages)s) AS g
        JOIN made ON made.n = 1 + (g - 1) / 2 %% %(customers)s
    ) AS made_up
    """,
    """
    INSERT INTO whatsapp_messages (id, message_id, customer_id, content, status, direction,
        timestamp, created_at, said_in)
    SELECT %(messages)s + g, 'wamid.busy.' || g, id, 'again and again ' || g, 'processed',
        'incoming', now(), now(), NULL
    FROM generate_series(1, %(busy_messages)s) AS g JOIN made ON n = 2
    """,
    """
    INSERT INTO events (sender_id, type_name, timestamp, intent_name, data)
    SELECT made.id::text,
        CASE g / %(customers)s %% 10 WHEN 0 THEN 'session_started' WHEN 1 THEN 'user'
            ELSE 'action' END,
        extract(epoch FROM now() - (%(events)s - g)::double precision / %(events)s
            * interval '85 days'),
        'new_order', '{"event": "user", "timestamp": 1790000000.0, "text": "two coffees please", '
            || '"parse_data": {"intent": {"name": "new_order", "confidence": 0.98}}, "n": ' || g
            || ', "metadata": {"type": "text", "tapped": null}}'
    FROM generate_series(1, %(events)s) AS g JOIN made ON made.n = 1 + g %% %(customers)s
    """,
    """
    INSERT INTO events (sender_id, type_name, timestamp, data)
    SELECT id::text, CASE g %% 20 WHEN 0 THEN 'session_started' ELSE 'user' END,
        extract(epoch FROM now()), '{"event": "user"}'
    FROM generate_series(1, %(busy_events)s) AS g JOIN made ON n = 2
    """,
    """
    INSERT INTO orders (order_id, customer_id, customer_phone, items, total, status,
        cause_message_id, session, created_at, moved_at)
    SELECT 'ORD-' || (100000 + g), id, '91' || (7000000000 + made.n * 7),
        '[{"product": "coffee", "product_name": "Coffee", "price": 120, "quantity": 2}]', 240,
        CASE WHEN g > %(orders)s - 40 THEN (ARRAY['pending', 'preparing'])[1 + g %% 2]
            WHEN g %% 20 = 0 THEN 'cancelled' ELSE 'delivered' END,
        'wamid.cause.' || g, (g / %(customers)s)::text, at, at
    FROM generate_series(1, %(orders)s) AS g JOIN made ON made.n = 1 + g %% %(customers)s,
        LATERAL (SELECT CASE WHEN g > %(orders)s - %(orders_today)s
            THEN now() - (%(orders)s - g) * interval '1 second'
            ELSE now() - interval '1 day' - (%(orders)s - g)::double precision / %(orders)s
                * interval '84 days' END AS at) AS times
    """,
    """
    INSERT INTO order_sightings (order_id, staff_name)
    SELECT order_id, 'Asha' FROM orders WHERE status <> 'pending';
    INSERT INTO order_notices (order_id, status, state, created_at, updated_at)
    SELECT order_id, status, 'queued', created_at, created_at FROM orders;
    INSERT INTO audit_log (at, staff_name, action, subject, details)
    SELECT created_at, 'Asha', 'moved', order_id, '{"before": "pending", "after": "confirmed"}'
    FROM orders, generate_series(1, 2)
    """,
    """
    INSERT INTO tickets (ticket_id, customer_id, customer_phone, category, description, status,
        cause_message_id, created_at, updated_at, taken_up_at)
    SELECT 'TKT-' || (100000 + n), id, '91' || (7000000000 + n * 7),
        CASE WHEN n %% 100 = 0 THEN 'person' ELSE 'delivery' END, 'it was cold, number ' || n,
        CASE WHEN n %% (%(customers)s / 20) = 0 THEN 'open' ELSE 'closed' END,
        'wamid.' || (2 * n - 1), at, at, at + interval '9 minutes'
    FROM made, LATERAL (SELECT now() - n::double precision / %(customers)s
        * interval '85 days' AS at) AS times
    WHERE n %% 2 = 0;
    INSERT INTO media_files (message_id, media_type, content, customer_id, created_at)
    SELECT cause_message_id, 'image/jpeg', 'a picture', customer_id, created_at FROM tickets;
    INSERT INTO unclear_messages (cause_id, customer_id, text, guess, created_at)
    SELECT n, id, 'words that nobody knows ' || n %% 100, 'support',
        now() - n::double precision / %(customers)s * interval '85 days'
    FROM made WHERE n %% 8 = 0 AND n %% 40 <> 0
    """,
    """
    INSERT INTO customer_addresses (customer_id, text, postcode, last_used_at)
    SELECT id, n || ' MG Road', '560001',
        now() - n::double precision / %(customers)s * interval '85 days'
    FROM made WHERE n %% 2 = 0
    """,
    """
    INSERT INTO conversation_state (customer_id, conversation_flow, current_step, context,
        expires_at)
    SELECT id, 'new_order', 'quantity_input', '{"product": "coffee"}',
        now() + interval '20 minutes'
    FROM made WHERE n <= 100
    """,
)
# Made once the rows are there, which is quicker.
_LATER = [step.name for step in online.STEPS if isinstance(step, online.Index)]
_SETTLE = (
    "SELECT setval(pg_get_serial_sequence('whatsapp_messages', 'id'), "
    "(SELECT max(id) FROM whatsapp_messages))",
    "VACUUM (ANALYZE)",
)


def fill(url: str, size: Size) -> None:
    """Fills a prepared database, with triggers and foreign keys switched off."""
    values = {
        "customers": size.customers,
        "messages": size.messages,
        "events": size.events,
        "orders": size.orders,
        "orders_today": min(ORDERS_TODAY, size.orders),
        "busy_messages": min(BUSY_MESSAGES, size.messages),
        "busy_events": min(BUSY_EVENTS, size.events),
    }
    with psycopg.connect(url) as plain:
        cursor = psycopg.ClientCursor(plain)
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL synchronous_commit = off")
        for index in _LATER:
            cursor.execute(f"DROP INDEX {index}")
        for step in _STEPS:
            cursor.execute(step, values)
    engine = create_engine(sqlalchemy_url(url))
    apply_online.run_online_steps(engine)
    engine.dispose()
    with psycopg.connect(url, autocommit=True) as settled:
        for statement in _SETTLE:
            settled.execute(statement)
