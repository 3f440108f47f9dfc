"""The console's second factor, where a login came from, and from where each has logged in."""

from alembic import op

revision = "0020_second_factor"
down_revision = "0019_customer_tier"

# None of these rewrites a table.
COLUMNS = """
ALTER TABLE staff ADD COLUMN second_factor text, ADD COLUMN second_factor_since timestamptz,
    ADD COLUMN second_factor_step bigint;
ALTER TABLE staff_sessions ADD COLUMN address text NOT NULL DEFAULT '',
    ADD COLUMN awaits_code boolean NOT NULL DEFAULT false;
"""
PLACES = """
CREATE TABLE login_places (
    staff_id uuid NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    address text NOT NULL,
    last_login_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (staff_id, address)
)
"""
# The limit on a name reads all its tries, from wherever they came.
INDEX = "CREATE INDEX ON login_attempts (name)"


def upgrade() -> None:
    op.execute(COLUMNS)
    op.execute(PLACES)
    op.execute(INDEX)
