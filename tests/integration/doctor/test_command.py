"""`make doctor`: every point in its area, what to do, and an exit code that a script can use."""

import pytest

import settings
from doctor import __main__ as command
from doctor import examination
from doctor.examination import examine_all
from doctor.findings import AREAS
from tests.integration.doctor.conftest import OURS


@pytest.fixture
def at_meta(meta, database_url, monkeypatch):
    """This process's settings are those of a shop at Meta."""
    monkeypatch.setenv("WHATSAPP_API_URL", meta.url)
    for name, value in OURS.items():
        monkeypatch.setenv(name.upper(), value)
    settings.load_settings.cache_clear()
    yield meta
    settings.load_settings.cache_clear()


def test_it_prints_areas_points_and_cures(at_meta, capsys):
    at_meta.has(is_subscribed=False)
    assert command.main([]) == 1
    said = capsys.readouterr().out
    assert [said.index(f"\n{area}\n") for area in AREAS] == sorted(
        said.index(f"\n{area}\n") for area in AREAS
    )
    assert "TROUBLE  App at the account: The app is not subscribed" in said
    assert "-> Subscribe it." in said
    assert "make doctor MEND=1" in said


def test_what_to_set_on_the_server_stands_last(at_meta, monkeypatch, capsys):
    monkeypatch.setenv("MESSAGES_PER_SECOND", "500")
    settings.load_settings.cache_clear()
    command.main([])
    said = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(said) if "-> Have us send 80 at most." in line)
    assert said[at + 1].strip() == "On the server: MESSAGES_PER_SECOND=80"


def test_it_puts_right_what_it_can(at_meta, capsys):
    at_meta.has(is_subscribed=False, fields=["messages"])
    command.main(["--mend"])
    said = capsys.readouterr().out
    assert "The app is subscribed to the account: messages arrive from now on." in said
    mended = {one.title: one.state for one in examine_all(settings.load_settings())}
    assert (mended["App at the account"], mended["Fields"]) == ("fine", "fine")


def test_what_may_not_be_read_ends_its_part_alone(at_meta, monkeypatch):
    def unreadable(_settings):
        raise PermissionError
        yield

    monkeypatch.setattr(examination, "examine_machine", unreadable)
    found = {one.title: one.state for one in examine_all(settings.load_settings())}
    assert found["Examination"] == "unknown"
    assert found["Number"] == "fine"


def test_a_setting_that_is_missing_is_named(monkeypatch, capsys):
    monkeypatch.setenv("WHATSAPP_API_URL", "https://graph.example")
    for name in OURS:
        monkeypatch.delenv(name.upper(), raising=False)
    settings.load_settings.cache_clear()
    assert command.main([]) == 1
    assert "WHATSAPP_ACCESS_TOKEN" in capsys.readouterr().out
    settings.load_settings.cache_clear()
