"""Messages that went wrong and that staff are done with."""

from alembic import op

revision = "0014_dismissed"
down_revision = "0013_moved_at"

DISMISSED = "ALTER TABLE whatsapp_messages ADD COLUMN dismissed_at timestamptz;"


def upgrade() -> None:
    op.execute(DISMISSED)
