"""Where the tests put their clusters; as a program, the cluster of one test run.

    python room.py

Prints the URL of a new cluster and keeps it until its input ends, then removes it: so it goes
however the test run ends, killed included.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from storage import embedded

MEMORY = Path("/dev/shm")
ENOUGH = 2_000_000_000  # bytes


def fast_directory() -> Path:
    """A directory in memory if there is room and programs may run there, else the usual one.

    Making and removing the thousand files of a cluster takes most of the tests' time on a disk.
    """
    fit = (
        os.access(MEMORY, os.W_OK)
        and shutil.disk_usage(MEMORY).free > ENOUGH
        and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    )
    return MEMORY if fit else Path(tempfile.gettempdir()).resolve()


def main() -> None:
    prefix = "ordering-assistant-tests-"
    directory = Path(tempfile.mkdtemp(prefix=prefix, dir=fast_directory()))
    directory.chmod(0o755)  # as root the server runs as somebody else, who must get in
    try:
        print(embedded.attach_cluster(directory), flush=True)
        sys.stdin.read()
    finally:
        embedded.detach_cluster(directory)
        shutil.rmtree(directory)


if __name__ == "__main__":
    main()
