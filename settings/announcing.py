"""Prints the addresses of all pages when `make run` is ready."""

import contextlib
import subprocess
import sys
from pathlib import Path
from typing import TextIO

from settings import ROOT, Settings


def print_addresses(configured: Settings, logs: Path) -> None:
    """Prints the addresses of the pages, and the directory of the log files."""
    bot = f"http://127.0.0.1:{configured.bot_port}/webhooks/whatsapp/webhook"
    print_line("Ready.")
    if configured.emulated:
        print_line(f'  phone    http://127.0.0.1:{configured.emulator_port}  (write "hi")')
    owner = '  (log in as "owner")' if configured.console_password else ""
    print_line(f"  console  {configured.console_address}{owner}")
    if link := first_owner_link():
        print_line(f"           nobody can log in yet; open this once: {link}")
    print_line(f"  webhook  {bot}")
    shown = logs.relative_to(ROOT) if logs.is_relative_to(ROOT) else logs
    print_line(f"  logs     {shown}/    Ctrl-C ends everything")


def first_owner_link() -> str:
    """The link for the console's first owner; "" if somebody can already log in."""
    asked = subprocess.run(
        [sys.executable, "-m", "console.first_owner"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return asked.stdout.strip()


def print_line(line: str, to: TextIO | None = None) -> None:
    """Prints a message and ignores errors: a closed terminal must not end the processes."""
    with contextlib.suppress(OSError):
        print(line, file=to, flush=True)
