"""Finds data of other shops on this machine, since a renamed checkout starts with an empty shop."""

import time
from pathlib import Path

from settings import Settings, data_home


def warn_of_empty(configured: Settings) -> str:
    """A warning if an empty shop starts while data of other shops exists, else ""."""
    if configured.database_url or has_data(configured.data_directory):
        return ""
    others = find_other_shops(configured.data_directory)
    if not others:
        return ""
    lines = [
        f"A new, empty shop begins in {configured.data_directory}. This machine has others; if "
        "this checkout was renamed or copied, end this and go on with one of them:"
    ]
    lines += [f"  DATA_DIRECTORY={other}  (last used {_last_used(other)})" for other in others]
    return "\n".join(lines)


def find_other_shops(directory: Path) -> list[Path]:
    """Directories with data of other shops, beside this one and in the usual place, the last used
    first."""
    places = {data_home(), directory.parent}
    found = {path for place in places if place.is_dir() for path in place.iterdir()}
    return sorted(filter(has_data, found - {directory}), key=_changed, reverse=True)


def has_data(directory: Path) -> bool:
    """Whether the directory holds a PostgreSQL cluster (storage/embedded/cluster.py)."""
    try:
        return (directory / "password").exists()
    except PermissionError:
        return False


def _changed(directory: Path) -> float:
    """The time when the data was last used, by the files that a start or an attachment touches."""
    files = (directory / name for name in ("log", "port", "password"))
    return max(file.stat().st_mtime for file in files if file.exists())


def _last_used(directory: Path) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(_changed(directory)))
