-- What the page Numbers counts between :since and :until, by kind and name. Messages and orders
-- are counted by quarter of an hour (every time zone begins its hours at one), everything else by
-- half an hour. The same statement adds up finished half hours and reads those that go on.
--
-- What is looked up for a row is a subquery with LIMIT or OFFSET, which uses an index: as a join it
-- may read the whole table for a few hours.
WITH said_then AS MATERIALIZED (
    SELECT id, customer_id, direction, timestamp, created_at, message_type, price_category,
        is_billable, said_in ->> 'session' AS session
    FROM whatsapp_messages WHERE timestamp >= :since AND timestamp < :until
), told AS (
    SELECT customer_id, session, min(timestamp) AS began FROM said_then
    WHERE direction = 'outgoing' AND session <> '' GROUP BY 1, 2
), begun AS MATERIALIZED (
    -- A conversation counts where it began.
    SELECT told.* FROM told WHERE (
        SELECT true FROM whatsapp_messages AS earlier
        WHERE earlier.customer_id = told.customer_id AND earlier.said_in IS NOT NULL
            AND earlier.said_in ->> 'session' = told.session
            AND earlier.timestamp < :since AND earlier.timestamp > :since - interval '1 day'
        LIMIT 1) IS NULL
), talks AS (
    SELECT begun.customer_id, begun.session, begun.began,
        bool_or(said_in ->> 'step' = 'menu_shown') AS greeted,
        bool_or(said_in ->> 'flow' = 'new_order') AS began_order,
        bool_or(said_in ->> 'step' IN ('confirmation', 'editing')) AS saw_summary
    FROM begun CROSS JOIN LATERAL (
        SELECT said_in FROM whatsapp_messages AS said
        WHERE said.customer_id = begun.customer_id AND said.said_in IS NOT NULL
            AND said.said_in ->> 'session' = begun.session
            AND said.timestamp >= begun.began AND said.timestamp < begun.began + interval '1 day'
        OFFSET 0) AS said
    GROUP BY begun.customer_id, begun.session, begun.began
    HAVING bool_or(said_in ->> 'step' <> '')
), judged AS MATERIALIZED (
    SELECT figure_slot(began) AS at, saw_summary, began_order, (
            SELECT true FROM orders
            WHERE orders.customer_id = talks.customer_id AND orders.session = talks.session
            LIMIT 1
        ) IS NOT NULL AS ordered,
        -- The version of the main menu that it began with; '' without the menu.
        CASE WHEN greeted THEN 'menu ' || coalesce((
            SELECT max(version) FROM workflow_template_versions
            WHERE template_name = 'main_menu' AND changed_at <= began)::text, '')
        ELSE '' END AS name
    FROM talks
), placed AS (
    SELECT * FROM orders WHERE created_at >= :since AND created_at < :until
), counted AS (
    -- As shop/orders/counted.py defines it.
    SELECT * FROM placed WHERE status <> 'cancelled'
), sold AS (
    SELECT figure_slot(counted.created_at) AS at, counted.order_id,
        concat_ws(E'\t', coalesce(item ->> 'product', ''), item ->> 'product_name') AS name,
        CASE WHEN jsonb_typeof(item -> 'quantity') = 'number'
            THEN (item ->> 'quantity')::numeric ELSE 1 END AS pieces,
        CASE WHEN jsonb_typeof(item -> 'price') = 'number'
            THEN (item ->> 'price')::numeric ELSE 0 END AS price
    FROM counted CROSS JOIN LATERAL jsonb_array_elements(
        CASE WHEN jsonb_typeof(items) = 'array' THEN items ELSE '[]' END) AS item
    WHERE jsonb_typeof(item) = 'object'
), made AS (
    -- Of what was wanted at once, how long it took; an order for later waits on purpose.
    SELECT figure_slot(created_at) AS at, ready_at <= promised_at AS is_kept,
        CASE WHEN due_at IS NULL THEN least(600, greatest(0, ceil(
            extract(epoch FROM ready_at - coalesce(accepted_at, created_at)) / 60))) END AS minutes
    FROM counted WHERE ready_at IS NOT NULL
), priced AS (
    -- Of what WhatsApp told whether it charges for it; a tariff holds from a day on.
    SELECT figure_slot(timestamp) AS at, CASE WHEN is_billable THEN 'paid' ELSE 'free' END AS kind,
        coalesce(price_category, '') AS category, message_type AS type,
        (timestamp AT TIME ZONE 'UTC')::date AS day, count(*) AS number
    FROM said_then WHERE direction = 'outgoing' AND is_billable IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
), efforts AS (
    -- The confirmation included.
    SELECT figure_slot(counted.created_at) AS at, count(DISTINCT said.cause_id) + 1 AS messages
    FROM counted CROSS JOIN LATERAL (
        SELECT cause_id FROM whatsapp_messages AS said
        WHERE said.customer_id = counted.customer_id AND said.said_in IS NOT NULL
            AND said.said_in ->> 'session' = counted.session
        OFFSET 0) AS said
    WHERE counted.session <> ''
    GROUP BY counted.order_id, counted.created_at
), replies AS (
    -- The bot's first answer to a message: one range of the index of causes, since ids grow with
    -- time, and far fewer steps than a look for each message.
    SELECT figure_slot(asked.timestamp) AS at,
        extract(epoch FROM answer.sent_at - asked.created_at) AS seconds
    FROM (
        SELECT cause_id, sent_at FROM whatsapp_messages
        WHERE position = 0 AND cause_id BETWEEN
            (SELECT min(id) FROM said_then WHERE direction = 'incoming')
            AND (SELECT max(id) FROM said_then WHERE direction = 'incoming')
        OFFSET 0) AS answer
    JOIN said_then AS asked ON asked.id = answer.cause_id
    WHERE asked.direction = 'incoming' AND answer.sent_at >= asked.created_at
)
SELECT date_bin('15 minutes', timestamp, '2000-01-01 00:00+00') AS at, direction AS kind,
    '' AS name, count(*) AS number, 0::numeric AS amount
