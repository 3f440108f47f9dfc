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
    """One point; with the emulator none, since a trial has nothing to lose."""
    if settings.emulated:
        return
    directory = Place.of_settings(settings).directory
    backups = list_backups(directory) if directory.is_dir() else []
    if not backups:
        yield NEWEST.trouble(
            "There is none yet.",
            "Make one, have one made every night, and restore one once, to be sure that it works.",
            f"make backup, systemctl enable --now ordering-assistant-backup.timer ({directory})",
        )
        return
    newest = backups[-1].stat()
    hours = (time.time() - newest.st_mtime) / HOUR
    if hours > OLDEST_HOURS:
        yield NEWEST.trouble(
            f"The newest is {hours / 24:.0f} days old.",
            "Find out why: the log of the nightly backup says it.",
            "journalctl -u ordering-assistant-backup",
        )
    elif shutil.disk_usage(directory).free < MORE * newest.st_size:
        yield NEWEST.look(
            f"Their disk has no room for {MORE} more.",
            "Make room, or keep fewer.",
            f"BACKUP_KEEP, {directory}",
        )
    elif settings.backup_key is None:
        yield NEWEST.look(
            f"The newest is {hours:.0f} hours old, and not encrypted.",
            "Choose a passphrase for backups, and keep it elsewhere too.",
            "BACKUP_KEY",
        )
    else:
        yield NEWEST.fine(f"The newest is {hours:.0f} hours old, and encrypted.")
