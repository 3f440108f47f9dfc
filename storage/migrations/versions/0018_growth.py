"""Keeps loops and pages fast with full tables.

Only what takes no time on a big table happens here; indexes and the filling of old rows follow
without locks, in storage/migrations/online.py.
"""

from alembic import op

revision = "0018_growth"
down_revision = "0017_rings"

# Which of the steps of storage/migrations/online.py are done.
STEPS = """
CREATE TABLE online_steps (
    name text PRIMARY KEY,
    finished_at timestamptz NOT NULL DEFAULT now()
);
"""

# A file belongs to its customer, also when its message is gone. What a ticket's message shows is
# noted when the ticket is opened, so that nobody looks through all tickets for it.
MEDIA = """
ALTER TABLE media_files ADD COLUMN customer_id uuid REFERENCES user_profiles ON DELETE CASCADE;
CREATE FUNCTION name_media_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.customer_id := coalesce(
        (SELECT customer_id FROM whatsapp_messages WHERE message_id = NEW.message_id),
        (SELECT customer_id FROM tickets WHERE cause_message_id = NEW.message_id));
    RETURN NEW;
END
$$;
CREATE TRIGGER name_media_owner BEFORE INSERT ON media_files
    FOR EACH ROW WHEN (NEW.customer_id IS NULL) EXECUTE FUNCTION name_media_owner();
CREATE FUNCTION want_ticket_media() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO media_files (message_id, media_type, customer_id)
    SELECT message_id, media_type, customer_id FROM whatsapp_messages
    WHERE message_id = NEW.cause_message_id
        AND message_type IN ('image', 'video', 'audio', 'voice', 'document')
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER want_ticket_media AFTER INSERT ON tickets
    FOR EACH ROW WHEN (NEW.cause_message_id IS NOT NULL) EXECUTE FUNCTION want_ticket_media();
"""

# Nothing is kept for training of somebody who wants to hear nothing from us: what comes in all the
# same is as old as can be, so that the next retention finds it without looking at all customers.
UNCLEAR = """
CREATE FUNCTION age_unclear_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM user_profiles
            WHERE id = NEW.customer_id AND subscription = 'unsubscribed') THEN
        NEW.created_at := to_timestamp(0);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER age_unclear_message BEFORE INSERT ON unclear_messages
    FOR EACH ROW EXECUTE FUNCTION age_unclear_message();
CREATE FUNCTION forget_unclear_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM unclear_messages WHERE customer_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER forget_unclear_messages AFTER UPDATE OF subscription ON user_profiles
    FOR EACH ROW WHEN (NEW.subscription = 'unsubscribed' AND OLD.subscription <> 'unsubscribed')
    EXECUTE FUNCTION forget_unclear_messages();
"""

# Rasa's events name the customer in a text, so no foreign key takes them away.
EVENTS = """
CREATE FUNCTION delete_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM events WHERE sender_id = OLD.id::text;
    RETURN NULL;
END
$$;
CREATE TRIGGER delete_events AFTER DELETE ON user_profiles
    FOR EACH ROW EXECUTE FUNCTION delete_events();
"""

# The figures of the page Numbers by half an hour, and which halves of an hour are added up. An
# order that changes afterwards takes its half hour back out: it is added up again.
FIGURES = """
CREATE TABLE figure_slots (
    slot timestamptz PRIMARY KEY,
    is_done boolean NOT NULL DEFAULT false
);
CREATE TABLE figures (
    slot timestamptz NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    number bigint NOT NULL,
    amount numeric NOT NULL DEFAULT 0,
    PRIMARY KEY (slot, at, kind, name)
);
CREATE FUNCTION figure_slot(moment timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE
    RETURN date_bin('30 minutes', moment, '2000-01-01 00:00+00');
CREATE FUNCTION order_figures_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM figure_slots WHERE slot = figure_slot(OLD.created_at);
    END IF;
    IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.created_at <> OLD.created_at THEN
        DELETE FROM figure_slots WHERE slot = figure_slot(NEW.created_at);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER order_figures_changed AFTER INSERT OR DELETE ON orders
    FOR EACH ROW EXECUTE FUNCTION order_figures_changed();
CREATE TRIGGER order_figures_moved AFTER UPDATE OF status, items, total, created_at ON orders
    FOR EACH ROW WHEN (
        NEW.status <> OLD.status AND 'cancelled' IN (NEW.status, OLD.status)
        OR NEW.total <> OLD.total OR NEW.items <> OLD.items OR NEW.created_at <> OLD.created_at)
    EXECUTE FUNCTION order_figures_changed();
"""

# When somebody first did something about a ticket, so that nobody looks it up in the log.
TAKEN_UP = """
ALTER TABLE tickets ADD COLUMN taken_up_at timestamptz;
CREATE FUNCTION take_up_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tickets SET taken_up_at = NEW.at
    WHERE ticket_id = NEW.subject AND taken_up_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER take_up_ticket AFTER INSERT ON audit_log
    FOR EACH ROW EXECUTE FUNCTION take_up_ticket();
"""

# The parts of three characters by which a search finds words anywhere in a text: as pg_trgm, which
# not every PostgreSQL brings along.
SEARCH = """
CREATE FUNCTION search_parts(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(array_agg(DISTINCT substr(lower(words), place, 3)), '{}')
        FROM generate_series(1, length(lower(words)) - 2) AS place);
"""

# What an erasure found, for its page: never whom it was about.
ERASURES = """
CREATE TABLE erasures (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    state text NOT NULL DEFAULT 'looking' CHECK (state IN ('looking', 'done')),
    gone jsonb NOT NULL DEFAULT '{}',
    mentioned jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON erasures
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
"""


def upgrade() -> None:
    for sql in (STEPS, MEDIA, UNCLEAR, EVENTS, FIGURES, TAKEN_UP, SEARCH, ERASURES):
        op.execute(sql)
