"""The questions behind the numbers, each one read from the tables as they are."""

from sqlalchemy import text

# Conversations by the version of the main menu that they began with (null: without the menu), and
# how far they came. What is said to a message carries the conversation's name and step (`said_in`),
# an order the name of the conversation that it was placed in.
FUNNEL = text("""
    WITH talks AS (
        SELECT customer_id, said_in ->> 'session' AS name, min(timestamp) AS began,
            bool_or(said_in ->> 'step' = 'menu_shown') AS greeted,
            bool_or(said_in ->> 'flow' = 'new_order') AS began_order,
            bool_or(said_in ->> 'step' IN ('confirmation', 'editing')) AS saw_summary
        FROM whatsapp_messages
        WHERE direction = 'outgoing' AND timestamp >= :since AND said_in ->> 'session' <> ''
        GROUP BY customer_id, said_in ->> 'session'
        HAVING bool_or(said_in ->> 'step' <> '')
    ), judged AS (
        SELECT talks.*, EXISTS (
                SELECT FROM orders
                WHERE orders.customer_id = talks.customer_id AND orders.session = talks.name
            ) AS ordered,
            CASE WHEN greeted THEN (
                SELECT max(version) FROM workflow_template_versions
                WHERE template_name = 'main_menu' AND changed_at <= talks.began) END AS version
        FROM talks
    )
    SELECT greeted, version, count(*) AS talks,
        count(*) FILTER (WHERE began_order OR ordered) AS began_order,
        count(*) FILTER (WHERE saw_summary OR ordered) AS saw_summary,
        count(*) FILTER (WHERE ordered) AS ordered
    FROM judged
    GROUP BY greeted, version
    ORDER BY greeted DESC, version DESC NULLS LAST
""")

# Messages by quarter of an hour (every time zone begins its hours at one) and direction.
MESSAGES = text("""
    SELECT date_bin('15 minutes', timestamp, '2000-01-01 00:00+00') AS at,
        count(*) FILTER (WHERE direction = 'incoming') AS incoming,
        count(*) FILTER (WHERE direction = 'outgoing') AS outgoing
    FROM whatsapp_messages WHERE timestamp >= :since
    GROUP BY 1
""")

# Orders and what they brought by quarter of an hour; cancelled ones bring nothing.
SALES = text("""
    SELECT date_bin('15 minutes', created_at, '2000-01-01 00:00+00') AS at, count(*) AS orders,
        coalesce(sum(total) FILTER (WHERE status <> 'cancelled'), 0) AS sales
    FROM orders WHERE created_at >= :since
    GROUP BY 1
""")

# What was sold most, by product, of orders that were not cancelled.
PRODUCTS = text("""
    SELECT coalesce(products.name, item ->> 'product_name', item ->> 'product', '?') AS name,
        sum(CASE WHEN jsonb_typeof(item -> 'quantity') = 'number'
            THEN (item ->> 'quantity')::numeric ELSE 1 END)::integer AS sold,
        count(DISTINCT order_id) AS orders
    FROM orders
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE WHEN jsonb_typeof(items) = 'array' THEN items ELSE '[]' END) AS item
    LEFT JOIN products ON products.sku = item ->> 'product'
    WHERE orders.created_at >= :since AND orders.status <> 'cancelled'
        AND jsonb_typeof(item) = 'object'
    GROUP BY 1 ORDER BY sold DESC, name LIMIT 10
""")

# Sentences that the bot did not understand, the most frequent first; a tap on "None of these" says
# one again that was counted when it was typed.
MISUNDERSTOOD = text("""
    SELECT lower(btrim(data::jsonb ->> 'text')) AS words, count(*) AS times,
        max(to_timestamp(timestamp)) AS last
    FROM events
    WHERE type_name = 'user' AND intent_name IN ('nlu_fallback', 'out_of_scope')
        AND timestamp >= extract(epoch FROM CAST(:since AS timestamptz))
        AND btrim(coalesce(data::jsonb ->> 'text', '')) <> ''
        AND NOT starts_with(data::jsonb ->> 'text', '/')
        AND data::jsonb #> '{metadata,meant}' IS NULL
    GROUP BY 1 ORDER BY times DESC, last DESC LIMIT 30
""")

# How many messages customers needed for an order, their confirmation included.
EFFORT = text("""
    SELECT count(*) AS orders, avg(messages) AS mean,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY messages) AS median
    FROM (
        SELECT orders.order_id, count(DISTINCT said.cause_id) + 1 AS messages
        FROM orders JOIN whatsapp_messages AS said
            ON said.customer_id = orders.customer_id AND said.said_in ->> 'session' = orders.session
        WHERE orders.created_at >= :since AND orders.session <> ''
        GROUP BY orders.order_id
    ) AS counted
""")

# How soon the bot's first answer to a message left, in seconds.
REPLIES = text("""
    SELECT count(*) AS answers,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) AS slowest
    FROM (
        SELECT extract(epoch FROM answer.sent_at - asked.created_at) AS seconds
        FROM whatsapp_messages AS asked
        JOIN whatsapp_messages AS answer ON answer.cause_id = asked.id AND answer.position = 0
        WHERE asked.timestamp >= :since AND answer.sent_at >= asked.created_at
    ) AS timed
""")

# How soon somebody took up a ticket, in seconds; `waiting` have not been touched.
TICKETS = text("""
    SELECT count(*) AS tickets, count(*) FILTER (WHERE touched IS NULL) AS waiting,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM touched - created_at))
            FILTER (WHERE touched IS NOT NULL) AS median
    FROM (
        SELECT tickets.created_at, (
            SELECT min(at) FROM audit_log WHERE subject = tickets.ticket_id) AS touched
        FROM tickets WHERE tickets.created_at >= :since
    ) AS taken
""")
