"""Customers are `regular` until the shop gives them another tier; they were `standard` before."""

from alembic import op

revision = "0019_customer_tier"
down_revision = "0018_growth"

# The menus of that tier go with it, and so do the buttons that name them.
MENUS = """
UPDATE workflow_templates SET template_name = split_part(template_name, '@', 1) || '@regular'
WHERE template_name LIKE '%@standard' AND NOT EXISTS (
    SELECT FROM workflow_templates AS other
    WHERE other.template_name = split_part(workflow_templates.template_name, '@', 1) || '@regular')
"""
BUTTONS = """
UPDATE workflow_templates SET {column} =
    regexp_replace({column}::text, '("id": "[^"@]+)@standard"', '\\1@regular"', 'g')::jsonb
WHERE {column}::text ~ '"id": "[^"@]+@standard"'
"""
# All customers at once would be locked for seconds: online.py takes some at a time. A database that
# had this migration before has no such line: a `standard` of the shop's own choice stays there.
CUSTOMERS = "INSERT INTO online_steps (name) VALUES ('customers may be standard')"


def upgrade() -> None:
    op.execute("ALTER TABLE user_profiles ALTER COLUMN customer_tier SET DEFAULT 'regular'")
    op.execute(CUSTOMERS)
    op.execute(MENUS)
    for column in ("menu_structure", "translations"):
        op.execute(BUTTONS.format(column=column))
