"""When an order was ready, for the numbers; and by which definition a sum was made.

Sums that the version before made, or still makes beside this one, are summed again: cancelled
orders counted in them (shop/figures.py: DEFINITION).
"""

from alembic import op

revision = "0030_ready_orders"
down_revision = "0029_kept_pictures"

COLUMNS = """
ALTER TABLE orders ADD COLUMN ready_at timestamptz;
ALTER TABLE figure_slots ADD COLUMN definition integer NOT NULL DEFAULT 1;
ALTER TABLE figure_days ADD COLUMN definition integer NOT NULL DEFAULT 1;
"""

# By the database, so that an order moved by hand says it, too. One that is taken back is not ready.
READY = """
CREATE OR REPLACE FUNCTION keep_moved_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.moved_at := now();
    NEW.ready_at := CASE
        WHEN NEW.status IN ('ready', 'delivered') THEN coalesce(OLD.ready_at, now())
        WHEN NEW.status = 'cancelled' THEN OLD.ready_at
    END;
    RETURN NEW;
END
$$;
DROP TRIGGER order_figures_moved ON orders;
CREATE TRIGGER order_figures_moved AFTER UPDATE OF status, items, total, created_at ON orders
    FOR EACH ROW WHEN (
        NEW.status <> OLD.status AND 'cancelled' IN (NEW.status, OLD.status)
        OR NEW.total <> OLD.total OR NEW.items <> OLD.items OR NEW.created_at <> OLD.created_at
        OR NEW.ready_at IS DISTINCT FROM OLD.ready_at)
    EXECUTE FUNCTION order_figures_changed();
"""


def upgrade() -> None:
    op.execute(COLUMNS)
    op.execute(READY)
