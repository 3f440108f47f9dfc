"""Responses in the owner's words, and questions that the owner's own answers are for."""

from alembic import op

revision = "0032_own_words"
down_revision = "0031_going_live"

OWN_WORDS = """
CREATE TABLE response_texts (
    response text NOT NULL,
    language text NOT NULL,
    text text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (response, language)
);
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON response_texts
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
ALTER TABLE faq_answers ADD COLUMN questions text[] NOT NULL DEFAULT '{}';
"""


def upgrade() -> None:
    op.execute(OWN_WORDS)
