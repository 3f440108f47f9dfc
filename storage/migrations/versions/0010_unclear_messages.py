"""Messages that were not understood, stored for training."""

from alembic import op

revision = "0010_unclear_messages"
down_revision = "0009_written_by"

UNCLEAR = """
CREATE TABLE unclear_messages (
    cause_id bigint PRIMARY KEY,
    customer_id uuid NOT NULL REFERENCES user_profiles (id) ON DELETE CASCADE,
    text text NOT NULL,
    guess text NOT NULL,
    meant text,
    listed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON unclear_messages (customer_id);
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON unclear_messages
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
"""


def upgrade() -> None:
    op.execute(UNCLEAR)
