"""The SQL of statistics that have no stored sums (shop/figures.py)."""

from sqlalchemy import text

# Masked sentences that the bot did not understand, the most frequent of the newest MOST_UNCLEAR.
# They are those kept for training, so none is of a customer who unsubscribed (docs/decisions/0007).
# Sentences that the owner has taught since are left out. The subscription is looked up by key: a
# join may read all customers.
MOST_UNCLEAR = 2_000
MISUNDERSTOOD = text("""
    SELECT lower(btrim(unclear.text)) AS words, count(*) AS times,
        max(unclear.created_at) AS last, max(unclear.cause_id) AS row
    FROM (
        SELECT text, customer_id, created_at, cause_id FROM unclear_messages
        WHERE created_at >= :since AND taught IS NULL
        ORDER BY created_at DESC LIMIT :most
    ) AS unclear
    WHERE btrim(unclear.text) <> '' AND (
        SELECT subscription FROM user_profiles WHERE id = unclear.customer_id) = 'subscribed'
    GROUP BY 1 ORDER BY times DESC, last DESC LIMIT 30
""")

# The time until staff first handled a ticket, in seconds; `waiting` is the number still untouched.
TICKETS = text("""
    SELECT count(*) AS tickets, count(*) FILTER (WHERE touched IS NULL) AS waiting,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY date_part('epoch', touched - created_at))
            FILTER (WHERE touched IS NOT NULL) AS median
    FROM (
        SELECT tickets.created_at, taken_up_at AS touched
        FROM tickets WHERE tickets.created_at >= :since
    ) AS taken
""")

# Cancelled orders by the given reason. A customer who cancels in the conversation gives none, and
# such a cancellation begins no notice.
CANCELLED = text("""
    SELECT cancelled.reason, cancelled.by_customer, count(*) AS orders, sum(total) AS amount
    FROM (
        SELECT orders.total, coalesce(orders.cancel_reason, '') AS reason, (
                SELECT true FROM order_notices AS notice
                WHERE notice.order_id = orders.order_id AND notice.status = 'cancelled' LIMIT 1
            ) IS NULL AS by_customer
        FROM orders
        WHERE orders.status = 'cancelled' AND orders.created_at >= :since
    ) AS cancelled
    GROUP BY 1, 2 ORDER BY 3 DESC, 1
""")
CANCELLED_BEFORE = text("""
    SELECT count(*) FROM orders
    WHERE status = 'cancelled' AND created_at >= :since AND created_at < :until
""")

# Orders in a part of one day that count as orders (shop/orders/counted.py).
COUNTED = text("""
    SELECT count(*) AS orders, coalesce(sum(total), 0) AS amount FROM orders
    WHERE status <> 'cancelled' AND created_at >= :since AND created_at < :until
""")
