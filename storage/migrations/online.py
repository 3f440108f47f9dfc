"""The steps for big tables that run beside the migrations: indexes, and filling old rows.

`apply_online.py` does these steps after the migrations. To add one: put it at the end of STEPS. The
statement of a Filling finds its rows by an index or among the newest, changes a thousand at most,
and finds none once it is done.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
    """An index: its name, its definition, and the older one that it replaces."""

    name: str
    on: str
    instead_of: str | None = None


@dataclass(frozen=True)
class Filling:
    """A statement that fills some old rows at a time, until it finds none."""

    name: str
    sql: str


_UNCLOSED = "WHERE status <> 'closed'"
_PLACED_BEFORE = "jsonb_typeof(delivery_place) = 'object' AND address IS NULL"
_NOBODYS = "WHERE customer_id IS NULL"

STEPS: tuple[Index | Filling, ...] = (
    # The tracker: a customer's events in order, and where their last session begins.
    Index("events_sender", "events (sender_id, id)", instead_of="ix_events_sender_id"),
    Index("events_sessions", "events (sender_id, id) WHERE type_name = 'session_started'"),
    # Retention.
    Index("events_timestamp", "events (timestamp)"),
    Index("whatsapp_messages_created", "whatsapp_messages (created_at)"),
    Index("media_files_created", "media_files (created_at)"),
    Index("unclear_messages_created", "unclear_messages (created_at)"),
    Index(
        "tickets_with_any_words",
        "tickets (created_at) WHERE description <> '' OR outcome <> ''",
        instead_of="tickets_with_words",
    ),
    Index(
        "orders_with_words",
        "orders (created_at) WHERE notes IS NOT NULL OR address IS NOT NULL "
        "OR table_number IS NOT NULL OR cancel_reason IS NOT NULL",
    ),
    # Orders by the time they are for, and those that nobody has accepted yet.
    Index("orders_due", "orders (due_at) WHERE due_at IS NOT NULL"),
    Index(
        "orders_unaccepted",
        "orders (created_at) WHERE accepted_at IS NULL AND status = 'pending'",
    ),
    # What the sender's process looks for.
    Index("media_files_missing", "media_files (attempts) WHERE content IS NULL"),
    # Who waits for a person, and what staff have to do.
    Index(
        "user_profiles_handed_over",
        "user_profiles (handed_over_until) WHERE handed_over_until IS NOT NULL",
    ),
    Index("tickets_unclosed", f"tickets (status, created_at) {_UNCLOSED}"),
    Index("tickets_unclosed_customer", f"tickets (customer_id) {_UNCLOSED}"),
    Index("tickets_status", "tickets (status, created_at)"),
    Index(
        "whatsapp_messages_by_staff",
        "whatsapp_messages (customer_id, created_at) WHERE written_by IS NOT NULL",
    ),
    Index(
        "whatsapp_messages_undismissed",
        "whatsapp_messages (id) WHERE status IN ('dead', 'failed') AND dismissed_at IS NULL",
    ),
    # The numbers.
    Index("whatsapp_messages_timestamp", "whatsapp_messages (timestamp)"),
    Index(
        "whatsapp_messages_session",
        "whatsapp_messages (customer_id, (said_in ->> 'session')) WHERE said_in IS NOT NULL",
    ),
    Index("tickets_created", "tickets (created_at) INCLUDE (taken_up_at)"),
    # Export and erasure: what knows only the number.
    Index("media_files_customer", "media_files (customer_id)"),
    Index("whatsapp_messages_from_nobody", f"whatsapp_messages (from_phone) {_NOBODYS}"),
    Index("whatsapp_messages_to_nobody", f"whatsapp_messages (to_phone) {_NOBODYS}"),
    Index("tickets_of_nobody", f"tickets (customer_phone) {_NOBODYS}"),
    # Searches.
    Index(
        "user_profiles_search",
        "user_profiles USING gin "
        "(search_parts(coalesce(display_name, '') || ' ' || coalesce(whatsapp_phone, '')))",
    ),
    Index(
        "orders_search",
        "orders USING gin (search_parts(order_id || ' ' || coalesce(customer_phone, '')))",
    ),
    Index(
        "audit_log_search",
        "audit_log USING gin (search_parts(staff_name || ' ' || action || ' ' || subject))",
    ),
    Filling(
        "whose a file is",
        """
        UPDATE media_files SET customer_id = found.customer_id FROM (
            SELECT file.message_id, coalesce(message.customer_id, ticket.customer_id) AS customer_id
            FROM media_files AS file
            LEFT JOIN whatsapp_messages AS message ON message.message_id = file.message_id
            LEFT JOIN tickets AS ticket ON ticket.cause_message_id = file.message_id
            WHERE file.customer_id IS NULL
                AND coalesce(message.customer_id, ticket.customer_id) IS NOT NULL
            LIMIT 1000) AS found
        WHERE media_files.message_id = found.message_id
        """,
    ),
    Filling(
        "what tickets show",
        """
        INSERT INTO media_files (message_id, media_type, customer_id)
        SELECT message.message_id, message.media_type, message.customer_id
        FROM tickets JOIN whatsapp_messages AS message
            ON message.message_id = tickets.cause_message_id
        WHERE tickets.created_at > now() - interval '30 days'
            AND message.message_type IN ('image', 'video', 'audio', 'voice', 'document')
            AND NOT EXISTS (SELECT FROM media_files AS file
                WHERE file.message_id = message.message_id)
        LIMIT 1000
        ON CONFLICT DO NOTHING
        """,
    ),
    Filling(
        "when tickets were taken up",
        """
        UPDATE tickets SET taken_up_at = found.at FROM (
            SELECT ticket_id, (SELECT min(at) FROM audit_log WHERE subject = ticket_id) AS at
            FROM tickets
            WHERE taken_up_at IS NULL AND created_at > now() - interval '32 days'
                AND EXISTS (SELECT FROM audit_log WHERE subject = ticket_id)
            LIMIT 1000) AS found
        WHERE tickets.ticket_id = found.ticket_id
        """,
    ),
    Filling(
        "events of customers who are gone",
        # Under our own ids, a uuid, only: the shell and REST name senders as they like.
        """
        DELETE FROM events WHERE sender_id IN (
            SELECT sender_id FROM (SELECT DISTINCT sender_id FROM events) AS senders
            WHERE sender_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                AND NOT EXISTS (SELECT FROM user_profiles WHERE id::text = sender_id)
            LIMIT 500)
        """,
    ),
    Filling(
        "customers are regular",
        """
        UPDATE user_profiles SET customer_tier = 'regular' WHERE id IN (
            SELECT id FROM user_profiles WHERE customer_tier = 'standard'
                AND EXISTS (SELECT FROM online_steps WHERE name = 'customers may be standard')
            LIMIT 1000)
        """,
    ),
    # Orders of the release before trade; new ones get both by a trigger (migration 0028).
    Index("orders_placed_before", f"orders (order_id) WHERE {_PLACED_BEFORE}"),
    Filling(
        "places are addresses",
        f"""
        UPDATE orders SET address = address_of_place(delivery_place) WHERE order_id IN (
            SELECT order_id FROM orders WHERE {_PLACED_BEFORE} LIMIT 1000)
        """,  # noqa: S608 (our own words)
    ),
    # The search for orders by address; addresses go with the messages, so it stays small.
    Index(
        "orders_address",
        "orders USING gin (search_parts("
        "coalesce(address ->> 'text', '') || ' ' || coalesce(address ->> 'postcode', ''))) "
        "WHERE address IS NOT NULL",
    ),
    # The numbers: reasons of cancellations are read from the orders themselves.
    Index("orders_cancelled", "orders (created_at) WHERE status = 'cancelled'"),
    # The inbox's search for words of people. The bot's own are many, long and nobody's question;
    # the parts of three characters of above would cost three times what the row itself does.
    Index(
        "whatsapp_messages_words",
        "whatsapp_messages USING gin (to_tsvector('simple', content)) "
        "WHERE direction = 'incoming' OR written_by IS NOT NULL",
    ),
)
