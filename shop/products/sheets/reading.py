"""Reads a table that was uploaded or pasted: its kind, its columns, its lines."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shop.products.sheets.columns import KINDS, Kind, find_columns, known_columns

MOST_LINES = 5000
_DELIMITERS = "\t;,"
# Excel's own first line, which names the delimiter.
_SEPARATOR_LINE = re.compile(r"sep=.\r?\n", re.IGNORECASE)
_WORKBOOK = b"PK\x03\x04"
# Spreadsheets read a cell that begins with one of these as a formula: a mark is put before it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MARKED = re.compile(r"'+[=+\-@\t\r]")


class UnreadableSheet(ValueError):
    """This is no table that can be read; the message says why."""


@dataclass(frozen=True)
class Line:
    """One line of the table: `number` is where it begins; `problem` why it cannot be read."""

    number: int
    cells: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table: its kind, its lines, and the headings that are not read."""

    kind: Kind
    columns: Sequence[str]
    lines: Sequence[Line]
    ignored: Sequence[str]


def decode_sheet(content: bytes) -> str:
    """The text of an uploaded file.

    Raises:
        UnreadableSheet
    """
    if content.startswith(_WORKBOOK):
        raise UnreadableSheet(
            "This is a workbook. Save it as “CSV UTF-8”, or copy its cells and paste them here."
        )
    marks = (b"\xff\xfe", b"\xfe\xff")
    encoding = "utf-16" if content.startswith(marks) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        message = "The letters of this file cannot be read. Save it as “CSV UTF-8”."
        raise UnreadableSheet(message) from None
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def read_sheet(text: str) -> Sheet:
    """The table in a text with tabs, semicolons or commas.

    Raises:
        UnreadableSheet
    """
    text = _SEPARATOR_LINE.sub("", text.removeprefix("\ufeff"), count=1)
    if not text.strip():
        raise UnreadableSheet("There is nothing in it yet.")
    delimiters = [sign for sign in _DELIMITERS if sign in text] or [","]
    found = [records for sign in delimiters if (records := list(_records(text, sign)))]
    if not found:
        raise UnreadableSheet("There is nothing in it yet.")
    readable = [records for records in found if isinstance(records[0], tuple)]
    best = max(readable, key=lambda records: _rank(records[0][1]), default=None)
    if best is None:
        raise UnreadableSheet(str(found[0][0]))
    return _sheet(best)


def unmark_formula(cell: str) -> str:
    """The cell without the mark that `mark_formula` has put before it."""
    return cell[1:] if _MARKED.match(cell) else cell


def mark_formula(cell: str) -> str:
    """The cell so that no spreadsheet reads it as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


Record = tuple[int, list[str]]


def _records(text: str, delimiter: str) -> Iterator[Record | str]:
    """Every line with its number; an error text at the end if the rest cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begin, [unmark_formula(cell.strip()) for cell in cells]
            begin = reader.line_num + 1
    except csv.Error:
        yield f"From line {begin} on: a quotation mark opens a cell and does not close it rightly."


def _rank(headings: Sequence[str]) -> tuple[int, int]:
    """How well a first line is understood."""
    return max(len(find_columns(kind, headings)) for kind in KINDS), len(headings)


def _sheet(records: Sequence[Record | str]) -> Sheet:
    first = records[0]
    headings = first[1] if isinstance(first, tuple) else []
    kind = _kind(headings)
    known = find_columns(kind, headings)
    if len(records) > MOST_LINES + 1:
        raise UnreadableSheet(f"At most {MOST_LINES:,} lines at once.")
    lines = [_line(record, known, len(headings)) for record in records[1:]]
    ignored = [title for place, title in enumerate(headings) if title and place not in known]
    return Sheet(kind, list(known.values()), lines, ignored)


def _kind(headings: Sequence[str]) -> Kind:
    if {"group", "option"} <= set(find_columns("options", headings).values()):
        return "options"
    if {"sku", "name"} & set(find_columns("products", headings).values()):
        return "products"
    if "category" in find_columns("categories", headings).values():
        return "categories"
    names = ", ".join(f"“{one[0]}”" for one in known_columns("products").values())
    raise UnreadableSheet(f"The first line must name the columns. We know {names}.")


def _line(record: Record | str, known: Mapping[int, str], width: int) -> Line:
    if isinstance(record, str):
        found = re.search(r"\d+", record)
        return Line(int(found[0]) if found else 0, {}, record)
    number, cells = record
    if any(cell for cell in cells[width:]):
        message = (
            f"{len(cells)} cells under {width} headings. Write “1,250” in quotation marks, or 1250."
        )
        return Line(number, {}, message)
    padded = [*cells, *[""] * (width - len(cells))]
    return Line(number, {column: padded[place] for place, column in known.items()})
