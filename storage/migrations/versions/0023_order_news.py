"""News of an order begin where the shop moves it; the trigger is for changes by SQL alone."""

from alembic import op

revision = "0023_order_news"
down_revision = "0021_trade"

# shop/orders/news.py writes the notice of a move in the console, and sets shop.quiet meanwhile, as
# it does for what customers do themselves. Whoever changes a status by SQL has no Undo to wait for.
BY_SQL = """
DROP TRIGGER order_moved ON orders;
DROP FUNCTION order_moved();
CREATE FUNCTION order_moved_by_sql() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever was told "order confirmed" as it was placed is not told so again.
    IF NEW.status <> OLD.status AND coalesce(current_setting('shop.quiet', true), '') <> 'on'
        AND NOT (NEW.status = 'confirmed' AND OLD.status = 'pending'
            AND OLD.accepted_at IS NOT NULL)
    THEN
        INSERT INTO order_notices (order_id, status) VALUES (NEW.order_id, NEW.status);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER order_moved_by_sql AFTER UPDATE OF status ON orders
    FOR EACH ROW EXECUTE FUNCTION order_moved_by_sql();
"""


def upgrade() -> None:
    op.execute(BY_SQL)
