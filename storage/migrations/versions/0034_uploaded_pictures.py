"""Which of the shop's pictures WhatsApp has already, and under which id."""

from alembic import op

revision = "0034_uploaded_pictures"
down_revision = "0033_shortages"

UPLOADED_PICTURES = """
CREATE TABLE uploaded_pictures (
    name text NOT NULL REFERENCES kept_pictures ON DELETE CASCADE,
    phone_number_id text NOT NULL,
    media_id text NOT NULL,
    uploaded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, phone_number_id)
);
"""


def upgrade() -> None:
    op.execute(UPLOADED_PICTURES)
