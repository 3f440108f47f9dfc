"""Waits until a child process ends, so that the supervisor need not poll all of them."""

import os
import select
import signal


class EndedChild:
    """Waits for SIGCHLD. Create one per process, in its main thread."""

    def __init__(self) -> None:
        self._read, write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        # Python writes a signal to the wakeup file only if the signal has a Python handler.
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)

    def wait(self, seconds: float) -> None:
        """Returns after so many seconds, or as soon as a child has ended since the last call."""
        if select.select([self._read], [], [], seconds)[0]:
            os.read(self._read, 4096)
