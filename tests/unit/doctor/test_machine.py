"""The points of this machine that need no server."""

import os
import time

import pytest

from doctor import machine
from doctor.backups import examine_backups
from settings import EMULATOR_DEFAULTS, Settings

REAL = {"whatsapp_api_url": "https://graph.example"} | dict.fromkeys(EMULATOR_DEFAULTS, "given")


@pytest.mark.parametrize(
    ("lead", "state", "words"),
    [
        (None, "unknown", "did not tell"),
        (2.0, "fine", "agrees"),
        (90.0, "trouble", "90 seconds ahead"),
        (-90.0, "trouble", "90 seconds behind"),
    ],
)
def test_the_clock_is_compared_with_metas(lead, state, words):
    finding = machine.examine_clock(lead)
    assert finding.state == state
    assert words in finding.words


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({}, "look"),
        (REAL, "fine"),
        (REAL | {"whatsapp_api_url": "http://graph.example"}, "trouble"),
    ],
    ids=["emulator", "real", "without TLS"],
)
def test_the_settings(monkeypatch, given, state):
    monkeypatch.delenv("WHATSAPP_API_URL", raising=False)
    assert machine._environment(Settings(_env_file=None, **given)).state == state


def test_the_emulators_secrets_are_refused_for_a_real_number():
    given = REAL | {"whatsapp_app_secret": EMULATOR_DEFAULTS["whatsapp_app_secret"]}
    finding = machine._secrets(Settings(_env_file=None, **given))
    assert finding.state == "trouble"
    assert finding.server == "WHATSAPP_APP_SECRET"


def test_a_file_of_secrets_that_others_may_read_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    file = tmp_path / ".env"
    file.write_text("")
    for mode, state in ((0o644, "trouble"), (0o600, "fine")):
        file.chmod(mode)
        assert machine._secrets(Settings(_env_file=None, **REAL)).state == state


def test_a_machine_without_a_model_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(machine.models, "MODELS", tmp_path)
    finding = machine._model()
    assert (finding.state, finding.server) == ("trouble", machine.TRAIN)
    (tmp_path / "broken.tar.gz").write_bytes(b"no archive")
    assert "damaged" in machine._model().words


def test_backups_must_be_there_and_new_and_encrypted(tmp_path):
    given = REAL | {"backup_directory": tmp_path}

    def look(**more):
        [finding] = examine_backups(Settings(_env_file=None, **given, **more))
        return finding.state, finding.words

    assert look()[0] == "trouble"
    newest = tmp_path / "backup-20261130T000000Z.dump"
    newest.write_bytes(b"x")
    assert look() == ("look", "The newest is 0 hours old, and not encrypted.")
    assert look(backup_key="long words")[0] == "fine"
    three_days_ago = time.time() - 3 * 86_400
    os.utime(newest, (three_days_ago, three_days_ago))
    assert look() == ("trouble", "The newest is 3 days old.")


def test_the_emulators_shop_needs_no_backup():
    assert list(examine_backups(Settings(_env_file=None))) == []


def test_a_model_that_nobody_examined_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(machine.models, "MODELS", tmp_path)
    monkeypatch.setattr(machine.models, "is_whole", lambda _: True)
    sources = machine.models.hash_sources()
    for name, state, words in (
        ("20261130-081038-00000000", "look", "other sources"),
        (f"20261130-081039-{sources}", "look", "never compared"),
        (f"20261130-081040-{sources}-passed", "fine", "was examined"),
    ):
        (tmp_path / f"{name}.tar.gz").touch()
        os.utime(tmp_path / f"{name}.tar.gz", (int(name[9:15]),) * 2)
        finding = machine._model()
        assert (finding.state, words in finding.words) == (state, True)
