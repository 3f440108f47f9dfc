"""A process that attaches to an embedded cluster, as another user if root asks for that.

    python attacher.py <directory> <uid or ""> [keep]

Prints the cluster's URL, or what is wrong; then, for every line it is sent, attaches again and
prints the URL again. It ends in good order when its input ends. With `keep` it is the keeper.
"""

import importlib
import os
import sys
from pathlib import Path

# Everything before the change of user: the interpreter may lie where only root can read.
from storage.embedded import attach_cluster
from storage.embedded.errors import EmbeddedError


def main(directory: str, uid: str, task: str = "attach") -> None:
    run_keeper = (
        importlib.import_module("storage.embedded.__main__").main if task == "keep" else None
    )
    if uid:
        os.setgroups([])
        os.setgid(int(uid))
        os.setuid(int(uid))
    if run_keeper:
        sys.argv[1:] = [directory]
        sys.exit(run_keeper())
    report(Path(directory))
    for _ in sys.stdin:
        report(Path(directory))


def report(directory: Path) -> None:
    try:
        print(attach_cluster(directory), flush=True)
    except EmbeddedError as error:
        print(f"error: {error}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
