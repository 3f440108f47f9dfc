"""Where the tests put their clusters."""

import os
import shutil
import tempfile
from pathlib import Path

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
