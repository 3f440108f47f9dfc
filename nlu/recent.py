"""A cache of recent results: many customers write the same messages."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_LONGEST_TEXT = 200  # longer texts are hardly ever written twice


class Recent(Generic[Key, Value]):
    """Keeps the `most` newest results; safe for many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def find_or_make(self, key: Key, text: str, make: Callable[[], Value]) -> Value:
        """The cached result of a key, or else what `make` returns.

        Results of texts over `_LONGEST_TEXT` characters are not cached."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        if len(text) <= _LONGEST_TEXT:
            with self._lock:
                self._kept[key] = made
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return made
