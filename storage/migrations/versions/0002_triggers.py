"""Triggers: `updated_at`, and versions of menus."""

from alembic import op

revision = "0002_triggers"
down_revision = "0001_tables"

DATED = (
    "user_profiles",
    "conversation_state",
    "workflow_templates",
    "products",
    "whatsapp_messages",
    "orders",
    "tickets",
)

TOUCH = """
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;
"""

TOUCHED = """
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
"""

# The row's own lock keeps two changes of one menu from drawing the same number.
VERSIONS = """
CREATE FUNCTION keep_template_version(template workflow_templates, change text) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO workflow_template_versions (
        template_id, version, change, template_name, template_type, trigger_keywords,
        menu_structure, is_active, translations, changed_by)
    SELECT template.id, coalesce(max(version), 0) + 1, keep_template_version.change,
        template.template_name, template.template_type, template.trigger_keywords,
        template.menu_structure, template.is_active, template.translations,
        coalesce(nullif(current_setting('shop.staff', true), ''), current_user)
    FROM workflow_template_versions WHERE template_id = template.id
$$;

CREATE FUNCTION template_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM keep_template_version(template, 'deleted') FROM workflow_templates AS template;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM keep_template_version(OLD, 'deleted');
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM keep_template_version(NEW, 'created');
    ELSIF (to_jsonb(NEW) - 'updated_at') <> (to_jsonb(OLD) - 'updated_at') THEN
        PERFORM keep_template_version(NEW, 'changed');
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER keep_version AFTER INSERT OR UPDATE OR DELETE ON workflow_templates
    FOR EACH ROW EXECUTE FUNCTION template_changed();
CREATE TRIGGER keep_versions BEFORE TRUNCATE ON workflow_templates
    FOR EACH STATEMENT EXECUTE FUNCTION template_changed();
"""


def upgrade() -> None:
    op.execute(TOUCH)
    for table in DATED:
        op.execute(TOUCHED.format(table=table))
    op.execute(VERSIONS)
