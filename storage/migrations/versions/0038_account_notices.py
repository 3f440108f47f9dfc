"""What Meta tells of the account by webhook: quality, limits, violations, restrictions, bans."""

from alembic import op

revision = "0038_account_notices"
down_revision = "0037_alerts"

NOTICES = """
CREATE TABLE account_notices (
    phone text NOT NULL DEFAULT '',
    kind text NOT NULL,
    words text NOT NULL,
    given_at timestamptz NOT NULL DEFAULT now(),
    until timestamptz NOT NULL,
    PRIMARY KEY (phone, kind)
);
"""


def upgrade() -> None:
    op.execute(NOTICES)
