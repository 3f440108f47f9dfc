"""The life of an embedded cluster, from the first process that needs it to the last."""

import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from storage import embedded
from tests.integration.storage.attaching import answers, eventually


def write(url, value):
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (note text)")
        connection.execute("INSERT INTO notes VALUES (%s)", [value])


def read(url):
    with psycopg.connect(url) as connection:
        return [note for (note,) in connection.execute("SELECT note FROM notes ORDER BY 1")]


def test_the_first_one_makes_and_the_last_one_stops_it(attach):
    first = attach()
    url = first.says()
    second = attach()
    assert second.says() == url
    assert answers(url)
    first.leaves()
    assert answers(url)
    second.leaves()
    assert not answers(url)


def test_data_and_url_survive_a_stop(attach):
    first = attach()
    url = first.says()
    write(url, "kept")
    first.leaves()
    assert attach().says() == url
    assert read(url) == ["kept"]


def test_it_speaks_utf8_on_the_loopback_alone(attach):
    with psycopg.connect(attach().says()) as connection:
        show = connection.execute(
            "SELECT current_setting('server_encoding'), current_setting('listen_addresses'), "
            "current_setting('unix_socket_directories'), current_setting('TimeZone'), 'é' ~ '\\w'"
        ).fetchone()
    assert show == ("UTF8", "127.0.0.1", "", "UTC", True)


def test_a_wrong_password_is_refused(attach):
    url = attach().says()
    assert not answers(url.replace("@", "x@"))


def test_secrets_and_data_are_the_owners_alone(attach, place):
    attach().says()
    assert (place.directory / "password").stat().st_mode & 0o777 == 0o600
    assert place.data.stat().st_mode & 0o777 == 0o700
    assert place.data.stat().st_uid != 0


def test_racing_starters_share_one_server(attach):
    racers = [attach() for _ in range(6)]
    urls = {racer.says() for racer in racers}
    assert len(urls) == 1
    assert answers(*urls)
    for racer in racers:
        racer.leaves()
    assert not answers(*urls)


def test_racers_at_the_exit_leave_nothing_running(attach):
    for _ in range(2):
        racers = [attach() for _ in range(4)]
        (url,) = {racer.says() for racer in racers}
        for racer in racers:
            racer.is_told_to_leave()
        newcomer = attach()  # comes while the others leave
        assert newcomer.says() == url
        assert answers(url)
        newcomer.leaves()
        for racer in racers:
            racer.process.wait(60)
        assert not answers(url)


def test_a_killed_server_is_started_again_at_the_same_port(attach, place):
    first = attach()
    url = first.says()
    write(url, "committed")
    os.kill(place.postmaster(), signal.SIGKILL)
    assert first.attaches_again() == url
    assert read(url) == ["committed"]


def test_a_server_killed_at_work_is_started_again(attach, place):
    first = attach()
    url = first.says()
    sleeper = psycopg.connect(url, autocommit=True)
    with ThreadPoolExecutor() as pool:
        asleep = pool.submit(sleeper.execute, "SELECT pg_sleep(60)")
        os.kill(place.postmaster(), signal.SIGKILL)
        assert attach().says() == url
        assert isinstance(asleep.exception(60), psycopg.OperationalError)
    assert answers(url)


def test_processes_that_are_killed_leave_it_to_the_next(attach):
    first, second = attach(), attach()
    url = first.says()
    second.says()
    first.dies()
    second.dies()
    assert answers(url)
    third = attach()
    assert third.says() == url
    third.leaves()
    assert not answers(url)


def test_a_starter_that_is_killed_leaves_nothing_half_done(attach, place):
    for delay in (0.2, 0.3, 0.4, 0.6):
        starter = attach()
        with pytest.raises(subprocess.TimeoutExpired):
            starter.process.wait(delay)
        starter.dies()
    assert answers(attach().says())
    assert not list(place.directory.glob("*incomplete*"))


def test_drafts_of_killed_starters_go_with_the_next_start(attach, place):
    starter = attach()
    eventually(lambda: list(place.directory.glob("initialising-*")))
    starter.dies()
    eventually(lambda: [attach().leaves(), not list(place.directory.glob("initialising-*"))][1])


def test_ctrl_c_does_not_reach_the_server(attach, place):
    attach().says()
    assert os.getpgid(place.postmaster()) != os.getpgid(os.getpid())
    assert os.getsid(place.postmaster()) != os.getsid(os.getpid())


def test_a_forked_child_does_not_stop_its_parents_server(own_place):
    url = embedded.attach_cluster(own_place.directory)
    child = os.fork()
    if not child:
        embedded.detach_cluster(own_place.directory)
        os._exit(0)
    os.waitpid(child, 0)
    assert answers(url)
    embedded.detach_cluster(own_place.directory)
    assert not answers(url)
