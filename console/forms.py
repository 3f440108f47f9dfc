"""Parses forms into text that PostgreSQL can store."""

import re
from collections.abc import Iterator, Mapping
from email.message import Message
from email.parser import HeaderParser
from urllib.parse import parse_qsl

from settings.errors import DocstringError

# A form may have a check box for each of a thousand products.
MOST_FIELDS = 3000
_MULTIPART = "multipart/form-data"


class Unreadable(DocstringError, ValueError):
    """The form could not be read: it has too many fields."""


class Form:
    """The fields and files of a form; a name may occur several times, as check boxes do."""

    def __init__(
        self, pairs: list[tuple[str, str]], files: Mapping[str, bytes] | None = None
    ) -> None:
        self._pairs = pairs
        self._files = files or {}

    @classmethod
    def parse(cls, body: bytes, content_type: str = "") -> "Form":
        """Reads `application/x-www-form-urlencoded`, or `multipart/form-data` for uploads.

        Raises:
            Unreadable: the form has too many fields.
        """
        if content_type.startswith(_MULTIPART):
            return cls(*_read_parts(body, content_type))
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

    def file(self, name: str) -> bytes:
        """The uploaded bytes; empty if nothing was uploaded."""
        return self._files.get(name, b"")

    def number(self, name: str) -> int | None:
        """A whole number of up to nine digits, or None."""
        written = self.text(name)
        return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else None


def clean_text(text: str) -> str:
    """The text with `\\n` as line ends, and without NUL, which PostgreSQL refuses."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _read_parts(body: bytes, content_type: str) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    """The fields and the files of a form that uploads (RFC 7578)."""
    head = Message()
    head["Content-Type"] = content_type
    boundary = str(head.get_param("boundary", ""))
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:] if boundary else []
    if not parts or len(parts) > MOST_FIELDS:
        raise Unreadable
    pairs: list[tuple[str, str]] = []
    files: dict[str, bytes] = {}
    for part in parts:
        header, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        described = HeaderParser().parsestr(header.decode("utf-8", "replace"))
        name = described.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            continue
        if described.get_filename() is None:
            pairs.append((clean_text(name), clean_text(content.decode("utf-8", "replace"))))
        else:
            files[name] = content
    return pairs, files
