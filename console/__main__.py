"""`python -m console`: prepares the database, makes sure that an owner can log in, serves."""

import logging
import sys

from sqlalchemy.exc import DBAPIError

import settings
from console import first_owner
from console.alerts.pushing import sender_for
from console.alerts.watch import AlertWatch
from console.app import build_console
from console.serving import server_configuration
from settings.server import Server
from storage.embedded.errors import EmbeddedError
from storage.engine import MalformedUrl, database_url, session
from storage.prepare import Unreachable, prepare_database


def main() -> int:
    """Serves until SIGTERM or Ctrl-C; returns 1, with a message, if it cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    try:
        configured = settings.load_settings()
        prepare_database(database_url(), with_backup=True)
        first_owner.prepare_owner(configured)
    except (settings.SettingsError, EmbeddedError, MalformedUrl, Unreachable) as error:
        print(f"console: {error}", file=sys.stderr)
        return 1
    except DBAPIError as error:  # safe to print: storage.engine keeps values out of its message
        print(f"console: the database: {' '.join(str(error.orig).split())}", file=sys.stderr)
        return 1
    make_sender = sender_for(configured.console_url)
    AlertWatch(session, make_sender).start()
    app = build_console(session, configured.console_url, make_sender)
    Server(server_configuration(app, configured.console_port)).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
