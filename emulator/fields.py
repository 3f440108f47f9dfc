"""Reads requests as strictly as Meta: reports fields that are missing, unknown or of another type.

Error texts have Meta's form: `(#100) The parameter interactive['body']['text'] is required.`
"""

from dataclasses import dataclass
from typing import Any

from emulator.errors import bad_parameter


@dataclass(frozen=True)
class Node:
    """A JSON object of a request, and its path as Meta's error texts write it."""

    value: dict[str, Any]
    path: str = ""

    def at(self, key: str) -> str:
        """The path of one of its keys."""
        return f"{self.path}['{key}']" if self.path else key

    def allow(self, *keys: str) -> None:
        """Raises Meta's error if the object has other keys than these."""
        for key in self.value:
            if key not in keys:
                raise bad_parameter(f'Unexpected key "{key}" on param "{self.path or "messages"}".')

    def has(self, key: str) -> bool:
        return key in self.value

    def need(self, key: str) -> Any:
        """The value of a key; raises Meta's error if the key is missing."""
        if key not in self.value:
            raise bad_parameter(f"The parameter {self.at(key)} is required.")
        return self.value[key]

    def string(self, key: str) -> str:
        """A required string, which may be empty."""
        value = self.need(key)
        if not isinstance(value, str):
            raise bad_parameter(f"Param {self.at(key)} must be a string.")
        return value

    def word(self, key: str) -> str:
        """A required string that is not empty: Meta treats "" as missing."""
        value = self.string(key)
        if not value:
            raise bad_parameter(f"The parameter {self.at(key)} is required.")
        return value

    def optional_string(self, key: str) -> str | None:
        return self.string(key) if self.has(key) else None

    def boolean(self, key: str) -> bool:
        """A boolean; False if the key is missing."""
        value = self.value.get(key, False)
        if not isinstance(value, bool):
            raise bad_parameter(f"Param {self.at(key)} must be a boolean.")
        return value

    def choice(self, key: str, *values: str) -> str:
        """A required string that is one of these values."""
        value = self.string(key)
        if value not in values:
            known = ", ".join(values)
            raise bad_parameter(f"Param {self.at(key)} must be one of {{{known}}} - got {value!r}.")
        return value

    def object(self, key: str) -> "Node":
        value = self.need(key)
        if not isinstance(value, dict):
            raise bad_parameter(f"Param {self.at(key)} must be a JSON object.")
        return Node(value, self.at(key))

    def optional_object(self, key: str) -> "Node | None":
        return self.object(key) if self.has(key) else None

    def array(self, key: str) -> list[Any]:
        value = self.need(key)
        if not isinstance(value, list):
            raise bad_parameter(f"Param {self.at(key)} must be a JSON array.")
        return value

    def objects(self, key: str) -> "list[Node]":
        """A required array of objects, each with its own path."""
        found = []
        for index, value in enumerate(self.array(key)):
            path = f"{self.at(key)}[{index}]"
            if not isinstance(value, dict):
                raise bad_parameter(f"Param {path} must be a JSON object.")
            found.append(Node(value, path))
        return found
