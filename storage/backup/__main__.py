"""The commands behind `make backup` and `make restore FILE=...`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import settings
from storage.backup.errors import BackupFailed
from storage.backup.making import Place, make_backup
from storage.backup.restoring import restore_backup
from storage.embedded.errors import EmbeddedError
from storage.engine import MalformedUrl, database_url


def main(arguments: Sequence[str] | None = None) -> int:
    """0 and the backup's path on stdout, or 1 and one line on stderr that says what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m storage.backup")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("restore").add_argument("file", type=Path)
    given = parser.parse_args(arguments)
    name = given.command or "backup"
    try:
        place = Place.of_settings(settings.load_settings())
        if name == "restore":
            restore_backup(database_url(), given.file, place.key)
            print(f"restored {given.file}")
        else:
            print(make_backup(database_url(), place))
    except (BackupFailed, EmbeddedError, settings.SettingsError, MalformedUrl) as error:
        print(f"make {name}: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
