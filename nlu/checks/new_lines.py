"""Checks new training lines before they are committed: `make check-data NEW=file`."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlu.checks.conflicts import find_conflicting_lines
from nlu.checks.leaks import NEVER_SEEN, advise, find_leaks, read_texts
from nlu.checks.lines import Line, parse_lines, read_lines
from nlu.checks.taken import find_taken
from nlu.sentence.sentence_model import sentence_model

# As far as a sentence vector tells, two lines are the same.
_THE_SAME = 0.995
_ADVICE = """\
Where both lines mean the same, they must have one intent: move one of them, or leave yours out. A
line that a customer really wrote, and that means what its intent says, stays: train, and let `make
train` say whether the model is worse for it."""


def check_new_lines(files: Sequence[Path], data: Sequence[Line]) -> int:
    """Prints the training lines that new lines contradict, the worst first, the new lines that a
    pattern gives another intent, and those that are messages of a never seen split.

    Returns the exit status: 1 if a line stands in two intents, is taken by a pattern or is in the
    test; a line that is only near one of another intent may be right.
    """
    new = [line for file in files for line in uncommitted_lines(file)]
    names = ", ".join(file.name for file in files)
    if not new:
        print(f"No line of {names} is new: all are in the last commit.")
        return 0
    known = [line for line in data if line not in new]
    conflicts = find_conflicting_lines(new, [*known, *new], sentence_model().vectors)
    leaks = list(leaking_lines(new))
    taken = list(find_taken(new))
    if conflicts:
        print("Nearer to a line of another intent (1.00: the same) than to any of their own:")
        print(*conflicts, sep="\n")
        print(_ADVICE)
    if taken:
        print("A pattern decides these, whatever they are an example of:", *taken, sep="\n")
        print("What to do: docs/adding-a-journey.md, A pattern that takes a line away.")
    print(*leaks, sep="\n", end="\n" if leaks else "")
    print(
        f"{len(new)} new lines of {names}: {len(conflicts)} are nearer to another intent, "
        f"{len(taken)} are taken by a pattern, {len(leaks)} are in the test."
    )
    is_double = any(conflict.alike >= _THE_SAME for conflict in conflicts)
    return int(bool(is_double or taken or leaks))


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


def leaking_lines(new: Sequence[Line]) -> Iterator[str]:
    """Names the new lines that are messages of a never seen split, and what to do about each."""
    for split in NEVER_SEEN:
        for leak in find_leaks(read_texts(split), new):
            yield advise(leak, split)
