"""What a tap is judged by: the conversation that a message of ours was said in, and its order."""

from alembic import op

revision = "0005_conversations"
down_revision = "0004_console"

SAID_IN = """
ALTER TABLE whatsapp_messages ADD COLUMN said_in jsonb;
"""

PROFILES = """
ALTER TABLE user_profiles ADD COLUMN subscription_cause text;
"""

ORDERS = """
ALTER TABLE orders ADD COLUMN session text, ADD COLUMN delivery_place jsonb;
ALTER TABLE orders ADD UNIQUE (customer_id, session);
"""


def upgrade() -> None:
    for sql in (SAID_IN, PROFILES, ORDERS):
        op.execute(sql)
