"""The last profile name from WhatsApp, so that names set by staff can be recognised and kept."""

from alembic import op

revision = "0012_profile_names"
down_revision = "0011_shared_keywords"


def upgrade() -> None:
    op.execute("ALTER TABLE user_profiles ADD COLUMN profile_name text")
    # Until now every name was WhatsApp's.
    op.execute("UPDATE user_profiles SET profile_name = display_name")
