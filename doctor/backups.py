"""The backups: the newest one's age, its key, and the disk that it lies on."""

import shutil
import time
from collections.abc import Iterator

from doctor.findings import MACHINE, Finding, Point
from settings import Settings
from storage.backup.making import Place, list_backups

NEWEST = Point(MACHINE, "Backups")

HOUR = 3600.0
# They are made every night.
OLDEST_HOURS = 36
# Room for this many more of the newest one's size.
MORE = 3


def examine_backups(settings: Settings) -> Iterator[Finding]:
    """One point; none beside the emulator, which has nothing to lose."""
    if settings.emulated:
        return
    directory = Place.configured(settings).directory
    backups = list_backups(directory) if directory.is_dir() else []
    if not backups:
        yield NEWEST.trouble(
            f"There is none in {directory}.",
            "make backup, or enable ordering-assistant-backup.timer; restore one once, to know.",
        )
        return
    newest = backups[-1].stat()
    hours = (time.time() - newest.st_mtime) / HOUR
    if hours > OLDEST_HOURS:
        yield NEWEST.trouble(
            f"The newest is {hours / 24:.0f} days old.",
            "See why: journalctl -u ordering-assistant-backup.",
        )
    elif shutil.disk_usage(directory).free < MORE * newest.st_size:
        yield NEWEST.look(
            f"The disk of {directory} has no room for {MORE} more.",
            "Make room, or set BACKUP_KEEP to fewer.",
        )
    elif settings.backup_key is None:
        yield NEWEST.look(
            f"The newest is {hours:.0f} hours old, and not encrypted.",
            "Set BACKUP_KEY, and keep it elsewhere too.",
        )
    else:
        yield NEWEST.fine(f"The newest is {hours:.0f} hours old, and encrypted.")
