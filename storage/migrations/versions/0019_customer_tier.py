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


def upgrade() -> None:
    op.execute("ALTER TABLE user_profiles ALTER COLUMN customer_tier SET DEFAULT 'regular'")
    op.execute(
        "UPDATE user_profiles SET customer_tier = 'regular' WHERE customer_tier = 'standard'"
    )
    op.execute(MENUS)
    for column in ("menu_structure", "translations"):
        op.execute(BUTTONS.format(column=column))
