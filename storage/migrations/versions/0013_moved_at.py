"""When the status of an order last changed; `updated_at` also changes with other columns."""

from alembic import op

revision = "0013_moved_at"
down_revision = "0012_profile_names"

# What is known of the orders that are there; their updated_at stays.
COLUMN = """
ALTER TABLE orders ADD COLUMN moved_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE orders DISABLE TRIGGER touch_updated_at;
UPDATE orders SET moved_at = updated_at;
ALTER TABLE orders ENABLE TRIGGER touch_updated_at;
DROP INDEX orders_updated;
CREATE INDEX orders_moved ON orders (moved_at);
"""

# By the database, as the notices are, so that an order moved by hand says it, too.
MOVES = """
CREATE FUNCTION keep_moved_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.moved_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER keep_moved_at BEFORE UPDATE OF status ON orders
    FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION keep_moved_at();
"""


def upgrade() -> None:
    op.execute(COLUMN)
    op.execute(MOVES)
