"""The database's points, on real databases; a pooler in transaction mode is a real PgBouncer."""

import psycopg
import pytest

from doctor.database import examine_database
from settings import Settings
from storage.prepare import prepare_database, wait_for_database
from tests.integration.conftest import forget_database


@pytest.fixture
def look(monkeypatch):
    """`look(url)`: what is found, by title."""

    def look(url):
        monkeypatch.setenv("DATABASE_URL", url)
        forget_database()
        found = {one.title: one for one in examine_database(Settings(_env_file=None))}
        forget_database()
        return found

    return look


def test_a_prepared_database_is_fine(database_url, look):
    found = look(database_url)
    assert {one.title: one.state for one in found.values() if one.state == "trouble"} == {}
    assert {"Version", "Rights", "Pooling", "Tables", "Disk", "Connections"} <= set(found)


def started(url):
    """The pooler's address, once it listens."""
    wait_for_database(url, patience=15)
    return url


def test_a_pooler_in_transaction_mode_is_refused_with_the_cure(pooled_url, look):
    finding = look(started(pooled_url("transaction")))["Pooling"]
    assert finding.state == "trouble"
    assert "session mode" in finding.cure
    assert "pool_mode = session" in finding.server


def test_a_pooler_in_session_mode_is_fine(pooled_url, look):
    assert look(started(pooled_url("session")))["Pooling"].state == "fine"


def test_an_empty_database_has_no_tables(new_database, look):
    with new_database() as url:
        finding = look(url)["Tables"]
        assert (finding.state, "no tables yet" in finding.words) == ("trouble", True)
        prepare_database(url)
        assert look(url)["Tables"].state == "fine"


def test_older_and_newer_tables_are_told_apart(database_url, look):
    for version, state, cure in (
        ("0001_tables", "trouble", "Restart"),
        ("9999_of_tomorrow", "look", "Update this program"),
    ):
        with psycopg.connect(database_url) as connection:
            connection.execute("UPDATE alembic_version SET version_num = %s", [version])
        finding = look(database_url)["Tables"]
        assert finding.state == state
        assert cure in finding.cure


def test_a_user_without_rights_is_told(database_url, look):
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    try:
        finding = look(as_guest(database_url))["Rights"]
        assert finding.state == "trouble"
        assert "OWNER" in finding.server
    finally:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("DROP ROLE guest")


def test_a_database_that_is_away_is_one_point_without_the_password(look):
    found = look("postgresql://somebody:hush@127.0.0.1:9/shop")
    assert [(one.title, one.state) for one in found.values()] == [("Answers", "trouble")]
    assert "hush" not in found["Answers"].words


def as_guest(url):
    rest = url.partition("@")[2]
    return f"postgresql://guest:guest@{rest}"


def test_looking_makes_no_database(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    nothing = Settings(_env_file=None, data_directory=tmp_path / "data")
    [finding] = examine_database(nothing)
    assert (finding.state, finding.cure) == ("look", "Start the shop: that makes one.")
    assert list(tmp_path.iterdir()) == []
