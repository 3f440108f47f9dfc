"""While an upgrade lasts, the version before serves on the new tables.

The version before is the newest commit of the history whose migrations end earlier than ours; its
own processes are started on a database of today's. No tag is needed. A shallow clone asks the
repository that it came from for the history.
"""

import io
import os
import subprocess
import sys
import tarfile
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from benchmarks.machine import free_port
from settings import ROOT
from settings.processes import RASA_RUN

VERSIONS = "storage/migrations/versions"
PATIENCE = 300  # of a machine that is busy with something else, too
SECRETS = {
    "WHATSAPP_PHONE_NUMBER_ID": "100200300400500",
    "WHATSAPP_ACCESS_TOKEN": "token-of-the-tests",
    "WHATSAPP_APP_SECRET": "secret-of-the-tests",
    "WHATSAPP_VERIFY_TOKEN": "word-of-the-tests",
}


def git(*arguments, where=ROOT):
    done = subprocess.run(
        ["git", *arguments],
        cwd=where,
        env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
        check=False,
        capture_output=True,
    )
    return done.stdout if done.returncode == 0 else b""


def find_history(directory):
    """The repository that has the history: this one, or a copy of where a shallow one came from."""
    if git("rev-parse", "--is-shallow-repository").strip() != b"true":
        return ROOT
    origin = git("remote", "get-url", "origin").decode().strip()
    copy = directory / "history"
    # Without the files, which are fetched when they are asked for.
    git("clone", "--quiet", "--bare", "--filter=blob:none", origin, str(copy))
    return copy if copy.exists() else ROOT


def migrations_of(commit, history=ROOT):
    names = git("ls-tree", "--name-only", commit, f"{VERSIONS}/", where=history)
    return set(names.decode().split())


def find_version_before(history=ROOT):
    """The commit; None where the history does not reach back to it."""
    ours = {f"{VERSIONS}/{file.name}" for file in (ROOT / VERSIONS).glob("0*.py")}
    written = git("log", "--first-parent", "--format=%H", "--", VERSIONS, where=history)
    for commit in written.decode().split():
        theirs = {
            name for name in migrations_of(commit, history) if Path(name).name.startswith("0")
        }
        if theirs and theirs < ours and max(theirs) < max(ours - theirs):
            return commit
    return None


@pytest.fixture
def version_before(tmp_path):
    """Its files, with the model of today: a server trains before it restarts the processes."""
    history = find_history(tmp_path)
    commit = find_version_before(history)
    if commit is None:
        pytest.skip("the git history has no version before (no history, and none to ask for)")
    with tarfile.open(fileobj=io.BytesIO(git("archive", commit, where=history))) as files:
        files.extractall(tmp_path / "before", filter="data")
    models = sorted((ROOT / "models").glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    if not models:
        pytest.skip("there is no model: rasa train")
    (tmp_path / "before/models").mkdir(exist_ok=True)
    (tmp_path / "before/models" / models[-1].name).symlink_to(models[-1])
    return tmp_path / "before"


@pytest.fixture
def serving(version_before, database_url, tmp_path):
    """The ports of the processes of the version before, on a database of this version."""
    ports = {name: free_port() for name in ("BOT_PORT", "RASA_PORT", "EMULATOR_PORT")}
    webhook = f"http://127.0.0.1:{ports['BOT_PORT']}/webhooks/whatsapp/webhook"
    (tmp_path / "counters").mkdir()
    given = SECRETS | {name: str(port) for name, port in ports.items()}
    given |= {
        "DATABASE_URL": database_url,
        "WHATSAPP_API_URL": f"http://127.0.0.1:{ports['EMULATOR_PORT']}",
        "EMULATOR_WEBHOOK_URL": webhook,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "counters"),
    }
    modules = (
        "emulator",
        "connectors.whatsapp.receive.receiver",
        "connectors.whatsapp.send.sender",
    )
    rasa = str(Path(sys.executable).with_name(RASA_RUN[0]))
    commands = [[sys.executable, "-m", module] for module in modules]
    commands.append([rasa, *RASA_RUN[1:], "--port", given["RASA_PORT"]])
    with ExitStack() as opened, (tmp_path / "log").open("wb") as log:
        for command in commands:
            process = opened.enter_context(
                subprocess.Popen(
                    command, cwd=version_before, env={**os.environ, **given}, stdout=log, stderr=log
                )
            )
            opened.callback(process.terminate)
        yield ports


def wait_until(found, what):
    """What `found` gives once it is something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if result := found():
                return result
        except requests.ConnectionError:
            pass
        time.sleep(0.2)
    raise AssertionError(what)


def test_the_version_before_serves_on_the_new_tables(serving):
    health = f"http://127.0.0.1:{serving['BOT_PORT']}/health"
    wait_until(lambda: requests.get(health, timeout=20).ok, "it does not become healthy")
    customers = f"http://127.0.0.1:{serving['EMULATOR_PORT']}/emulator/customers"
    asha = requests.post(customers, json={"name": "Asha"}, timeout=20).json()["user_id"]

    def says(words, **what):
        """Sends it, and waits for a bubble with these words."""
        requests.post(f"{customers}/{asha}/messages", json=what, timeout=20).raise_for_status()

        def answered():
            messages = requests.get(f"{customers}/{asha}/chat", timeout=20).json()["messages"]
            return any(words in (each.get("text") or "") for each in messages)

        wait_until(answered, words)

    says("Welcome!", text="hi")
    says("Coffee × 2", text="2 coffees please")
    says("Order Confirmed", tap="✅ Confirm Order")
    says("ORD-", text="track my order")
