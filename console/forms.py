"""The fields of a form, as text that can be stored."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

MOST_FIELDS = 1000


class Unreadable(ValueError):
    """The form could not be read: it has too many fields."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Form:
    """Fields by name; a name may come several times, as check boxes do."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    @classmethod
    def parse(cls, body: bytes) -> "Form":
        """Reads `application/x-www-form-urlencoded`, the only encoding that our pages send.

        Raises:
            Unreadable
        """
        try:
            pairs = parse_qsl(
                body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
            )
        except ValueError:
            raise Unreadable from None
        return cls([(clean_text(name), clean_text(value)) for name, value in pairs])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)

    def text(self, name: str, default: str = "") -> str:
        """The last value, without blanks around it."""
        found = [value for key, value in self._pairs if key == name]
        return found[-1].strip() if found else default

    def texts(self, name: str) -> list[str]:
        """Every value, in order."""
        return [value for key, value in self._pairs if key == name]

    def flag(self, name: str) -> bool:
        """Whether a box was checked."""
        return any(key == name for key, _ in self._pairs)

    def number(self, name: str) -> int | None:
        """A whole number of up to nine digits; None where there is none."""
        written = self.text(name)
        return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else None


def clean_text(text: str) -> str:
    """Line ends as in Python, and no NUL, which PostgreSQL refuses."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
