"""What the owner has made of a message that was not understood."""

from alembic import op

revision = "0035_taught"
down_revision = "0034_uploaded_pictures"


def upgrade() -> None:
    op.execute("ALTER TABLE unclear_messages ADD COLUMN taught jsonb")
