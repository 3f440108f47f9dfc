"""Orders keep how they are to be made, in the customer's words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016_order_notes"
down_revision = "0015_undo"


def upgrade() -> None:
    op.add_column("orders", sa.Column("notes", JSONB()))
