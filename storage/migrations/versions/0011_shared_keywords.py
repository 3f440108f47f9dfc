"""A keyword may stand on two menus: no row is refused, the older menu keeps the word."""

from alembic import op

revision = "0011_shared_keywords"
down_revision = "0010_unclear_messages"


def upgrade() -> None:
    op.execute("DROP TRIGGER refuse_keyword_twice ON workflow_templates")
    op.execute("DROP FUNCTION refuse_keyword_twice()")
