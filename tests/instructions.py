"""Carries out the instructions of a document: its code goes into a copy of the project.

A block of code that is to be put somewhere follows a line of one of the forms in `FORMS`; other
blocks are only shown.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^(?P<told>[^\n]*):\n```\w*\n(?P<code>.*?)^```$", re.M | re.S)
FORMS = {
    "create": r"New file `(?P<path>[^`]+)`",
    "append": r"At the end of `(?P<path>[^`]+)`",
    "remove": r"In `(?P<path>[^`]+)`, remove the lines",
    "after": r"In `(?P<path>[^`]+)`, after the line `(?P<line>[^`]+)`",
    "before": r"In `(?P<path>[^`]+)`, before the line `(?P<line>[^`]+)`",
    "replace": r"In `(?P<path>[^`]+)`, replace the line `(?P<line>[^`]+)`",
}
# Made by programs, in the project's root.
NOT_COPIED = {"models", "logs", "results", "to_label"}


@dataclass(frozen=True)
class Instruction:
    """What is to be done with some lines of code in one file."""

    action: str
    path: str
    code: str
    line: str = ""


def read_instructions(document: str) -> Iterator[Instruction]:
    """The instructions of a document, in order."""
    for block in BLOCK.finditer(document):
        for action, form in FORMS.items():
            if told := re.fullmatch(form, block["told"]):
                yield Instruction(action, code=block["code"], **told.groupdict())


def follow_document(document: Path, root: Path, to: Path) -> Path:
    """A copy of the project, without models and caches, in which a document was followed."""

    def left_out(directory: str, names: list[str]) -> set[str]:
        made = NOT_COPIED if Path(directory) == root else set()
        return {name for name in names if name in made or name.startswith((".", "__pycache__"))}

    copy = shutil.copytree(root, to, ignore=left_out)
    for instruction in read_instructions(document.read_text()):
        follow(instruction, copy)
    return copy


def follow(instruction: Instruction, root: Path) -> None:
    """Does one instruction.

    Raises:
        AssertionError: its file or its line is not there, or is there more than once.
    """
    path = root / instruction.path
    if instruction.action == "create":
        assert not path.exists(), f"{instruction.path} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(instruction.code)
        return
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(_changed(lines, instruction)))


def _changed(lines: list[str], instruction: Instruction) -> list[str]:
    code = instruction.code.splitlines(keepends=True)
    if instruction.action == "append":
        return lines + code
    if instruction.action == "remove":
        missing = [line for line in code if lines.count(line) != 1]
        assert not missing, f"not once in {instruction.path}: {missing}"
        return [line for line in lines if line not in code]
    found = [place for place, line in enumerate(lines) if line.strip() == instruction.line.strip()]
    assert len(found) == 1, f"{instruction.line!r}: {len(found)} times in {instruction.path}"
    [place] = found
    first = place + 1 if instruction.action == "after" else place
    last = place if instruction.action == "before" else place + 1
    return [*lines[:first], *code, *lines[last:]]
