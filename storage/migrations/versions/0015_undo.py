"""News of an order that staff moved waits for as long as they can undo it."""

from alembic import op

revision = "0015_undo"
down_revision = "0014_dismissed"

# shop.staff says that the console moves it, where Undo shows for seven seconds; whoever moves an
# order by hand has none.
NOT_BEFORE = """
ALTER TABLE order_notices ADD COLUMN not_before timestamptz NOT NULL DEFAULT now();
CREATE OR REPLACE FUNCTION order_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> OLD.status AND coalesce(current_setting('shop.quiet', true), '') <> 'on' THEN
        INSERT INTO order_notices (order_id, status, not_before) VALUES (
            NEW.order_id, NEW.status,
            CASE WHEN coalesce(current_setting('shop.staff', true), '') = '' THEN now()
                ELSE now() + interval '8 seconds' END);
    END IF;
    RETURN NULL;
END
$$;
"""


def upgrade() -> None:
    op.execute(NOT_BEFORE)
