"""The trays' lanes: who works on whose messages, and when the next may be taken."""

from alembic import op

revision = "0003_trays"
down_revision = "0002_triggers"

# One row per customer and direction: the lock, the order of messages, and the time of the next try.
# Every claim and release rewrites a row, hence the room for that and the eager vacuum.
LANES = """
CREATE TABLE lanes (
    customer_id uuid NOT NULL REFERENCES user_profiles ON DELETE CASCADE,
    direction text NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
    ready_at timestamptz,
    held_by integer,
    held_since timestamptz,
    epoch bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    excused integer NOT NULL DEFAULT 0,
    not_before timestamptz,
    PRIMARY KEY (customer_id, direction)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX lanes_ready ON lanes (direction, ready_at)
    WHERE held_by IS NULL AND ready_at IS NOT NULL;
CREATE UNIQUE INDEX lanes_held ON lanes (held_by, epoch) WHERE held_by IS NOT NULL;

COMMENT ON TABLE lanes IS 'One customer''s messages in one direction, taken one at a time';
COMMENT ON COLUMN lanes.ready_at IS 'when its first message may be taken; null: none waits';
COMMENT ON COLUMN lanes.held_by IS 'the worker that has a message of this lane in hand';
COMMENT ON COLUMN lanes.epoch IS 'the last claim, of all claims ever: fences late writers';
COMMENT ON COLUMN lanes.attempts IS 'how often the first message was taken, this time included';
COMMENT ON COLUMN lanes.excused IS 'how many of these failed through no fault of the message';
COMMENT ON COLUMN lanes.not_before IS 'outgoing: the pace to one customer allows the next then';
"""

WORKERS = """
CREATE SEQUENCE worker_ids AS integer CYCLE;
CREATE TABLE pauses (
    number text PRIMARY KEY,
    until timestamptz NOT NULL,
    seconds double precision NOT NULL,
    reason text NOT NULL
);
COMMENT ON TABLE pauses IS 'Numbers of ours that may not send until then';
"""

# A lane's first waiting message is found without walking through the customer's history, and what
# went wrong without walking through everybody's.
MESSAGES = """
CREATE INDEX whatsapp_messages_waiting ON whatsapp_messages (customer_id, direction, id)
    WHERE status IN ('received', 'queued', 'unknown');
CREATE INDEX whatsapp_messages_troubles ON whatsapp_messages (direction, status, id)
    WHERE status IN ('dead', 'failed');
"""


def upgrade() -> None:
    for sql in (LANES, WORKERS, MESSAGES):
        op.execute(sql)
