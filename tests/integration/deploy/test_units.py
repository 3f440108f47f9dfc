"""The units of systemd: right, hardened, and their commands start without anything of ours."""

import ctypes
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys

import pytest

from benchmarks.machine import free_port
from settings import ROOT, load_settings, processes
from tests.integration.deploy.conftest import DEPLOY, needed

UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
SERVING = ("webhook", "sender", "console")
# systemd's own measure, from 0 (nothing can be done) to 10.
MOST_EXPOSED = 2.0
_PR_SET_MDWE, _REFUSE_EXEC_GAIN = 65, 1  # linux/prctl.h


def commands(unit, key="ExecStart"):
    """The unit's commands, with the environment of this test run in place of the server's."""
    found = re.findall(rf"^{key}=(.+)$", unit.read_text(), re.M)
    here = f"{sys.prefix}/bin/"
    return [
        shlex.split(each.replace("/opt/ordering-assistant-environment/bin/", here))
        for each in found
    ]


def unit_of(name):
    return DEPLOY / f"systemd/ordering-assistant-{name}.service"


def test_systemd_takes_every_unit(tmp_path):
    """Placed together, so that each finds those that it names; with programs that exist here."""
    program = needed("systemd-analyze")
    (tmp_path / "environment").symlink_to(sys.prefix)
    for unit in UNITS:
        text = unit.read_text()
        text = text.replace("/opt/ordering-assistant-environment", f"{tmp_path}/environment")
        (tmp_path / unit.name).write_text(text)
    checked = subprocess.run(
        [program, "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        check=False,
        capture_output=True,
        text=True,
    )
    ours = [line for line in checked.stderr.splitlines() if "ordering-assistant" in line]
    assert (checked.returncode, ours) == (0, [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_a_service_can_do_next_to_nothing(unit):
    program = needed("systemd-analyze")
    checked = subprocess.run(
        [program, "security", "--offline=yes", "--no-pager", str(unit)],
        check=False,
        capture_output=True,
        text=True,
    )
    measured = re.search(r"exposure level for \S+: ([\d.]+)", checked.stdout)
    assert measured, checked.stderr
    assert float(measured[1]) <= MOST_EXPOSED
    assert "\nUser=ordering-assistant\n" in unit.read_text()


def test_there_is_a_unit_for_every_process_that_make_run_starts(monkeypatch):
    monkeypatch.setenv("WHATSAPP_API_URL", "https://graph.facebook.com")
    for name in ("PHONE_NUMBER_ID", "ACCESS_TOKEN", "APP_SECRET", "VERIFY_TOKEN"):
        monkeypatch.setenv(f"WHATSAPP_{name}", "x")
    load_settings.cache_clear()
    try:
        configured = load_settings()
    finally:
        load_settings.cache_clear()
    for process in processes.quick_processes(configured):
        assert commands(unit_of(process.name)) == [list(process.command)]
    (rasa,) = commands(unit_of("rasa@"))
    expected = [*processes.RASA_RUN, "--port", "%i"]
    assert [rasa[0].rpartition("/")[2], *rasa[1:]] == expected
    target = (DEPLOY / "systemd/ordering-assistant.target").read_text()
    for name in (*SERVING, "rasa@5006"):
        assert f"ordering-assistant-{name}.service" in target


def test_the_documents_start_the_same_without_systemd():
    section = (ROOT / "docs/deploying.md").read_text().partition("## Without systemd")[2]
    for name in ("webhook", "sender", "console", "rasa@"):
        text = unit_of(name).read_text().replace("%i", "5006")
        [command] = re.findall(r"^ExecStart=\S+/bin/(.+)$", text, re.M)
        assert f"as_unit {command} &" in section
        given = re.findall(r"^Environment=((?:PROM|PROC|RASA_C|HOME)\S+)$", text, re.M)
        assert [one for one in given if f"export {one}" not in section] == []


def test_rasa_has_a_home_that_it_may_write():
    """It keeps a file there, and logs a failure at each start where it cannot."""
    text = unit_of("rasa@").read_text()
    [home] = re.findall(r"^Environment=HOME=(\S+)$", text, re.M)
    [writable] = re.findall(r"^ReadWritePaths=(.+)$", text, re.M)
    assert home in writable.split()
    assert f"CacheDirectory={home.rpartition('/')[2]}\n" in text


@pytest.fixture
def watchdog(tmp_path):
    """systemd's end of NOTIFY_SOCKET."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(300)
        yield listening


def refuse_new_code():
    """What MemoryDenyWriteExecute does, by the kernel itself; older kernels do not know it."""
    ctypes.CDLL(None).prctl(_PR_SET_MDWE, _REFUSE_EXEC_GAIN, 0, 0, 0)


@pytest.mark.parametrize("name", SERVING)
def test_each_starts_alone_beats_answers_and_ends(name, watchdog, database_url, tmp_path):
    unit = unit_of(name)
    assert "MemoryDenyWriteExecute=yes" in unit.read_text()
    (tmp_path / "counters").mkdir()
    given = {
        "DATABASE_URL": database_url,
        "NOTIFY_SOCKET": str(tmp_path / "notify"),
        "HEARTBEAT_FILE": str(tmp_path / "heartbeat"),
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "counters"),
        "BOT_PORT": str(free_port()),
        "CONSOLE_PORT": str(free_port()),
        "CONSOLE_PASSWORD": "correct horse battery",
    }
    (command,) = commands(unit)
    log = (tmp_path / "log").open("wb")
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **given},
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=refuse_new_code,  # noqa: PLW1509 (we have one thread)
    ) as started:
        try:
            assert watchdog.recv(200).startswith(b"WATCHDOG=1\nWATCHDOG_USEC=")
            assert alive(name, given) == (0, "")
        finally:
            started.send_signal(signal.SIGTERM)
        assert started.wait(60) == 0, (tmp_path / "log").read_text()
    (tmp_path / "heartbeat").unlink()
    assert alive(name, given) == (1, f"settings.alive: {name} makes no progress\n")


@pytest.mark.parametrize("name", ["prepare", "backup"])
def test_what_ends_by_itself_may_make_no_code_either(name, database_url, tmp_path):
    (command,) = commands(unit_of(name))
    given = {
        "DATABASE_URL": database_url,
        "BACKUP_DIRECTORY": str(tmp_path),
        "BACKUP_KEY": "some words" if shutil.which("gpg") else "",
    }
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **given},
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
        preexec_fn=refuse_new_code,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(list(tmp_path.iterdir())) == (name == "backup")


def alive(name, given):
    asked = subprocess.run(
        [sys.executable, "-m", "settings.alive", name],
        cwd=ROOT,
        env={**os.environ, **given},
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    return asked.returncode, asked.stderr


def test_a_worker_is_not_started_without_a_model(tmp_path, monkeypatch, capsys):
    from settings import models  # noqa: PLC0415 (its directory is replaced here alone)

    monkeypatch.setattr(models, "MODELS", tmp_path)
    assert models.main() == 1
    assert (
        capsys.readouterr().err == "settings.models: there is no model in models/: `make train`\n"
    )
