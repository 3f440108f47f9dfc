"""This machine: settings, model, clock, ports, disk for backups, and the way in from outside."""

import stat
from collections.abc import Iterator

import requests

from doctor.findings import MACHINE, Finding, Point
from settings import EMULATOR_DEFAULTS, ROOT, Settings, models
from settings.alive import is_alive
from settings.ports import is_port_free
from settings.processes import Process, quick_processes, slow_processes

ENVIRONMENT = Point(MACHINE, "Settings")
SECRETS = Point(MACHINE, "Secrets")
MODEL = Point(MACHINE, "Model")
CLOCK = Point(MACHINE, "Clock")
ADDRESS = Point(MACHINE, "Console's address")

# Signed requests and codes from an app are refused for less.
MOST_SECONDS_APART = 30.0
REACH_SECONDS = 10.0
_OK = 200


def examine_machine(settings: Settings) -> Iterator[Finding]:
    """Every point of this machine but its clock, which is compared with Meta's."""
    yield _environment(settings)
    yield _secrets(settings)
    yield _model()
    for process in [*quick_processes(settings), *slow_processes(settings)]:
        if process.port is not None:
            yield _port(process, process.port)
    yield _address(settings)


def examine_clock(lead: float | None) -> Finding:
    """`lead`: by how many seconds our clock is ahead of Meta's; None where Meta did not answer."""
    if lead is None:
        return CLOCK.unknown("Meta did not tell its time.", "See WhatsApp account.")
    if abs(lead) > MOST_SECONDS_APART:
        side = "ahead of" if lead > 0 else "behind"
        return CLOCK.trouble(
            f"It is {abs(lead):.0f} s {side} Meta's.",
            "Switch time synchronisation on: timedatectl set-ntp true.",
        )
    return CLOCK.fine("It agrees with Meta's.")


def _environment(settings: Settings) -> Finding:
    if settings.emulated:
        return ENVIRONMENT.look(
            "WhatsApp is the emulator: no real customer can write.",
            "For a real number set WHATSAPP_API_URL and what belongs to it (docs/deploying.md).",
        )
    if not settings.whatsapp_api_url.startswith("https://"):
        return ENVIRONMENT.trouble(
            "WHATSAPP_API_URL has no https: the token would travel readable.",
            "Set WHATSAPP_API_URL=https://graph.facebook.com.",
        )
    return ENVIRONMENT.fine("All that must be set is set.")


def _secrets(settings: Settings) -> Finding:
    """Emulator's secrets for real, or a file with secrets that everybody may read."""
    known = [
        name.upper()
        for name, default in EMULATOR_DEFAULTS.items()
        if getattr(settings, name) == default
    ]
    if known and not settings.emulated:
        return SECRETS.trouble(
            f"{', '.join(known)}: these are the emulator's, which everybody knows.",
            "Take the real ones from the app's page at Meta.",
        )
    file = ROOT / ".env"
    if file.exists() and file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        return SECRETS.trouble("Others on this machine may read .env.", "chmod 600 .env")
    if settings.console_password and not settings.emulated:
        return SECRETS.look(
            "CONSOLE_PASSWORD still stands in the settings.",
            "Take it out once the owner has logged in: it is not used any more.",
        )
    if settings.emulated:
        return SECRETS.fine("They are the emulator's, for this machine alone.")
    return SECRETS.fine("None is a default, and only we can read them.")


def _model() -> Finding:
    newest = models.newest_model()
    if newest is None:
        return MODEL.trouble("There is none: messages are not understood.", "make train")
    if not models.is_whole(newest):
        return MODEL.trouble(
            f"{newest.name} is damaged.", "Restart (the one before is used), or make train."
        )
    if models.is_stale():
        return MODEL.look(
            f"{newest.name} was trained on other sources than are here.", "make train"
        )
    if not models.has_passed(newest):
        return MODEL.look(
            f"{newest.name} was never compared with the one before: `rasa train` asks nothing.",
            "make train",
        )
    return MODEL.fine(f"{newest.name} is whole, was examined, and was trained on what is here.")


def _port(process: Process, port: int) -> Finding:
    point = Point(MACHINE, f"Port {port} ({process.name})")
    if is_alive(process):
        return point.fine("It answers.")
    if is_port_free(port):
        return point.look(
            "Nobody listens: the shop does not run.",
            "Start it: make run, or systemctl start ordering-assistant.target.",
        )
    return point.trouble(
        f"Something listens that does not answer as {process.name}.",
        f"End the other program, or set {process.setting} to a free port; if it is ours, restart.",
    )


def _address(settings: Settings) -> Finding:
    """The console by its public address, through the proxy, as a phone would reach it."""
    if settings.console_url is None:
        return ADDRESS.look(
            "CONSOLE_URL is not set: the console can be reached on this machine only.",
            "Set CONSOLE_URL=https://your.name and put a proxy before it (docs/deploying.md).",
        )
    try:
        answer = requests.get(f"{settings.console_url}/alive", timeout=REACH_SECONDS)
    except requests.exceptions.SSLError:
        return ADDRESS.trouble(
            f"{settings.console_url} has a certificate that is not valid.",
            "Renew it: certbot renew, or see Caddy's log.",
        )
    except requests.RequestException as error:
        return ADDRESS.trouble(
            f"{settings.console_url} does not answer from here ({type(error).__name__}).",
            "Check the DNS name, the proxy, and that ports 80 and 443 are open.",
        )
    if answer.status_code != _OK:
        return ADDRESS.trouble(
            f"{settings.console_url} answers HTTP {answer.status_code}.",
            "The proxy does not lead to the console: see deploy/ and CONSOLE_PORT.",
        )
    return ADDRESS.fine(f"{settings.console_url} leads to the console.")
