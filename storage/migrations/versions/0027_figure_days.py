"""The figures of whole days, summed once more, so that a month is read from thirty days.

A half hour that is taken out takes its day out, too. Indexes are not needed: a year has 365 days.
"""

from alembic import op

revision = "0027_figure_days"
down_revision = "0026_kept_carts"

FIGURE_DAYS = """
CREATE TABLE figure_days (
    begins timestamptz PRIMARY KEY,
    ends timestamptz NOT NULL
);
CREATE TABLE day_figures (
    begins timestamptz NOT NULL REFERENCES figure_days ON DELETE CASCADE,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    number bigint NOT NULL,
    amount numeric NOT NULL DEFAULT 0,
    PRIMARY KEY (begins, at, kind, name)
);
CREATE FUNCTION figure_slot_taken_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM figure_days
    WHERE begins < OLD.slot + interval '30 minutes' AND ends > OLD.slot;
    RETURN NULL;
END
$$;
CREATE TRIGGER figure_slot_taken_out AFTER DELETE ON figure_slots
    FOR EACH ROW EXECUTE FUNCTION figure_slot_taken_out();
"""


def upgrade() -> None:
    op.execute(FIGURE_DAYS)
