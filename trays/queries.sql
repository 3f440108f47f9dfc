-- Each query stands under its name and description. Waiting messages are `received` (incoming),
-- `queued` and `unknown` (outgoing). The list must stay that of the index
-- whatsapp_messages_waiting, or finding a lane's first message reads all of its history.
--
-- `ready_at` is also set while a lane is held: it then marks that a message came meanwhile. The
-- worker that releases the lane keeps the mark, since its own snapshot may be too old to see that
-- message. At worst a lane is claimed for nothing; none is forgotten.

-- == Accepting a webhook body ====================================================================
--
-- The common order of locks: a customer's lanes (by customer, then direction), then the customer's
-- row of user_profiles, then messages. A turn that updates user_profiles locks the lane first.
-- Accepting waits for none of these locks (SKIP LOCKED), so one customer's long turn never blocks
-- the webhooks of others, and no deadlock is possible. It waits only if two transactions insert the
-- same new customer; `lock_timeout` ends that.

-- take_in: stores the new messages of many bodies whose customers are known; returns the result for
-- each message
-- (`given` finds customers by user id first, then by phone. `owned` locks their lanes and rows
-- before `stored` draws ids, so each customer's ids are in commit order. `is_left`: the lane is
-- locked, try again. `is_stranger`: it has no customer or lane yet. `unsettled`: the phone or user
-- id is new. Each message id is stored once. A lane is marked by what `owned` read, since the
-- statement's snapshot may be older than the lock.)
WITH given AS MATERIALIZED (
    SELECT given.*, coalesce(given.user_id, given.phone) IS NOT NULL AS is_someones,
        coalesce(
            (SELECT known FROM user_profiles AS known WHERE known.user_id = given.user_id),
            (SELECT known FROM user_profiles AS known WHERE known.whatsapp_phone = given.phone
                AND (known.user_id IS NULL OR given.user_id IS NULL))) AS known,
        (SELECT true FROM whatsapp_messages AS had
            WHERE had.message_id = given.message_id) IS NULL AS is_news
    FROM set_config('lock_timeout', '250ms', true) AS patience,
        ROWS FROM (json_to_recordset(%(messages)s::json) AS (
            message_id text, user_id text, phone text, name text, to_phone text,
            message_type text, content text, media_url text, media_type text, media_size bigint,
            timestamp timestamptz, context_id text, payload jsonb)) WITH ORDINALITY AS given (
            message_id, user_id, phone, name, to_phone, message_type, content, media_url,
            media_type, media_size, timestamp, context_id, payload, place)
), owned AS MATERIALIZED (
    SELECT lane.* FROM (
        SELECT DISTINCT (known).id AS customer_id FROM given
        WHERE is_news AND (known).id IS NOT NULL
        ORDER BY customer_id) AS wanted
    CROSS JOIN LATERAL (
        SELECT lanes.customer_id, lanes.ready_at
        FROM lanes JOIN user_profiles AS customer ON customer.id = lanes.customer_id
        WHERE lanes.customer_id = wanted.customer_id AND lanes.direction = 'incoming'
        FOR NO KEY UPDATE SKIP LOCKED) AS lane
), marked AS (
    UPDATE lanes SET ready_at = clock_timestamp() FROM owned
    WHERE lanes.customer_id = owned.customer_id AND direction = 'incoming'
        AND owned.ready_at IS NULL
), stored AS (
    INSERT INTO whatsapp_messages (
        message_id, customer_id, from_phone, to_phone, message_type, content, media_url,
        media_type, media_size, timestamp, context_id, payload, created_at)
    SELECT message_id, (known).id, phone, to_phone, message_type, content, media_url,
        media_type, media_size, timestamp, context_id, payload, clock_timestamp()
    FROM given
    WHERE is_news AND ((known).id IN (SELECT customer_id FROM owned) OR NOT is_someones)
    ORDER BY place
    ON CONFLICT (message_id) DO NOTHING
    RETURNING message_id
), news AS (
    SELECT (known).id AS customer_id, count(*) AS messages,
        least(max(timestamp), clock_timestamp()) AS latest,
        (array_agg(name ORDER BY place DESC) FILTER (WHERE name IS NOT NULL))[1] AS name
    FROM given
    WHERE message_id IN (SELECT message_id FROM stored) AND is_someones
    GROUP BY customer_id
), counted AS (
    UPDATE user_profiles AS customer
    SET total_messages = total_messages + news.messages,
        last_interaction = greatest(last_interaction, news.latest),
        -- A name that is not WhatsApp's was set by people and stays.
        display_name = CASE
            WHEN display_name IS NULL OR display_name IS NOT DISTINCT FROM profile_name
                THEN coalesce(news.name, display_name)
            ELSE display_name END,
        profile_name = coalesce(news.name, profile_name)
    FROM news WHERE customer.id = news.customer_id
)
SELECT place, message_id IN (SELECT message_id FROM stored) AS is_new,
    (known).id IS NOT NULL AND (
        given.user_id IS NOT NULL AND (known).user_id IS DISTINCT FROM given.user_id
        OR given.phone IS NOT NULL AND (known).whatsapp_phone IS DISTINCT FROM given.phone
    ) AS unsettled,
    is_left,
    is_left AND (SELECT true FROM lanes
        WHERE lanes.customer_id = (known).id AND direction = 'incoming') IS NULL AS is_stranger
FROM given CROSS JOIN LATERAL (SELECT is_news AND is_someones
    AND ((known).id IN (SELECT customer_id FROM owned)) IS NOT TRUE AS is_left) AS left_over;

-- meet: inserts the new customers of these messages, and missing lanes
-- (Runs right before `take_in` in its transaction, which then counts and names the customers. If
-- another transaction inserts the same customer, it waits, but no longer than `lock_timeout`.)
WITH given AS MATERIALIZED (
    SELECT given.*, coalesce(given.user_id, given.phone) AS called,
        coalesce(
            (SELECT id FROM user_profiles AS known WHERE known.user_id = given.user_id),
            (SELECT id FROM user_profiles AS known WHERE known.whatsapp_phone = given.phone
                AND (known.user_id IS NULL OR given.user_id IS NULL))) AS customer_id
    FROM set_config('lock_timeout', '250ms', true) AS patience,
        ROWS FROM (json_to_recordset(%(messages)s::json) AS (user_id text, phone text))
            WITH ORDINALITY AS given (user_id, phone, place)
), newcomers AS (
    INSERT INTO user_profiles (user_id, whatsapp_phone)
    SELECT max(user_id),
        (array_agg(phone ORDER BY place DESC) FILTER (WHERE NOT EXISTS (
            SELECT FROM user_profiles AS other WHERE other.whatsapp_phone = phone)))[1]
    FROM given
    WHERE customer_id IS NULL
    GROUP BY called
    ORDER BY called
    ON CONFLICT DO NOTHING
    RETURNING id
)
INSERT INTO lanes (customer_id, direction)
SELECT id, 'incoming' FROM newcomers
UNION
SELECT customer_id, 'incoming' FROM given WHERE customer_id IS NOT NULL
ORDER BY 1
ON CONFLICT DO NOTHING;

-- move_on: updates our own messages by WhatsApp's receipts, in any order and repeated
-- (The status follows from the times: a delivered message did not fail, whichever receipt came
-- last. A message that failed for a passing reason (`most` tries) is queued once more: `awaits`
-- keeps the time of the failure and the id that failed, and receipts with another id belong to the
-- next sending. Returns the lanes whose first message turned out to be sent, the seconds that a
-- failed one has to wait, and receipts that were left because the row is locked.)
WITH given AS (
    SELECT * FROM jsonb_to_recordset(%(receipts)s::jsonb) AS given (
        message_id text, row bigint, sent_at timestamptz, delivered_at timestamptz,
        read_at timestamptz, failed_at timestamptz, reason text, most integer,
        first double precision, factor double precision, longest double precision,
        price_category text, is_billable boolean)
), matches AS MATERIALIZED (
    SELECT message.id, given.* FROM given
    JOIN whatsapp_messages AS message ON message.message_id = given.message_id
    WHERE message.direction = 'outgoing'
    UNION ALL
    SELECT message.id, given.* FROM given JOIN whatsapp_messages AS message ON message.id = given.row
    WHERE message.direction = 'outgoing'
), facts AS MATERIALIZED (
    SELECT id, min(message_id) AS message_id, min(sent_at) AS sent_at,
        least(min(delivered_at), min(read_at)) AS delivered_at, min(read_at) AS read_at,
        min(failed_at) AS failed_at, min(reason) AS reason, min(most) AS most,
        min(first) AS first, min(factor) AS factor, min(longest) AS longest,
        min(price_category) AS price_category, bool_or(is_billable) AS is_billable
    FROM matches GROUP BY id
), found AS MATERIALIZED (
    SELECT facts.*, message.customer_id, message.status, message.attempts, message.created_at,
        message.delivered_at AS arrived_at, message.message_id AS old_id,
        message.failed_at IS NOT NULL
            AND message.status IN ('received', 'queued', 'unknown') AS awaits
    FROM facts JOIN whatsapp_messages AS message USING (id)
    WHERE direction = 'outgoing'
    ORDER BY id
    FOR UPDATE OF message SKIP LOCKED
), judged AS MATERIALIZED (
    SELECT found.*, is_next, fails, is_fact AND most IS NOT NULL AND attempts + 1 < most
        AND status IN ('queued', 'unknown', 'sent')
        AND created_at > clock_timestamp() - interval '1 day' AS again
    FROM found
    CROSS JOIN LATERAL (SELECT awaits AND old_id <> message_id AS is_next) AS next
    CROSS JOIN LATERAL (SELECT CASE WHEN is_next OR (NOT awaits
        AND coalesce(old_id = message_id, true)) THEN failed_at END AS fails) AS failing
    CROSS JOIN LATERAL (SELECT
        fails IS NOT NULL AND coalesce(delivered_at, arrived_at) IS NULL AS is_fact) AS fact
), moved AS (
    UPDATE whatsapp_messages AS message
    SET message_id = CASE WHEN is_next THEN judged.message_id
            ELSE coalesce(message.message_id, judged.message_id) END,
        sent_at = CASE WHEN is_next THEN coalesce(judged.sent_at, judged.delivered_at)
            ELSE coalesce(message.sent_at, judged.sent_at, judged.delivered_at) END,
        delivered_at = least(message.delivered_at, judged.delivered_at),
        read_at = least(message.read_at, judged.read_at),
        failed_at = CASE WHEN coalesce(message.delivered_at, judged.delivered_at) IS NULL
            THEN coalesce(CASE WHEN NOT is_next THEN message.failed_at END, fails) END,
        failure_reason = CASE WHEN coalesce(message.delivered_at, judged.delivered_at) IS NOT NULL
            THEN NULL WHEN message.failed_at IS NULL OR is_next
            THEN CASE WHEN fails IS NOT NULL THEN judged.reason END
            ELSE message.failure_reason END,
        attempts = message.attempts + CASE WHEN again THEN 1 ELSE 0 END,
        price_category = coalesce(judged.price_category, message.price_category),
        is_billable = coalesce(judged.is_billable, message.is_billable),
        status = CASE
            WHEN coalesce(message.read_at, judged.read_at) IS NOT NULL THEN 'read'
            WHEN coalesce(message.delivered_at, judged.delivered_at) IS NOT NULL THEN 'delivered'
            WHEN message.status = 'retried' THEN 'retried'
            WHEN again THEN 'queued'
            WHEN awaits AND NOT is_next THEN message.status
            WHEN fails IS NOT NULL OR message.failed_at IS NOT NULL AND NOT awaits THEN 'failed'
            ELSE 'sent' END
    FROM judged
    WHERE message.id = judged.id
)
SELECT DISTINCT customer_id, lanes.epoch, CASE WHEN again
    THEN least(first * factor ^ judged.attempts, longest) END AS seconds, NULL AS left_id
FROM judged JOIN lanes USING (customer_id)
WHERE lanes.direction = 'outgoing' AND (again OR status IN ('queued', 'unknown')
    AND NOT (awaits AND NOT is_next AND delivered_at IS NULL))
UNION ALL
SELECT NULL, NULL, NULL, message_id FROM matches WHERE (id IN (SELECT id FROM found)) IS NOT TRUE;

-- nudge: wakes lanes whose first message turned out to be sent, or must be sent again after some
-- `seconds`
-- (If the message is still claimed, its sender may be dead: without `held_since` the reaper knows
-- that the outcome is certain. The epoch tells whether the lane still holds that message. Sending
-- again counts against the customer's pace.)
UPDATE lanes
SET held_since = CASE WHEN freed.seconds IS NOT NULL THEN held_since END,
    not_before = CASE WHEN freed.seconds IS NULL THEN not_before
        ELSE greatest(not_before, clock_timestamp() + freed.seconds * interval '1 second') END,
    ready_at = CASE WHEN held_by IS NULL THEN greatest(clock_timestamp(), not_before,
        clock_timestamp() + freed.seconds * interval '1 second') ELSE ready_at END
FROM unnest(%(customers)s::uuid[], %(epochs)s::bigint[], %(seconds)s::double precision[])
    AS freed (customer_id, epoch, seconds)
WHERE lanes.customer_id = freed.customer_id AND lanes.direction = 'outgoing'
    AND (freed.seconds IS NOT NULL
        OR lanes.epoch = freed.epoch AND (held_by IS NOT NULL OR ready_at > now()));

-- == Customers who change ========================================================================

-- lock_lanes: locks the lanes of the customers with this user id or phone
-- (Taken before the customers' rows, in the common lock order. `lock_timeout` ends the waiting
-- before PostgreSQL looks for deadlocks, which might end a turn or another request instead.)
SELECT FROM set_config('lock_timeout', '500ms', true) AS patience, lanes WHERE customer_id IN (
    SELECT id FROM user_profiles WHERE user_id = %(user_id)s OR whatsapp_phone = %(phone)s)
ORDER BY customer_id, direction
FOR UPDATE OF lanes;

-- lock_customers: locks the customers with this user id or this phone
SELECT id, user_id, whatsapp_phone FROM user_profiles
WHERE user_id = %(user_id)s OR whatsapp_phone = %(phone)s
ORDER BY id
FOR UPDATE;

-- drop_phone: takes a phone from a customer who has another user id than its present owner
UPDATE user_profiles SET whatsapp_phone = NULL WHERE id = %(id)s;

-- set_identity: sets the phone and user id that are given
UPDATE user_profiles
SET whatsapp_phone = coalesce(%(phone)s, whatsapp_phone), user_id = coalesce(%(user_id)s, user_id)
WHERE id = %(id)s;

-- move_identity: gives a customer a new phone, a new user id or both
-- (WhatsApp gives a new user id when somebody changes the number; the old one is void.)
UPDATE user_profiles
SET whatsapp_phone = coalesce(%(phone)s, whatsapp_phone), user_id = %(user_id)s
WHERE id = %(id)s;

-- close_lanes: fences workers that hold a message of the deleted customer
DELETE FROM lanes WHERE customer_id = %(drop)s;

-- end_conversation: deletes the conversation of the customer who goes, and the cart and consents
-- that the other has too
WITH carts AS (
    DELETE FROM kept_carts WHERE customer_id = %(drop)s
        AND EXISTS (SELECT FROM kept_carts WHERE customer_id = %(keep)s)
), consents AS (
    DELETE FROM consents WHERE customer_id = %(drop)s AND (topic, cause) IN (
        SELECT topic, cause FROM consents WHERE customer_id = %(keep)s)
)
DELETE FROM conversation_state WHERE customer_id = %(drop)s;

-- customers_tables: every column that refers to a customer
SELECT conrelid::regclass::text, attname
FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
WHERE contype = 'f' AND confrelid = 'user_profiles'::regclass AND cardinality(conkey) = 1;

-- move_events: moves Rasa's events to the customer who stays
-- (Events later than the beginning of the customer's own session get ids below all others, in their
-- order, so that they are no part of that session. Until then all ids are positive.)
UPDATE events SET sender_id = %(keep)s::uuid::text,
    id = CASE WHEN id > (SELECT max(id) FROM events AS own
            WHERE own.sender_id = %(keep)s::uuid::text AND own.type_name = 'session_started')
        THEN id - 2147483648 ELSE id END
WHERE sender_id = %(drop)s::uuid::text;

-- move_log: makes the audit log name the customer who stays
UPDATE audit_log SET subject = %(keep)s::uuid::text WHERE subject = %(drop)s::uuid::text;

-- merge_profiles: adds up the profiles of two customers; an unsubscription wins
UPDATE user_profiles AS keep
SET display_name = coalesce(keep.display_name, other.display_name),
    profile_name = CASE WHEN keep.display_name IS NULL THEN other.profile_name
        ELSE keep.profile_name END,
    subscription = CASE WHEN other.subscription = 'unsubscribed' THEN other.subscription
        ELSE keep.subscription END,
    tags = ARRAY(SELECT DISTINCT unnest(keep.tags || other.tags)),
    notes = nullif(concat_ws(E'\n', keep.notes, other.notes), ''),
    language = coalesce(keep.language, other.language),
    last_interaction = greatest(keep.last_interaction, other.last_interaction),
    total_messages = keep.total_messages + other.total_messages,
    is_active = keep.is_active AND other.is_active,
    created_at = least(keep.created_at, other.created_at)
FROM user_profiles AS other
WHERE keep.id = %(keep)s AND other.id = %(drop)s;

-- delete_customer: deletes the customer who was merged into another
DELETE FROM user_profiles WHERE id = %(drop)s;

-- open_lanes: makes lanes with waiting messages ready after a merge
INSERT INTO lanes (customer_id, direction, ready_at)
SELECT DISTINCT customer_id, direction, now() FROM whatsapp_messages
WHERE customer_id = %(keep)s AND status IN ('received', 'queued', 'unknown')
ORDER BY direction
ON CONFLICT (customer_id, direction) DO UPDATE SET ready_at = coalesce(lanes.ready_at, now());

-- notify_workers: notifies the listening workers; does not wait for the disk
SELECT set_config('synchronous_commit', 'off', true), pg_notify(channel, '')
FROM unnest(%(channels)s::text[]) AS channel;

-- == Claiming ====================================================================================

-- register: draws a number for a worker and locks it while the connection lives
SELECT id, pg_advisory_lock(%(workers)s, id)
FROM (SELECT nextval('worker_ids')::integer AS id OFFSET 0) AS drawn;

-- take_lanes: claims the lanes that have been ready for longest, unless our number is paused
-- (Each gets an epoch of its own, from `first` on. If a crash of the database loses the claim of an
-- incoming message, its turn is fenced, so the claim need not be on disk. An outgoing message may
-- already be on its way to WhatsApp, so its claim must be.)
WITH ready AS MATERIALIZED (
    SELECT customer_id FROM lanes
    WHERE direction = %(direction)s AND held_by IS NULL
        AND ready_at <= (SELECT clock_timestamp())
        AND NOT EXISTS (SELECT FROM pauses WHERE number = %(number)s AND until > clock_timestamp())
    ORDER BY ready_at
    LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
), placed AS (
    SELECT customer_id, row_number() OVER () - 1 AS place FROM ready
)
UPDATE lanes
SET held_by = %(worker)s, held_since = clock_timestamp(), epoch = %(first)s + place,
    attempts = attempts + 1, ready_at = NULL
FROM placed
WHERE lanes.customer_id = placed.customer_id AND lanes.direction = %(direction)s
RETURNING lanes.epoch, set_config('synchronous_commit', CASE lanes.direction
    WHEN 'incoming' THEN 'off' ELSE current_setting('synchronous_commit') END, true);

-- in_hand: the first waiting messages of the lanes just claimed, as the fields of a Claim, after
-- the seconds until the next lane is ready, as far as that is known
-- (It is a statement of its own since its snapshot must be younger than the lanes' locks. There is
-- always a row, with nulls if nothing was claimed.)
SELECT due.seconds, claim.*
FROM (SELECT extract(epoch FROM greatest(
    (SELECT min(ready_at) FROM lanes
        WHERE direction = %(direction)s AND held_by IS NULL AND ready_at IS NOT NULL),
    (SELECT until FROM pauses WHERE number = %(number)s))
        - clock_timestamp())::double precision AS seconds) AS due
LEFT JOIN (
    SELECT message.id AS row, lane.direction, coalesce(message.message_id, '') AS message_id,
        lane.customer_id,
        CASE WHEN lane.direction = 'incoming'
                THEN coalesce(message.from_phone, customer.whatsapp_phone)
            WHEN customer.user_id IS NOT NULL THEN customer.whatsapp_phone
            ELSE coalesce(customer.whatsapp_phone, message.to_phone) END AS phone,
        customer.user_id, lane.held_by AS worker, lane.epoch,
        lane.attempts - 1 - lane.excused AS attempts, lane.attempts - 1 AS tries,
        message.message_type, message.content, message.context_id, message.cause_id,
        message.timestamp, message.payload
    FROM lanes AS lane
    JOIN user_profiles AS customer ON customer.id = lane.customer_id
    CROSS JOIN LATERAL (
        SELECT * FROM whatsapp_messages AS waiting
        WHERE waiting.customer_id = lane.customer_id AND waiting.direction = lane.direction
            AND waiting.status IN ('received', 'queued', 'unknown')
        ORDER BY waiting.id
        LIMIT 1) AS message
    WHERE lane.held_by = %(worker)s AND lane.epoch BETWEEN %(first)s AND %(last)s
) AS claim ON true
ORDER BY claim.epoch;

-- look: for a worker at rest: the seconds until a lane is ready, and whether any lane is held
SELECT extract(epoch FROM greatest(
        (SELECT min(ready_at) FROM lanes
            WHERE direction = %(direction)s AND held_by IS NULL AND ready_at IS NOT NULL),
        (SELECT until FROM pauses WHERE number = %(number)s)) - now())::double precision,
    EXISTS (SELECT FROM lanes WHERE held_by IS NOT NULL);

-- put_down: releases lanes that were claimed without a result
UPDATE lanes
SET held_by = NULL, held_since = NULL, attempts = greatest(attempts - 1, 0),
    ready_at = coalesce((
        SELECT waiting.created_at FROM whatsapp_messages AS waiting
        WHERE waiting.customer_id = lanes.customer_id AND waiting.direction = lanes.direction
            AND waiting.status IN ('received', 'queued', 'unknown')
        ORDER BY waiting.id
        LIMIT 1), ready_at)
WHERE held_by = %(worker)s AND epoch = ANY (%(epochs)s::bigint[]);

-- reap: frees the lanes of workers that are dead or have held them for too long
-- (Whether a dead sender sent its message is unknown: such a lane waits for a receipt, unless one
-- has come.)
WITH alive AS MATERIALIZED (
    SELECT objid::bigint AS worker FROM pg_locks
    WHERE locktype = 'advisory' AND classid = %(workers)s::oid AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
), dead AS MATERIALIZED (
    SELECT customer_id, direction, held_by, epoch FROM lanes
    WHERE held_by IS NOT NULL
        AND (held_by NOT IN (SELECT worker FROM alive)
            OR held_since < now() - %(longest)s * interval '1 second')
    ORDER BY customer_id, direction
)
UPDATE lanes
SET held_by = NULL, held_since = NULL,
    ready_at = CASE WHEN lanes.direction = 'outgoing' AND lanes.held_since IS NOT NULL
        THEN now() + %(unknown_for)s * interval '1 second' ELSE now() END
FROM dead
WHERE lanes.customer_id = dead.customer_id AND lanes.direction = dead.direction
    AND lanes.held_by = dead.held_by AND lanes.epoch = dead.epoch;

-- remember: makes lanes ready whose messages were not put there by the trays
-- (Staff may set a dead message to `received` again, or insert one that is `queued`.)
INSERT INTO lanes (customer_id, direction, ready_at)
SELECT DISTINCT customer_id, direction, now() FROM whatsapp_messages AS message
WHERE status IN ('received', 'queued', 'unknown') AND customer_id IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM lanes
        WHERE lanes.customer_id = message.customer_id AND lanes.direction = message.direction
            AND (held_by IS NOT NULL OR ready_at IS NOT NULL))
ORDER BY customer_id, direction
ON CONFLICT (customer_id, direction) DO UPDATE SET ready_at = coalesce(lanes.ready_at, now());

-- release: gives back the lane of a message that was sent or has failed; it is ready if another
-- waits
-- (With a pace, one more message counts against the customer's pace, and the next one waits if the
-- burst is used up.)
UPDATE lanes
SET held_by = NULL, held_since = NULL, attempts = 0, excused = 0,
    not_before = coalesce(greatest(not_before, clock_timestamp() - %(burst)s * interval '1 second')
        + %(pace)s * interval '1 second', not_before),
    ready_at = CASE WHEN coalesce(following.since, ready_at) IS NOT NULL THEN greatest(
        coalesce(following.since, ready_at), not_before,
        greatest(not_before, clock_timestamp() - %(burst)s * interval '1 second')
            + %(pace)s * interval '1 second') END
FROM (SELECT (
    SELECT created_at FROM whatsapp_messages
    WHERE customer_id = %(customer_id)s AND direction = %(direction)s
        AND status IN ('received', 'queued', 'unknown') AND id <> %(row)s
    ORDER BY id
    LIMIT 1) AS since) AS following
WHERE customer_id = %(customer_id)s AND direction = %(direction)s
    AND held_by = %(worker)s AND epoch = %(epoch)s;

-- give_back: gives back a lane whose first message is to be tried again later
WITH lane AS (
    UPDATE lanes
    SET held_by = NULL, held_since = NULL, excused = excused + %(excused)s,
        ready_at = greatest(now() + %(delay)s * interval '1 second', not_before)
    WHERE customer_id = %(customer_id)s AND direction = %(direction)s
        AND held_by = %(worker)s AND epoch = %(epoch)s
    RETURNING attempts - excused AS attempts
)
UPDATE whatsapp_messages AS message
SET attempts = greatest(message.attempts, lane.attempts), failure_reason = %(reason)s,
    status = CASE WHEN status = 'queued' AND %(unknown)s THEN 'unknown' ELSE status END
FROM lane WHERE message.id = %(row)s
RETURNING message.status;

-- == Finishing a turn, inside the tracker store's transaction ====================================

-- lock_lane: locks the in lane of the customer whose message is claimed until this transaction
-- ends; no row if another worker has the lane
SELECT true FROM lanes
WHERE customer_id = %(customer_id)s AND direction = 'incoming'
    AND held_by = %(worker)s AND epoch = %(epoch)s
FOR UPDATE;

-- close: ends a turn: frees the lane, marks the message as processed, queues the replies
-- (Does nothing if another worker has the lane. The out lane is locked before ids are drawn in it.
-- It takes the clock's times, since the transaction may be an old one.)
WITH released AS (
    UPDATE lanes
    SET held_by = NULL, held_since = NULL, attempts = 0, excused = 0,
        ready_at = coalesce(following.since, ready_at)
    FROM (SELECT (
        SELECT created_at FROM whatsapp_messages
        WHERE customer_id = %(customer_id)s AND direction = 'incoming'
            AND status IN ('received', 'queued', 'unknown') AND id <> %(row)s
        ORDER BY id
        LIMIT 1) AS since) AS following
    WHERE customer_id = %(customer_id)s AND direction = 'incoming'
        AND held_by = %(worker)s AND epoch = %(epoch)s
    RETURNING customer_id
), finished AS (
    UPDATE whatsapp_messages
    SET status = %(status)s, failure_reason = %(reason)s,
        failed_at = CASE WHEN %(status)s = 'dead' THEN clock_timestamp() END
    WHERE id = %(row)s AND EXISTS (SELECT FROM released)
), lane AS (
    INSERT INTO lanes (customer_id, direction, ready_at)
    SELECT customer_id, 'outgoing', clock_timestamp() FROM released
    WHERE jsonb_array_length(%(bodies)s::jsonb) > 0
    ON CONFLICT (customer_id, direction) DO UPDATE
        SET ready_at = coalesce(lanes.ready_at, greatest(clock_timestamp(), lanes.not_before))
    RETURNING customer_id
), queued AS (
    INSERT INTO whatsapp_messages (
        direction, status, customer_id, from_phone, to_phone, message_type, content, media_url,
        context_id, payload, cause_id, position, said_in, timestamp, created_at)
    SELECT 'outgoing', 'queued', customer.id, cause.to_phone,
        coalesce(customer.whatsapp_phone, cause.from_phone), coalesce(body ->> 'type', 'text'),
        coalesce(body -> 'text' ->> 'body', body -> 'interactive' -> 'body' ->> 'text',
            body -> (body ->> 'type') ->> 'caption'),
        body -> (body ->> 'type') ->> 'link',
        body -> 'context' ->> 'message_id', body, %(row)s, place - 1,
        %(said_in)s::jsonb, clock_timestamp(), clock_timestamp()
    FROM lane
    JOIN user_profiles AS customer ON customer.id = lane.customer_id
    JOIN whatsapp_messages AS cause ON cause.id = %(row)s
    CROSS JOIN jsonb_array_elements(%(bodies)s::jsonb) WITH ORDINALITY AS bodies (body, place)
    ORDER BY place
    ON CONFLICT (cause_id, position) DO NOTHING
)
SELECT FROM released;

-- mark_outgoing_lane: locks the out lane of a customer, as ready, before ids are drawn in it
INSERT INTO lanes (customer_id, direction, ready_at)
SELECT id, 'outgoing', clock_timestamp() FROM user_profiles WHERE id = %(customer_id)s
ON CONFLICT (customer_id, direction) DO UPDATE
    SET ready_at = coalesce(lanes.ready_at, greatest(clock_timestamp(), lanes.not_before));

-- queue: puts messages to a customer into the out tray, except those already queued for the same
-- cause
-- (The lane is locked, as ready, before ids are drawn in it.)
WITH lane AS (
    INSERT INTO lanes (customer_id, direction, ready_at)
    SELECT id, 'outgoing', clock_timestamp() FROM user_profiles WHERE id = %(customer_id)s
    ON CONFLICT (customer_id, direction) DO UPDATE
        SET ready_at = coalesce(lanes.ready_at, greatest(clock_timestamp(), lanes.not_before))
    RETURNING customer_id
)
INSERT INTO whatsapp_messages (
    direction, status, customer_id, from_phone, to_phone, message_type, content, media_url,
    context_id, payload, cause_id, position, timestamp, created_at)
SELECT 'outgoing', 'queued', customer.id, cause.to_phone,
    coalesce(customer.whatsapp_phone, cause.from_phone), coalesce(body ->> 'type', 'text'),
    coalesce(body -> 'text' ->> 'body', body -> 'interactive' -> 'body' ->> 'text',
        body -> (body ->> 'type') ->> 'caption'),
    body -> (body ->> 'type') ->> 'link',
    body -> 'context' ->> 'message_id', body, %(cause)s, %(position)s + place - 1,
    clock_timestamp(), clock_timestamp()
FROM lane
JOIN user_profiles AS customer ON customer.id = lane.customer_id
LEFT JOIN whatsapp_messages AS cause ON cause.id = %(cause)s
CROSS JOIN jsonb_array_elements(%(bodies)s::jsonb) WITH ORDINALITY AS bodies (body, place)
ORDER BY place
ON CONFLICT (cause_id, position) DO NOTHING
RETURNING id;

-- == Sending =====================================================================================

-- sent_all: stores the ids that WhatsApp gave and frees the lanes, each at its customer's pace
-- (Only for plain cases: the lane is still ours, neither lane nor message is locked, no receipt
-- says that it failed, no other row has the id. Returns these rows. The others are stored one by
-- one with `release` and `sent`, so that waiting for a lock delays no other.)
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(%(customers)s::uuid[], %(epochs)s::bigint[], %(rows)s::bigint[],
        %(message_ids)s::text[]) AS given (customer_id, epoch, row, message_id)
), ours AS MATERIALIZED (
    SELECT given.* FROM given
    JOIN lanes ON lanes.customer_id = given.customer_id AND lanes.direction = 'outgoing'
        AND lanes.held_by = %(worker)s AND lanes.epoch = given.epoch
    JOIN whatsapp_messages AS message ON message.id = given.row
        AND (message.failed_at IS NULL OR (message.message_id <> given.message_id
            AND message.status IN ('received', 'queued', 'unknown')))
    WHERE NOT EXISTS (SELECT FROM whatsapp_messages AS other
            WHERE other.message_id = given.message_id AND other.id <> given.row)
    ORDER BY given.customer_id
    FOR UPDATE OF lanes, message SKIP LOCKED
), released AS (
    UPDATE lanes
    SET held_by = NULL, held_since = NULL, attempts = 0, excused = 0,
        not_before = greatest(not_before, clock_timestamp() - %(burst)s * interval '1 second')
            + %(pace)s * interval '1 second',
        ready_at = CASE WHEN coalesce(following.since, ready_at) IS NOT NULL THEN greatest(
            coalesce(following.since, ready_at), not_before,
            greatest(not_before, clock_timestamp() - %(burst)s * interval '1 second')
                + %(pace)s * interval '1 second') END
    FROM ours CROSS JOIN LATERAL (SELECT (
        SELECT created_at FROM whatsapp_messages AS waiting
        WHERE waiting.customer_id = ours.customer_id AND waiting.direction = 'outgoing'
            AND waiting.status IN ('received', 'queued', 'unknown') AND waiting.id <> ours.row
        ORDER BY waiting.id
        LIMIT 1) AS since) AS following
    WHERE lanes.customer_id = ours.customer_id AND lanes.direction = 'outgoing'
), kept AS (
    UPDATE whatsapp_messages AS message
    SET message_id = CASE WHEN failed_at IS NULL THEN coalesce(message.message_id, ours.message_id)
            ELSE ours.message_id END,
        sent_at = CASE WHEN failed_at IS NULL THEN coalesce(sent_at, clock_timestamp())
            ELSE clock_timestamp() END,
        failed_at = NULL, failure_reason = NULL,
        status = CASE WHEN status IN ('queued', 'unknown', 'withdrawn') THEN 'sent'
            ELSE status END
    FROM ours WHERE message.id = ours.row
)
SELECT row FROM ours;

-- sent: stores the id that WhatsApp gave, whichever worker has the lane by now
-- (The receipt may have come first. An id that another row has already is not WhatsApp's doing. A
-- message that was withdrawn while claimed has been sent all the same. A failure of an earlier id
-- is replaced by this id; a failure of this id stays.)
UPDATE whatsapp_messages AS message
SET message_id = fresh.id,
    sent_at = CASE WHEN again THEN clock_timestamp() ELSE coalesce(sent_at, clock_timestamp()) END,
    failed_at = CASE WHEN NOT again THEN failed_at END,
    failure_reason = CASE WHEN failed_at IS NOT NULL AND NOT again THEN failure_reason END,
    status = CASE WHEN status IN ('queued', 'unknown', 'withdrawn')
        AND (failed_at IS NULL OR again) THEN 'sent' ELSE status END
FROM (
    SELECT old.id AS row, CASE WHEN again OR old.message_id IS NULL
            THEN CASE WHEN NOT EXISTS (SELECT FROM whatsapp_messages AS other
                WHERE other.message_id = %(message_id)s) THEN %(message_id)s END
            ELSE old.message_id END AS id, again
    FROM whatsapp_messages AS old CROSS JOIN LATERAL (SELECT
        old.failed_at IS NOT NULL AND old.status IN ('received', 'queued', 'unknown')
            AND coalesce(old.message_id <> %(message_id)s, false) AS again) AS told
    WHERE old.id = %(row)s) AS fresh
WHERE message.id = fresh.row
RETURNING message.status;

-- fail: marks an outgoing message as failed, with the reason for staff
UPDATE whatsapp_messages
SET status = 'failed', failed_at = clock_timestamp(), failure_reason = %(reason)s
WHERE id = %(row)s AND status IN ('queued', 'unknown');

-- pause: pauses a number for some seconds, at least
INSERT INTO pauses (number, until, seconds, reason)
VALUES (%(number)s, now() + %(seconds)s * interval '1 second', %(seconds)s, %(reason)s)
ON CONFLICT (number) DO UPDATE
SET until = greatest(pauses.until, excluded.until), seconds = excluded.seconds,
    reason = excluded.reason;

-- throttle: pauses a number for 1, 2, 4, ... seconds, twice as long as the pause that just ended,
-- or for as long as WhatsApp asked
INSERT INTO pauses (number, until, seconds, reason)
VALUES (%(number)s, now() + greatest(%(jitter)s, %(least)s) * interval '1 second', 1, %(reason)s)
ON CONFLICT (number) DO UPDATE
SET (until, seconds, reason) = (
    SELECT now() + greatest(%(jitter)s * longer.seconds, %(least)s) * interval '1 second',
        longer.seconds, %(reason)s
    FROM (SELECT CASE WHEN pauses.until > now() - interval '10 seconds'
        THEN least(pauses.seconds * 2, %(longest)s) ELSE 1 END AS seconds) AS longer)
WHERE pauses.until <= now();

-- resume: ends a number's pause
DELETE FROM pauses WHERE number = %(number)s;

-- == Retention and figures =======================================================================

-- prune: deletes finished messages older than some days, in batches, with their files; returns the
-- number of messages
WITH gone AS (
    DELETE FROM whatsapp_messages WHERE id IN (
        SELECT id FROM whatsapp_messages
        WHERE created_at < now() - %(days)s * interval '1 day'
            AND (status NOT IN ('received', 'queued', 'unknown') OR customer_id IS NULL)
        ORDER BY created_at
        LIMIT %(most)s)
    RETURNING message_id
), files AS (
    DELETE FROM media_files WHERE message_id IN (SELECT message_id FROM gone)
)
SELECT count(*) FROM gone;

-- prune_files: deletes files older than some days, in batches
DELETE FROM media_files WHERE message_id IN (
    SELECT message_id FROM media_files
    WHERE created_at < now() - %(days)s * interval '1 day'
    ORDER BY created_at
    LIMIT %(most)s);

-- prune_tickets: empties the texts of tickets older than some days
UPDATE tickets SET description = '', outcome = '' WHERE ticket_id IN (
    SELECT ticket_id FROM tickets
    WHERE (description <> '' OR outcome <> '') AND created_at < now() - %(days)s * interval '1 day'
    ORDER BY created_at
    LIMIT %(most)s);

-- prune_orders: empties notes and addresses of orders older than some days
UPDATE orders SET notes = NULL, address = NULL, table_number = NULL, cancel_reason = NULL
WHERE order_id IN (
    SELECT order_id FROM orders
    WHERE (notes IS NOT NULL OR address IS NOT NULL
            OR table_number IS NOT NULL OR cancel_reason IS NOT NULL)
        AND created_at < now() - %(days)s * interval '1 day'
    ORDER BY created_at
    LIMIT %(most)s);

-- prune_addresses: deletes addresses last used more than some days ago
DELETE FROM customer_addresses WHERE id IN (
    SELECT id FROM customer_addresses
    WHERE last_used_at < now() - %(days)s * interval '1 day'
    ORDER BY last_used_at
    LIMIT %(most)s);

-- prune_consents: empties the words of consents older than some days
UPDATE consents SET words = NULL WHERE id IN (
    SELECT id FROM consents
    WHERE words IS NOT NULL AND given_at < now() - %(days)s * interval '1 day'
    ORDER BY given_at
    LIMIT %(most)s);

-- prune_kept_carts: deletes kept carts older than a day
DELETE FROM kept_carts WHERE kept_at < now() - interval '1 day';

-- prune_events: deletes Rasa's events older than some days, in batches
-- (A session that goes on stays whole. One that is over is deleted only while no message of its
-- customer is claimed or waits; the lane is locked for that, since a turn relies on the events that
-- it has read.)
WITH cutoff AS MATERIALIZED (
    SELECT extract(epoch FROM now() - %(days)s * interval '1 day')::double precision AS at
), old AS MATERIALIZED (
    SELECT id, sender_id FROM events
    WHERE timestamp < (SELECT at FROM cutoff)
    ORDER BY timestamp
    LIMIT %(most)s
), senders AS MATERIALIZED (
    SELECT sender_id,
        CASE WHEN sender_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            THEN sender_id::uuid END AS customer_id,
        (SELECT id FROM events AS start
            WHERE start.sender_id = known.sender_id AND type_name = 'session_started'
            ORDER BY id DESC LIMIT 1) AS began,
        (SELECT timestamp FROM events AS latest WHERE latest.sender_id = known.sender_id
            ORDER BY id DESC LIMIT 1) < (SELECT at FROM cutoff) AS is_over
    FROM (SELECT DISTINCT sender_id FROM old) AS known
), quiet AS MATERIALIZED (
    SELECT customer_id FROM lanes
    WHERE direction = 'incoming' AND held_by IS NULL AND ready_at IS NULL
        AND customer_id IN (SELECT customer_id FROM senders WHERE is_over)
    ORDER BY customer_id
    FOR UPDATE SKIP LOCKED
), free AS MATERIALIZED (
    SELECT sender_id FROM senders
    WHERE is_over AND (
        customer_id IN (SELECT customer_id FROM quiet)
        OR NOT EXISTS (SELECT FROM lanes
            WHERE lanes.customer_id = senders.customer_id AND direction = 'incoming'))
)
DELETE FROM events WHERE id IN (
    SELECT old.id FROM old JOIN senders USING (sender_id)
    WHERE old.id < began OR sender_id IN (SELECT sender_id FROM free));

-- forget: deletes messages kept for training that are older than some days
-- (A trigger sets the time of a message of an unsubscribed customer so that it is deleted at once.)
DELETE FROM unclear_messages WHERE created_at < now() - %(days)s * interval '1 day';

-- sweep: deletes conversations that have expired
DELETE FROM conversation_state WHERE expires_at < now();

-- end_handovers: ends hand-overs that expired long ago, if no message waits for an answer
UPDATE user_profiles AS customer SET handed_over_until = NULL, handed_over_to = NULL
WHERE handed_over_until < now() - interval '1 day' AND NOT coalesce((
    SELECT direction = 'incoming' AND message.created_at < customer.handed_over_until
    FROM whatsapp_messages AS message
    WHERE message.customer_id = customer.id AND status NOT IN ('withdrawn', 'failed', 'retried')
    ORDER BY message.id DESC
    LIMIT 1), false);

-- depth: how many messages wait in each tray, since when, and how many lanes are held
SELECT direction.name AS direction, waiting.messages, waiting.oldest_seconds, waiting.lanes,
    (SELECT count(*) FROM lanes WHERE lanes.direction = direction.name AND held_by IS NOT NULL)
        AS in_hand,
    (SELECT count(*) FROM whatsapp_messages AS dead
        WHERE dead.direction = direction.name AND dead.status = 'dead') AS dead
FROM (VALUES ('incoming'), ('outgoing')) AS direction (name)
CROSS JOIN LATERAL (
    SELECT count(*) AS messages, count(DISTINCT message.customer_id) AS lanes,
        coalesce(extract(epoch FROM now() - min(message.created_at)), 0)::double precision
            AS oldest_seconds
    FROM whatsapp_messages AS message
    WHERE message.customer_id IS NOT NULL AND message.direction = direction.name
        AND message.status IN ('received', 'queued', 'unknown')) AS waiting;

-- oldest: the waiting time in seconds of the oldest message of each tray that could have left
-- (Messages that wait for the customer's pace or for a receipt do not count.)
SELECT waiting.direction, max(seconds)::double precision FROM (
    SELECT message.direction, extract(epoch FROM
        clock_timestamp() - greatest(message.created_at, lane.not_before)) AS seconds
    FROM whatsapp_messages AS message LEFT JOIN lanes AS lane USING (customer_id, direction)
    WHERE customer_id IS NOT NULL AND message.status IN ('received', 'queued', 'unknown')
        AND message.status <> 'unknown') AS waiting
GROUP BY waiting.direction;

-- undelivered: how many customers were written to lately, and whether anything was delivered
-- (A receipt comes within seconds; messages of the last three minutes are left out.)
SELECT count(DISTINCT customer_id), coalesce(bool_or(delivered_at IS NOT NULL), false) FROM (
    SELECT direction, status, customer_id, created_at, delivered_at FROM whatsapp_messages
    ORDER BY id DESC LIMIT 300) AS newest
WHERE direction = 'outgoing' AND status IN ('sent', 'delivered', 'read', 'failed')
    AND created_at BETWEEN now() - interval '30 minutes' AND now() - interval '3 minutes';

-- paused: our numbers that may not send now, for how long and why
SELECT number, extract(epoch FROM until - now())::double precision AS seconds, reason
FROM pauses WHERE until > now();

-- stopped: why nothing is sent now; short throttles do not count
SELECT reason FROM pauses WHERE until > now() AND seconds >= 30 ORDER BY until DESC LIMIT 1;

-- == Retries and dismissals by staff =============================================================

-- apologised: moves the apology for a dead letter aside, so that its answer can be queued
UPDATE whatsapp_messages AS message SET position = taken.lowest - 1 - message.position
FROM (SELECT least(min(position), 0) AS lowest FROM whatsapp_messages WHERE cause_id = %(row)s)
    AS taken
WHERE cause_id = %(row)s AND position >= 0;

-- revive: puts a dead letter back at its place in its lane and makes the lane ready
WITH lane AS (
    INSERT INTO lanes (customer_id, direction, ready_at)
    SELECT customer_id, 'incoming', now() FROM whatsapp_messages
    WHERE id = %(row)s AND direction = 'incoming' AND status = 'dead' AND customer_id IS NOT NULL
    ON CONFLICT (customer_id, direction) DO UPDATE SET ready_at = coalesce(lanes.ready_at, now())
    RETURNING customer_id
)
UPDATE whatsapp_messages AS message
SET status = 'received', attempts = 0, failed_at = NULL, failure_reason = NULL,
    dismissed_at = NULL
FROM lane
WHERE message.id = %(row)s AND message.customer_id = lane.customer_id AND message.status = 'dead';

-- dismiss: marks a failed message as dismissed by staff, once
UPDATE whatsapp_messages SET dismissed_at = now()
WHERE id = %(row)s AND status IN ('dead', 'failed') AND dismissed_at IS NULL;

-- spend: marks a message that was not sent as tried again, once
UPDATE whatsapp_messages SET status = 'retried'
WHERE id = %(row)s AND direction = 'outgoing' AND status = 'failed' AND customer_id IS NOT NULL
RETURNING customer_id;

-- repeat: queues a copy of a message; cause and late receipts stay with the first
INSERT INTO whatsapp_messages (
    direction, status, customer_id, from_phone, to_phone, message_type, content, media_url,
    context_id, payload, said_in, written_by)
SELECT 'outgoing', 'queued', customer_id, from_phone, to_phone, message_type, content, media_url,
    context_id, payload, said_in, written_by
FROM whatsapp_messages WHERE id = %(row)s;
