"""The units of more shops on a server: right, hardened as the first one's, never in its way."""

import os
import re
import subprocess
import sys

import pytest

from settings import ROOT
from tests.integration.deploy.conftest import DEPLOY, needed

SHOPS = {"chai": 6000, "pizza": 6010}
# What all shops share on purpose.
SHARED = ("/opt/ordering-assistant", "/var/cache/ordering-assistant", "User=", "Group=", "CacheDi")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The files of two shops in one directory, and what was printed for each."""
    directory = tmp_path_factory.mktemp("units")
    said = {}
    for shop, port in SHOPS.items():
        command = ["shop_units.py", shop, str(port), f"bot.{shop}", f"console.{shop}", directory]
        done = subprocess.run(
            [sys.executable, *map(str, command)], cwd=DEPLOY, check=True, capture_output=True,
            text=True,
        )  # fmt: skip
        said[shop] = dict(line.split("=", 1) for line in done.stdout.splitlines())
    return directory, said


def test_each_shop_has_units_of_its_own(written):
    directory, _ = written
    ours = {unit.name for unit in (DEPLOY / "systemd").iterdir()}
    for shop in SHOPS:
        named = {name.replace("ordering-assistant", f"ordering-assistant-{shop}", 1)
                 for name in ours}  # fmt: skip
        assert named <= {file.name for file in directory.iterdir()}
    assert not ours & {file.name for file in directory.iterdir()}


def test_no_two_shops_share_a_file_a_port_or_a_name(written):
    directory, said = written
    for shop, port in SHOPS.items():
        for unit in directory.glob(f"ordering-assistant-{shop}*"):
            for line in unit.read_text().splitlines():
                named = re.findall(r"(?:/\w+)*/?ordering-assistant(?:-\w+)?", line)
                alone = [word for word in named if not word.endswith(f"ordering-assistant-{shop}")]
                is_ok = f"/{shop}/" in line or any(shared in line for shared in SHARED)
                assert not alone or is_ok or f"-{shop}-" in line, (unit.name, line)
        ports = [int(said[shop][name]) for name in ("BOT_PORT", "RASA_PORT", "CONSOLE_PORT")]
        assert ports == [port, port + 1, port + 2]
        assert f"rasa@{port + 1}" in (directory / f"ordering-assistant-{shop}.target").read_text()
        site = (directory / f"{shop}.nginx.conf").read_text()
        assert re.findall(r"proxy_pass http://127\.0\.0\.1:(\d+)", site) == [
            str(port), str(port + 2),
        ]  # fmt: skip
        assert ".example" not in re.sub(r"#.*", "", site)
    assert said["chai"]["BACKUP_DIRECTORY"] != said["pizza"]["BACKUP_DIRECTORY"]


def test_systemd_takes_them_all_together(written, tmp_path):
    program = needed("systemd-analyze")
    directory, _ = written
    (tmp_path / "environment").symlink_to(sys.prefix)
    units = []
    for unit in sorted(directory.glob("ordering-assistant-*")):
        text = unit.read_text().replace(
            "/opt/ordering-assistant-environment", f"{tmp_path}/environment"
        )
        units.append(tmp_path / unit.name)
        units[-1].write_text(text)
    checked = subprocess.run(
        [program, "verify", "--man=no", *map(str, units)],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    ours = [line for line in checked.stderr.splitlines() if "ordering-assistant" in line]
    assert (checked.returncode, ours) == (0, [])


def test_a_name_that_is_none_is_refused():
    for arguments in ([], ["Chai Corner", "1", "a", "b", "c"], ["../x", "1", "a", "b", "c"]):
        done = subprocess.run(
            [sys.executable, ROOT / "deploy" / "shop_units.py", *arguments],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert (done.returncode, "shop_units.py NAME PORT" in done.stderr) == (2, True)
