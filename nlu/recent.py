"""Answers that are kept for a while, for those who ask again: customers repeat each other."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_LONGEST_TEXT = 200  # longer ones are hardly ever written twice


class Recent(Generic[Key, Value]):
    """The answers to the newest questions, `most` of them; any number of threads may ask."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key, text: str, make: Callable[[], Value]) -> Value:
        """The answer kept under a key, else a new one; those to long texts are not kept."""
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
