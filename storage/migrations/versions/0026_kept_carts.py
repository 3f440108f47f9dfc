"""Carts that could not be placed since the shop was closed wait for their customers."""

from alembic import op

revision = "0026_kept_carts"
down_revision = "0025_keyword_form"

KEPT_CARTS = """
CREATE TABLE kept_carts (
    customer_id uuid PRIMARY KEY REFERENCES user_profiles ON DELETE CASCADE,
    cart jsonb NOT NULL DEFAULT '{}',
    terms jsonb NOT NULL DEFAULT '{}',
    kept_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON kept_carts (kept_at);
"""


def upgrade() -> None:
    op.execute(KEPT_CARTS)
