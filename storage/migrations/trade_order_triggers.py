"""The triggers of orders since migration 0021, which also serve changes by SQL.

Migration 0023 replaced `order_moved` by `order_moved_by_sql`: since then news begin in
shop/orders/news.py, and this trigger writes them only for changes by SQL.
"""

# An order that was accepted as it was placed has `accepted_at` = `created_at`: taking its
# confirmation back takes no promise back.
ACCEPTANCE = """
CREATE FUNCTION promised_minutes(fulfilment text, delivery_minutes integer) RETURNS interval
LANGUAGE sql STABLE AS $$
    SELECT make_interval(mins =>
        CASE WHEN promised_minutes.fulfilment = 'delivery'
            THEN coalesce(promised_minutes.delivery_minutes,
                (SELECT min(minutes) FROM delivery_zones WHERE is_active), 45)
            ELSE preparation_minutes END
        + CASE WHEN busy_until > clock_timestamp() THEN busy_minutes ELSE 0 END)
    FROM shop_settings
$$;

CREATE FUNCTION accept_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'pending' AND NEW.status NOT IN ('pending', 'cancelled') THEN
        NEW.accepted_at := coalesce(NEW.accepted_at, clock_timestamp());
        NEW.promised_at := coalesce(NEW.promised_at, NEW.due_at,
            clock_timestamp() + promised_minutes(NEW.fulfilment, NEW.delivery_minutes));
    ELSIF NEW.status = 'pending' AND OLD.accepted_at > OLD.created_at THEN
        NEW.accepted_at := NULL;
        NEW.promised_at := NULL;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER accept_order BEFORE UPDATE OF status ON orders
    FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION accept_order();

-- Whoever was told "order confirmed" as it was placed is not told so again.
CREATE OR REPLACE FUNCTION order_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> OLD.status AND coalesce(current_setting('shop.quiet', true), '') <> 'on'
        AND NOT (NEW.status = 'confirmed' AND OLD.status = 'pending'
            AND OLD.accepted_at IS NOT NULL)
    THEN
        INSERT INTO order_notices (order_id, status, not_before) VALUES (
            NEW.order_id, NEW.status,
            CASE WHEN coalesce(current_setting('shop.staff', true), '') = '' THEN now()
                ELSE now() + interval '8 seconds' END);
    END IF;
    RETURN NULL;
END
$$;
"""

# Locks in one order everywhere: the order's row, the slots, the products by sku.
# What was taken of a product's daily stock before its last reset is no longer in it.
CANCELLATION = """
-- One lock for all slots: their times may overlap, and an order may change from one to another.
CREATE FUNCTION lock_slots() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(7263021)
$$;

CREATE FUNCTION orders_in_slot(due timestamptz, but_for text) RETURNS bigint
LANGUAGE sql AS $$
    SELECT count(*) FROM orders
    WHERE due_at IS NOT NULL AND due_at >= due
        AND due_at < due + (SELECT make_interval(mins => slot_minutes) FROM shop_settings)
        AND status <> 'cancelled' AND order_id IS DISTINCT FROM but_for
$$;

CREATE FUNCTION move_stock(taken jsonb, direction integer, since timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    line record;
    missing text;
BEGIN
    FOR line IN SELECT key AS sku, value::integer AS many FROM jsonb_each_text(taken)
            ORDER BY key COLLATE "C" LOOP
        UPDATE products SET stock = stock + direction * line.many
        WHERE sku = line.sku AND stock + direction * line.many >= 0
            AND (stock_daily IS NULL OR restocked_at <= since);
        IF NOT FOUND AND direction < 0 THEN
            SELECT name INTO missing FROM products
            WHERE sku = line.sku AND stock < line.many
                AND (stock_daily IS NULL OR restocked_at <= since);
            IF FOUND THEN
                RAISE EXCEPTION 'there are not % of "%" any more', line.many, missing
                    USING ERRCODE = 'check_violation';
            END IF;
        END IF;
    END LOOP;
END
$$;

CREATE FUNCTION cancellation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    capacity integer;
BEGIN
    IF NEW.status = 'cancelled' THEN
        PERFORM move_stock(NEW.stock_taken, 1, NEW.created_at);
        RETURN NULL;
    END IF;
    SELECT slot_capacity INTO capacity FROM shop_settings;
    IF NEW.due_at IS NOT NULL AND capacity IS NOT NULL THEN
        PERFORM lock_slots();
        IF orders_in_slot(NEW.due_at, NEW.order_id) >= capacity THEN
            RAISE EXCEPTION 'the time of order % was given to others meanwhile', NEW.order_id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    PERFORM move_stock(NEW.stock_taken, -1, NEW.created_at);
    RETURN NULL;
END
$$;
CREATE TRIGGER cancellation_changed AFTER UPDATE OF status ON orders
    FOR EACH ROW WHEN (NEW.status <> OLD.status AND 'cancelled' IN (NEW.status, OLD.status))
    EXECUTE FUNCTION cancellation_changed();
"""
