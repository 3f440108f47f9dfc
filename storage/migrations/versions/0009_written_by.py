"""Who of the staff wrote a message."""

from alembic import op

revision = "0009_written_by"
down_revision = "0008_answers"

# The console says in this setting who is at work, as for the versions of menus.
WRITTEN_BY = """
ALTER TABLE whatsapp_messages
    ADD COLUMN written_by text DEFAULT NULLIF(current_setting('shop.staff', true), '');
"""


def upgrade() -> None:
    op.execute(WRITTEN_BY)
