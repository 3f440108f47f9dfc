"""Notifies the sender's process when an order moves or a ticket is opened; it polls rarely."""

from alembic import op

revision = "0017_rings"
down_revision = "0016_order_notes"

# Both are rare: a NOTIFY makes those commits that notify wait for each other.
RINGS = """
CREATE FUNCTION ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(TG_ARGV[0], '');
    RETURN NULL;
END
$$;
CREATE TRIGGER ring AFTER INSERT ON order_notices
    FOR EACH STATEMENT EXECUTE FUNCTION ring('order_notices');
CREATE TRIGGER ring AFTER INSERT ON tickets
    FOR EACH STATEMENT EXECUTE FUNCTION ring('tickets');
"""


def upgrade() -> None:
    op.execute(RINGS)
