"""Checks new training lines before they are committed: `make check-data NEW=file`."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from nlu.checks.conflicts import find_conflicting_lines
from nlu.checks.leaks import SPLITS, Leak, find_leaks, read_texts
from nlu.checks.lines import Line, parse_lines, read_lines
from nlu.sentence.sentence_model import sentence_model

# The current test split: no training line may be one of its messages.
_TEST = SPLITS / "test_messages.yml"


def check_new_lines(files: Sequence[Path], data: Sequence[Line]) -> int:
    """Prints the training lines that new lines contradict, the worst first, and the new lines that
    are in the test split. Returns the exit status: 1 if there are any.
    """
    new = [line for file in files for line in uncommitted_lines(file)]
    names = ", ".join(file.name for file in files)
    if not new:
        print(f"No line of {names} is new: all are in the last commit.")
        return 0
    known = [line for line in data if line not in new]
    conflicts = find_conflicting_lines(new, [*known, *new], sentence_model().vectors)
    leaks = leaking_lines(new, known)
    if conflicts:
        print("Nearer to a line of another intent (1.00: the same) than to any of their own:")
        print(*conflicts, sep="\n")
        print("Move that line to the new one's intent, or leave out or reword the new one.")
    for leak in leaks:
        print(f"{leak.line.text!r} is a message of the test split: leave it out ({leak.kind}).")
    told = f"{len(new)} new lines of {names}"
    print(f"{told}: {len(conflicts)} are nearer to another intent, {len(leaks)} are in the test.")
    return int(bool(conflicts or leaks))


def uncommitted_lines(file: Path) -> list[Line]:
    """The lines of an NLU file that are not in its last commit; all of a file without one."""
    try:
        shown = subprocess.run(
            ["git", "show", f"HEAD:./{file.name}"],
            cwd=file.resolve().parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return read_lines(file)  # a new file, or a project without git
    committed = set(parse_lines(shown, file.name))
    return [line for line in read_lines(file) if line not in committed]


def leaking_lines(new: Sequence[Line], known: Sequence[Line]) -> list[Leak]:
    """The test messages that are among the new lines and not yet among the known ones."""
    leaks = find_leaks(read_texts(_TEST), new)
    given = {leak.message for leak in find_leaks([leak.message for leak in leaks], known)}
    return [leak for leak in leaks if leak.message not in given]
