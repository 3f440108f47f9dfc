"""Menus that nobody can break: a keyword opens one menu alone, and what is wrong is kept."""

from alembic import op

revision = "0007_live_menus"
down_revision = "0006_staff_and_notices"

# No reference to the menus, so that `TRUNCATE workflow_templates` by hand still works.
PROBLEMS = """
CREATE TABLE menu_problems (
    template_id uuid PRIMARY KEY,
    template_name text NOT NULL,
    version integer,
    reason text NOT NULL,
    is_shown boolean NOT NULL,
    found_at timestamptz NOT NULL DEFAULT now()
);
"""

# The same form as shop/keyword_forms.py has.
KEYWORDS = r"""
CREATE FUNCTION keyword_form(keyword text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(nullif(rtrim(tidy, ' .,;:!?…।'), ''), tidy)
    FROM (
        SELECT btrim(regexp_replace(lower(normalize(keyword, NFC)), '\s+', ' ', 'g')) AS tidy
    ) AS folded
$$;

CREATE FUNCTION refuse_keyword_twice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taken record;
BEGIN
    IF NOT NEW.is_active OR cardinality(NEW.trigger_keywords) = 0 THEN
        RETURN NULL;
    END IF;
    -- Two that add the same keyword at the same time wait for each other.
    PERFORM pg_advisory_xact_lock(7263006);
    SELECT other.template_name, ours INTO taken
    FROM workflow_templates AS other, unnest(other.trigger_keywords) AS theirs,
        unnest(NEW.trigger_keywords) AS ours
    WHERE other.is_active AND keyword_form(theirs) = keyword_form(ours)
        AND split_part(other.template_name, '@', 1) <> split_part(NEW.template_name, '@', 1)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'keyword "%" of menu "%" already opens menu "%"',
            taken.ours, NEW.template_name, taken.template_name
            USING ERRCODE = 'unique_violation',
                HINT = 'Take it from the one menu before you give it to the other.';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER refuse_keyword_twice
    AFTER INSERT OR UPDATE OF trigger_keywords, is_active, template_name ON workflow_templates
    FOR EACH ROW EXECUTE FUNCTION refuse_keyword_twice();
"""


def upgrade() -> None:
    op.execute(PROBLEMS)
    op.execute(KEYWORDS)
