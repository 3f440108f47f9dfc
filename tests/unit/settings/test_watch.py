"""When a process counts as hung: by questions that stay unanswered, on a clock of the test."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings.watch import (
    ANSWER_SECONDS,
    MOST_MISSED,
    START_SECONDS,
    HeartbeatSign,
    HttpSign,
    Watch,
)

STEP = 0.2


class Asked:
    """A process that gives the answers that a test writes down."""

    def __init__(self, answer: bool | None = True) -> None:
        self.now: bool | None = answer

    def ask(self) -> None: ...

    def drop(self) -> None: ...

    def answer(self) -> bool | None:
        return self.now


def hung_after(watch: Watch, start: float, seconds: float) -> float | None:
    """After how many seconds of looking the process counts as hung; None: it does not."""
    for step in range(int(seconds / STEP)):
        if watch.look(start + step * STEP):
            return step * STEP
    return None


@pytest.mark.parametrize("answer", [None, False])
def test_one_that_answers_no_more_hangs_after_three_questions(answer: bool | None) -> None:
    process = Asked()
    watch = Watch(process, now=0)
    assert hung_after(watch, 0, 60) is None
    process.now = answer
    after = hung_after(watch, 60, 60)
    assert after is not None
    assert (MOST_MISSED - 1) * ANSWER_SECONDS <= after <= 12


def test_one_that_answers_late_is_busy() -> None:
    process = Asked()
    watch = Watch(process, now=0)
    for step in range(600):
        # Two questions in a row get no answer, the third does.
        process.now = None if (step * STEP) % 10 < 2 * ANSWER_SECONDS else True
        assert not watch.look(step * STEP)


def test_one_that_starts_has_patience_of_its_own() -> None:
    watch = Watch(Asked(None), now=0)
    assert hung_after(watch, 0, START_SECONDS) is None
    assert hung_after(watch, START_SECONDS, 10) is not None


def test_nobody_hangs_because_we_slept() -> None:
    """A laptop is closed for an hour; a busy machine lets us look once in ten seconds."""
    process = Asked()
    watch = Watch(process, now=0)
    assert hung_after(watch, 0, 10) is None
    process.now = None
    assert not watch.look(3600)
    assert not any(watch.look(3600 + 10 * step) for step in range(1, 100))


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A port that takes connections and says nothing, as that of a stopped process."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def answer_of(sign: HttpSign, tries: int = 200) -> bool | None:
    """What comes of a question while it is looked at; None: nothing."""
    sign.ask()
    pause = threading.Event()
    for _ in range(tries):
        if (answer := sign.answer()) is not None:
            return answer
        pause.wait(0.01)
    return None


def test_a_port_that_takes_connections_is_no_answer(server: socket.socket) -> None:
    sign = HttpSign(server.getsockname()[1], "/")
    assert answer_of(sign) is None
    sign.drop()


def test_a_closed_port_answers_no(server: socket.socket) -> None:
    port = server.getsockname()[1]
    server.close()
    assert answer_of(HttpSign(port, "/"), 6000) is False


@pytest.mark.parametrize(
    ("said", "is_well"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", True),
        (b"HTTP/1.1 404 Not Found\r\n\r\n", True),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", False),
        (b"", False),
        (b"no HTTP", False),
    ],
)
def test_what_is_answered_counts(server: socket.socket, said: bytes, is_well: bool) -> None:
    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            assert connection.recv(4096).startswith(b"GET /path HTTP/1.1\r\n")
            connection.sendall(said)

    serving = threading.Thread(daemon=True, target=serve)
    serving.start()
    sign = HttpSign(server.getsockname()[1], "/path")
    assert answer_of(sign, 6000) is is_well
    sign.drop()
    serving.join()


def test_a_heartbeat_is_a_change_whatever_the_clock_says(tmp_path: Path) -> None:
    file = tmp_path / "beat"
    sign = HeartbeatSign(file)
    assert sign.answer() is None
    file.touch()
    assert sign.answer() is True
    assert sign.answer() is None
    os.utime(file, (1, 1))  # the machine's clock was set back
    assert sign.answer() is True
