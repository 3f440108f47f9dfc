"""What is installed for whom: the locks, and the environments that are made from them."""

import os
import pty
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from settings import ROOT, install

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FILES = sorted({lock for locks in install.LOCKS.values() for lock in locks})
ENTRY = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)==\S+ \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", re.M
)


def names(lock: str) -> set[str]:
    return {name for name, _ in ENTRY.findall((ROOT / lock).read_text())}


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", FILES)
def test_every_line_of_a_lock_is_a_pin_with_hashes_or_a_remark(lock: str) -> None:
    rest = ENTRY.sub("", (ROOT / lock).read_text())
    assert [line for line in rest.splitlines() if not line.startswith("    # ")] == []


@pytest.mark.parametrize("lock", FILES)
def test_no_lock_names_an_address_or_a_path(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert str(Path.home()) not in text


def test_no_tool_of_development_is_in_productions_environment() -> None:
    tools = wanted(PROJECT["dependency-groups"]["dev"])
    assert len(tools) > 5
    assert not tools & names(install.PRODUCTION)
    assert tools <= names("requirements-dev.lock")


def test_production_has_all_that_the_project_names() -> None:
    assert wanted(PROJECT["project"]["dependencies"]) <= names(install.PRODUCTION)


def test_both_locks_agree_where_they_name_the_same() -> None:
    pin = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.M)
    production = dict(pin.findall((ROOT / install.PRODUCTION).read_text()))
    for name, version in pin.findall((ROOT / "requirements-dev.lock").read_text()):
        assert production.get(name, version) == version


def test_each_kind_of_environment_is_another() -> None:
    assert len({install.hash_locks(locks) for locks in install.LOCKS.values()}) == 4


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("run", "production"),
        ("owner", "production"),
        ("train", "production"),
        ("test", ""),
        ("lint", ""),
    ],
)
def test_make_uses_the_environment_that_the_target_needs(target: str, kind: str) -> None:
    said = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert f"settings/install.py {kind}".strip() + ")" in said


def test_uv_takes_the_index_that_pip_is_configured_for(tmp_path: Path, monkeypatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example/simple")
    assert install.index_of_pip(tmp_path) == {"UV_DEFAULT_INDEX": "https://packages.example/simple"}
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://other.example/simple")
    assert install.index_of_pip(tmp_path) == {}


SAYS = """
import sys, warnings
import ordering_assistant_defaults
warnings.simplefilter("always")  # as sanic and Rasa ask for it
library = sys.prefix + "/lib/library.py"
warnings.warn_explicit("an old name", DeprecationWarning, library, 1)
warnings.warn_explicit("pkg_resources is deprecated as an API", UserWarning, library, 1)
warnings.warn_explicit("an intent has no examples", UserWarning, library, 1)
warnings.warn_explicit("an old name of ours", DeprecationWarning, "/shop/actions.py", 1)
"""


def test_only_warnings_that_a_trainer_can_mend_are_shown(tmp_path: Path) -> None:
    done = run_with_defaults(tmp_path, SAYS, stderr=subprocess.PIPE)
    assert re.findall(r"Warning: (.*)", done.stderr) == [
        "an intent has no examples",
        "an old name of ours",
    ]


# As Rasa draws them, with `disable` and words behind the bar; this terminal has no size of its own.
DRAWS = f"""
import sys
import ordering_assistant_defaults
sys.path.append({str(Path(pytest.__file__).parent.parent)!r})
from tqdm import tqdm
size = dict(ncols=60, nrows=9) if sys.stderr.isatty() else dict()
with tqdm(range(3), desc="Processed rules", disable=False, **size) as bar:
    for _ in bar:
        bar.set_postfix(dict(trackers=1))
"""


def test_progress_bars_are_drawn_on_a_terminal_only(tmp_path: Path) -> None:
    assert run_with_defaults(tmp_path, DRAWS, stderr=subprocess.PIPE).stderr == ""
    ours, theirs = pty.openpty()
    run_with_defaults(tmp_path, DRAWS, stderr=theirs)
    assert "Processed rules: 100%" in os.read(ours, 10_000).decode()


def run_with_defaults(
    directory: Path, program: str, stderr: int
) -> subprocess.CompletedProcess[str]:
    """Runs a program for which `ordering_assistant_defaults` is what is installed today."""
    module = directory / "ordering_assistant_defaults.py"
    module.write_text(install.DEFAULTS.format(cache=str(directory)))
    # Without the environment's own .pth, which may hold other defaults already.
    command = [sys.executable, "-S", "-c", program]
    free = {name: value for name, value in os.environ.items() if not name.startswith("TQDM_")}
    return subprocess.run(command, cwd=directory, env=free, stderr=stderr, text=True, check=True)
