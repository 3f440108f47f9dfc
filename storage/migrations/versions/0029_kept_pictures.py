"""Pictures that the shop shows: `products.image` names one."""

from alembic import op

revision = "0029_kept_pictures"
down_revision = "0027_figure_days"

KEPT_PICTURES = """
CREATE TABLE kept_pictures (
    name text PRIMARY KEY,
    media_type text NOT NULL,
    content bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
"""


def upgrade() -> None:
    op.execute(KEPT_PICTURES)
