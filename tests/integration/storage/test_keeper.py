"""The keeper starts a dead server again, and stops it when it is told to end."""

import os
import signal

import psycopg
import pytest

from storage.embedded import server
from tests.integration.storage.attaching import answers, eventually


@pytest.fixture
def keeper(attach):
    keeper = attach("keep")
    assert "ready" in keeper.says()
    return keeper


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_keeper_stops_the_server_when_told(keeper, attach, number):
    visitor = attach()
    url = visitor.says()
    visitor.leaves()
    assert answers(url)
    keeper.process.send_signal(number)
    assert keeper.process.wait(60) == 0
    assert not answers(url)


def test_the_keeper_starts_a_killed_server_within_a_second(keeper, attach, place):
    url = attach().says()
    for _ in range(3):
        os.kill(place.postmaster(), signal.SIGKILL)
        eventually(lambda: not answers(url))
        assert eventually(lambda: answers(url)) < 1


def test_the_keeper_lives_through_a_crash_of_one_backend(keeper, attach, place):
    url = attach().says()
    connection = psycopg.connect(url, autocommit=True)
    pid = connection.info.backend_pid
    assert server.works_in(pid, place.data)
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: answers(url))
    assert keeper.process.poll() is None
