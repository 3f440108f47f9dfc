"""Reading a request as strictly as Meta does: what is missing, of the wrong type or not known.

The sentences are Meta's own forms: `(#100) The parameter interactive['body']['text'] is required.`
"""

from dataclasses import dataclass
from typing import Any

from emulator.errors import bad_parameter


@dataclass(frozen=True)
class Node:
    """One JSON object of a request, and its path as Meta's sentences write it."""

    value: dict[str, Any]
    path: str = ""

    def at(self, key: str) -> str:
        """The path of one of its keys."""
        return f"{self.path}['{key}']" if self.path else key

    def allow(self, *keys: str) -> None:
        """Refuses any key but these."""
        for key in self.value:
            if key not in keys:
                raise bad_parameter(f'Unexpected key "{key}" on param "{self.path or "messages"}".')

    def has(self, key: str) -> bool:
        return key in self.value

    def need(self, key: str) -> Any:
        """The key's value; refuses its absence."""
        if key not in self.value:
            raise bad_parameter(f"The parameter {self.at(key)} is required.")
        return self.value[key]

    def string(self, key: str) -> str:
        """A string that must be there, empty or not."""
        value = self.need(key)
        if not isinstance(value, str):
            raise bad_parameter(f"Param {self.at(key)} must be a string.")
        return value

    def word(self, key: str) -> str:
        """A string that must be there and not be empty: Meta takes "" for absent."""
        value = self.string(key)
        if not value:
            raise bad_parameter(f"The parameter {self.at(key)} is required.")
        return value

    def optional_string(self, key: str) -> str | None:
        return self.string(key) if self.has(key) else None

    def boolean(self, key: str) -> bool:
        """False when it is absent."""
        value = self.value.get(key, False)
        if not isinstance(value, bool):
            raise bad_parameter(f"Param {self.at(key)} must be a boolean.")
        return value

    def choice(self, key: str, *values: str) -> str:
        """A string that must be one of these."""
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
        """An array of objects, each with its own path."""
        found = []
        for index, value in enumerate(self.array(key)):
            path = f"{self.at(key)}[{index}]"
            if not isinstance(value, dict):
                raise bad_parameter(f"Param {path} must be a JSON object.")
            found.append(Node(value, path))
        return found
