"""Writes the systemd units and the nginx sites of one more shop on this server.

    python3 deploy/shop_units.py NAME PORT BOT_HOST CONSOLE_HOST DIRECTORY

The shop has three ports, from PORT on: its webhook, its Rasa worker, its console. Prints what its
settings need beside those of docs/deploying.md, in /etc/ordering-assistant/NAME/environment.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
_NAME = re.compile("[a-z][a-z0-9]{0,30}")
_UNIT = re.compile(
    r"ordering-assistant(?=-(?:prepare|webhook|rasa|sender|console|backup)\b|\.target)"
)
ARGUMENTS = 5
WEBHOOK, RASA, CONSOLE = 5005, 5006, 5090


def name_unit(text: str, shop: str, port: int) -> str:
    """A unit, or a unit's name, of this shop instead of the only one."""
    text = _UNIT.sub(f"ordering-assistant-{shop}", text)
    text = text.replace("/etc/ordering-assistant/", f"/etc/ordering-assistant/{shop}/")
    for directory in ("/run", "/var/lib"):
        text = text.replace(
            f"{directory}/ordering-assistant", f"{directory}/ordering-assistant-{shop}"
        )
    text = re.sub(
        r"^((?:Runtime|State)Directory=)(.*)$",
        lambda found: (
            found[1] + found[2].replace("ordering-assistant", f"ordering-assistant-{shop}")
        ),
        text,
        flags=re.MULTILINE,
    )
    text = text.replace(
        "Description=Ordering assistant", f"Description=Ordering assistant of {shop}"
    )
    return text.replace(f"rasa@{RASA}", f"rasa@{port + 1}")


def name_site(text: str, port: int, bot: str, console: str) -> str:
    """The nginx sites with this shop's host names and ports."""
    for host, own in (("bot.example", bot), ("console.example", console)):
        text = text.replace(host, own)
    text = text.replace(f"127.0.0.1:{WEBHOOK}", f"127.0.0.1:{port}")
    return text.replace(f"127.0.0.1:{CONSOLE}", f"127.0.0.1:{port + 2}")


def list_settings(shop: str, port: int, console: str) -> str:
    """What must stand in the shop's settings, and in no other shop's."""
    lines = (
        f"BOT_PORT={port}",
        f"RASA_PORT={port + 1}",
        f"CONSOLE_PORT={port + 2}",
        f"CONSOLE_URL=https://{console}",
        f"DATABASE_URL=postgresql://ordering_assistant:...@127.0.0.1:5432/{shop}",
        f"BACKUP_DIRECTORY=/var/lib/ordering-assistant-{shop}/backups",
    )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    if len(arguments) != ARGUMENTS or not _NAME.fullmatch(arguments[0]):
        print(__doc__, file=sys.stderr)
        return 2
    shop, port, bot, console, target = arguments
    directory = Path(target)
    directory.mkdir(parents=True, exist_ok=True)
    for unit in sorted((HERE / "systemd").iterdir()):
        own = directory / name_unit(unit.name, shop, int(port))
        own.write_text(name_unit(unit.read_text(), shop, int(port)))
    site = (HERE / "nginx" / "ordering-assistant.conf").read_text()
    (directory / f"{shop}.nginx.conf").write_text(name_site(site, int(port), bot, console))
    print(list_settings(shop, int(port), console))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
