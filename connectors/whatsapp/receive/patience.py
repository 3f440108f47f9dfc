"""A timeout for many tasks, with one timer for all of them.

`asyncio.timeout` makes and cancels a timer each time, a thirtieth of a webhook's CPU time.
"""

import asyncio
from types import TracebackType
from typing import Any, Self

Task = asyncio.Task[Any]


class Patience:
    """`with patience:` raises TimeoutError in a task that stays inside for so many seconds.

    An object belongs to one event loop; a task may enter it only once at a time.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        # In the order of their ends, which is that of their beginnings.
        self._ends: dict[Task, float] = {}
        self._late: set[Task] = set()
        self._timer: asyncio.TimerHandle | None = None

    def __enter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._ends[_current()] = loop.time() + self._seconds
        if self._timer is None:
            self._timer = loop.call_later(self._seconds, self._look)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        task = _current()
        self._ends.pop(task, None)
        if task not in self._late:
            return
        self._late.remove(task)
        # Somebody else may have cancelled it as well, who is then obeyed.
        if task.uncancel() == 0 and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def _look(self) -> None:
        """Cancels the tasks that are late, and sets the timer for the next one."""
        loop, self._timer = asyncio.get_running_loop(), None
        now = loop.time()
        for task, end in list(self._ends.items()):
            if end > now:
                self._timer = loop.call_later(end - now, self._look)
                return
            del self._ends[task]
            self._late.add(task)
            task.cancel()


def _current() -> Task:
    task = asyncio.current_task()
    assert task  # noqa: S101 (for the type alone)
    return task
