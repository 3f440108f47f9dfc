"""`python -m emulator`: serves until SIGINT or SIGTERM."""

import os
import sys

from emulator.config import Config, SettingError
from emulator.server import serve_emulator


def main() -> int:
    try:
        config = Config.from_environ(os.environ)
    except SettingError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    serve_emulator(config)
    return 0


if __name__ == "__main__":
    sys.exit(main())
