"""Migration 0019: the tier that customers have by themselves is called `regular`."""

import pytest
from sqlalchemy import create_engine, text

from storage import migrations
from storage.engine import sqlalchemy_url
from storage.migrations import apply_online
from storage.prepare import prepare_database

BEFORE = "0018_growth"
CUSTOMERS = """
INSERT INTO user_profiles (whatsapp_phone) VALUES ('919876500001');
INSERT INTO user_profiles (whatsapp_phone, customer_tier) VALUES ('919876500002', 'gold');
"""
MENUS = """
INSERT INTO workflow_templates (template_name, template_type, menu_structure) VALUES
    ('offers@standard', 'button', '{"type": "button"}'),
    ('lounge@standard', 'button', '{"type": "button"}'),
    ('lounge@regular', 'button', '{"type": "button", "body": {"text": "new"}}'),
    ('start', 'button', CAST(:buttons AS jsonb))
"""
BUTTONS = '{"reply": {"id": "%s", "title": "a@standard"}}'


@pytest.fixture
def migrated(new_database):
    """A connection to a database that had rows when the migration came."""
    with new_database() as url:
        engine = create_engine(sqlalchemy_url(url))
        with engine.begin() as connection:
            migrations.upgrade(connection, BEFORE)
            connection.execute(text(CUSTOMERS))
            connection.execute(text(MENUS), {"buttons": BUTTONS % "offers@standard"})
            migrations.upgrade(connection)
        apply_online.run_online_steps(engine)
        with engine.begin() as connection:
            yield connection
        engine.dispose()


def test_old_rows_and_new_ones_are_regular(migrated):
    migrated.execute(text("INSERT INTO user_profiles (whatsapp_phone) VALUES ('919876500003')"))
    tiers = migrated.scalars(
        text("SELECT customer_tier FROM user_profiles ORDER BY whatsapp_phone")
    )
    assert list(tiers) == ["regular", "gold", "regular"]


def test_the_tiers_menus_stay_its_own(migrated):
    rows = migrated.execute(text("SELECT template_name, menu_structure FROM workflow_templates"))
    menus = {row.template_name: row.menu_structure for row in rows}
    assert {"offers@regular", "lounge@regular", "lounge@standard", "start"} == set(menus)
    assert menus["lounge@regular"]["body"] == {"text": "new"}
    assert menus["start"] == {"reply": {"id": "offers@regular", "title": "a@standard"}}


def test_a_standard_of_the_shops_own_choice_stays(new_database, prepared_database):
    with new_database(prepared_database) as url:
        engine = create_engine(sqlalchemy_url(url))
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM online_steps WHERE name LIKE 'customers%'"))
            connection.execute(text(CUSTOMERS))
            connection.execute(text("UPDATE user_profiles SET customer_tier = 'standard'"))
        prepare_database(url)
        with engine.connect() as connection:
            tiers = connection.scalars(text("SELECT customer_tier FROM user_profiles")).all()
        engine.dispose()
    assert tiers == ["standard"] * 2
