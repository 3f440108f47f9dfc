"""The SQL of statistics that have no stored sums (shop/figures.py)."""

from sqlalchemy import text

# Sentences that the bot did not understand, masked, the most frequent first: of what is kept for
# training, and so of nobody who asked us to stop (docs/decisions/0007).
MISUNDERSTOOD = text("""
    SELECT lower(btrim(unclear.text)) AS words, count(*) AS times, max(unclear.created_at) AS last
    FROM unclear_messages AS unclear
    JOIN user_profiles ON user_profiles.id = unclear.customer_id
    WHERE unclear.created_at >= :since AND user_profiles.subscription = 'subscribed'
        AND btrim(unclear.text) <> ''
    GROUP BY 1 ORDER BY times DESC, last DESC LIMIT 30
""")

# How soon somebody took up a ticket, in seconds; `waiting` have not been touched.
TICKETS = text("""
    SELECT count(*) AS tickets, count(*) FILTER (WHERE touched IS NULL) AS waiting,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM touched - created_at))
            FILTER (WHERE touched IS NOT NULL) AS median
    FROM (
        SELECT tickets.created_at, taken_up_at AS touched
        FROM tickets WHERE tickets.created_at >= :since
    ) AS taken
""")
