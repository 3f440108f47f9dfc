"""The embedded PostgreSQL of this checkout, which runs while a process is attached to it.

An attached process holds a shared lock on a file. A process that detaches tries to get the lock
exclusively; if it does, it was the last one and stops the server. A killed process leaves the
server running; the next process to attach finds it and stops it when it detaches.
"""

import atexit
import contextlib
import fcntl
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from storage.embedded.cluster import Cluster
from storage.embedded.errors import EmbeddedError


@dataclass(frozen=True)
class Attachment:
    """This process's hold on a cluster; `lock` is the descriptor that carries the shared lock."""

    cluster: Cluster
    lock: int
    process: int


_attachments: dict[Path, Attachment] = {}
_attaching = threading.Lock()


def attach_cluster(directory: Path) -> str:
    """A libpq URL of the cluster in `directory`, which is initialised and started as needed.

    The directory is made when it is missing. The server runs until the last process that
    attached has ended or called `detach_cluster`. Calling again makes sure that it still answers.

    Raises:
        EmbeddedError: it cannot run; the message says why and what to do.
    """
    directory = directory.resolve()
    try:
        with _attaching:
            if directory not in _attachments:
                _attachments[directory] = _hold(directory)
            cluster = _attachments[directory].cluster
            cluster.ensure()
            return cluster.url()
    except OSError as error:
        raise EmbeddedError(f"the embedded PostgreSQL in {directory}: {error}") from error


def detach_cluster(directory: Path) -> None:
    """Detaches from the cluster; the last process to detach stops it."""
    with _attaching:
        attachment = _attachments.pop(directory.resolve(), None)
    # A forked child shares its parent's lock, which is not the child's to give up.
    if attachment is None or attachment.process != os.getpid():
        return
    try:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(attachment.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            attachment.cluster.stop()
    finally:
        os.close(attachment.lock)


def _hold(directory: Path) -> Attachment:
    cluster = Cluster(directory)
    cluster.make_directory()
    lock = os.open(directory / "attached.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_SH)  # waits while the last one out stops the server
    atexit.register(detach_cluster, directory)
    return Attachment(cluster, lock, os.getpid())