FROM said_then GROUP BY 1, 2
UNION ALL
SELECT date_bin('15 minutes', created_at, '2000-01-01 00:00+00'), 'orders', '', count(*),
    sum(total)
FROM counted GROUP BY 1
UNION ALL
SELECT at, 'product', name, sum(pieces)::bigint, count(DISTINCT order_id) FROM sold GROUP BY 1, 3
UNION ALL
SELECT at, 'revenue', name, 0, sum(pieces * price) FROM sold GROUP BY 1, 3
UNION ALL
-- Whether their customer had ordered before, whatever became of that order.
SELECT figure_slot(created_at), 'customers', CASE WHEN customer_id IS NULL THEN 'unknown'
    WHEN (SELECT true FROM orders AS earlier
        WHERE earlier.customer_id = counted.customer_id
            AND earlier.created_at < counted.created_at LIMIT 1) THEN 'returning'
    ELSE 'first' END, count(*), 0
FROM counted GROUP BY 1, 3
UNION ALL
SELECT at, 'minutes', minutes::text, count(*), 0 FROM made WHERE minutes IS NOT NULL GROUP BY 1, 3
UNION ALL
SELECT at, 'promise', CASE WHEN is_kept THEN 'kept' ELSE 'late' END, count(*), 0
FROM made WHERE is_kept IS NOT NULL GROUP BY 1, 3
UNION ALL
-- By the main menu's version when the half hour began.
SELECT at, kind, concat_ws(E'\t', category, type, coalesce((
        SELECT max(version) FROM workflow_template_versions
        WHERE template_name = 'main_menu' AND changed_at <= at)::text, ''), day), number, 0
FROM priced
UNION ALL
SELECT at, 'menu_orders', coalesce((
        SELECT max(version) FROM workflow_template_versions
        WHERE template_name = 'main_menu' AND changed_at <= at)::text, ''), number, 0
FROM (SELECT figure_slot(created_at) AS at, count(*) AS number FROM counted GROUP BY 1) AS placed_at
UNION ALL
SELECT at, 'effort', messages::text, count(*), 0 FROM efforts GROUP BY 1, 3
UNION ALL
-- As exact as it is shown: tenths, then whole seconds.
SELECT at, 'reply', round(seconds, CASE WHEN seconds < 10 THEN 1 ELSE 0 END)::text, count(*), 0
FROM replies GROUP BY 1, 3
UNION ALL
SELECT at, stage.kind, name, stage.number, 0
FROM (
    SELECT at, name, count(*) AS talks, count(*) FILTER (WHERE began_order OR ordered) AS began,
        count(*) FILTER (WHERE saw_summary OR ordered) AS saw,
        count(*) FILTER (WHERE ordered) AS ordered
    FROM judged GROUP BY at, name
) AS counted CROSS JOIN LATERAL (VALUES ('talks', talks), ('began_order', began),
    ('saw_summary', saw), ('ordered', ordered)) AS stage (kind, number)
