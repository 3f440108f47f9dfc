"""This machine: settings, model, clock, ports, disk for backups, and the way in from outside."""

import stat
from collections.abc import Iterator

from doctor.findings import MACHINE, Finding, Point
from settings import EMULATOR_DEFAULTS, ROOT, Settings, models
from settings.alive import is_alive
from settings.ports import is_port_free
from settings.processes import Process, quick_processes, slow_processes
from whatsapp_account.public_address import BadCertificate, NotReached, ask_address

ENVIRONMENT = Point(MACHINE, "Settings")
SECRETS = Point(MACHINE, "Secrets")
MODEL = Point(MACHINE, "Model")
CLOCK = Point(MACHINE, "Clock")
ADDRESS = Point(MACHINE, "Console's address")

# Signed requests and codes from an app are refused for less.
MOST_SECONDS_APART = 30.0
TRAIN = "make train; with the units: docs/deploying.md, 1"
CERTIFICATE_CURE = "Get a certificate from a public authority, or renew it."
CERTIFICATE_SERVER = "certbot renew, or Caddy's log (docs/deploying.md, 5)"
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
    """`lead`: by how many seconds our clock is ahead of Meta's; None if Meta did not answer."""
    if lead is None:
        return CLOCK.unknown("Meta did not tell its time.", "See WhatsApp account.")
    if abs(lead) > MOST_SECONDS_APART:
        seconds = f"{abs(lead):.0f} seconds"
        return CLOCK.trouble(
            f"It is {seconds} ahead of Meta's." if lead > 0 else f"It is {seconds} behind Meta's.",
            "Have this machine set its clock by the network.",
            "timedatectl set-ntp true",
        )
    return CLOCK.fine("It agrees with Meta's.")


def _environment(settings: Settings) -> Finding:
    if settings.emulated:
        return ENVIRONMENT.look(
            "This is a shop to practise with: its WhatsApp is the emulator, and no real customer "
            "can write.",
            "For a real number: connect the shop to WhatsApp.",
            "docs/deploying.md, 3 and 6: WHATSAPP_API_URL and what belongs to it",
        )
    if not settings.whatsapp_api_url.startswith("https://"):
        return ENVIRONMENT.trouble(
            "The connection to WhatsApp is not encrypted: others could read the access token.",
            "Use WhatsApp's own address.",
            "WHATSAPP_API_URL=https://graph.facebook.com",
        )
    return ENVIRONMENT.fine("Everything that must be set is set.")


def _secrets(settings: Settings) -> Finding:
    """Emulator's secrets for real, or a file with secrets that everybody may read."""
    known = [
        name.upper()
        for name, default in EMULATOR_DEFAULTS.items()
        if getattr(settings, name) == default
    ]
    if known and not settings.emulated:
        return SECRETS.trouble(
            "Some of them are the emulator's, which everybody knows.",
            "Take the real ones from the app's page at Meta.",
            ", ".join(known),
        )
    file = ROOT / ".env"
    if file.exists() and file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        return SECRETS.trouble(
            "Others on this machine may read the file with the secrets.",
            "Let only the program's own user read it.",
            "chmod 600 .env",
        )
    if settings.console_password and not settings.emulated:
        return SECRETS.look(
            "The console's first password still stands in the settings.",
            "Have it taken out once the owner has logged in: it is not used any more.",
            "CONSOLE_PASSWORD",
        )
    if settings.emulated:
        return SECRETS.fine("They are the emulator's, for this machine alone.")
    return SECRETS.fine("None is a default, and only we can read them.")


def _model() -> Finding:
    newest = models.newest_model()
    if newest is None:
        return MODEL.trouble("There is none: no message is understood.", "Have one trained.", TRAIN)
    if not models.is_whole(newest):
        return MODEL.trouble(
            f"The file {newest.name} is damaged.",
            "Restart the shop, which then uses the model before it, or train again.",
            TRAIN,
        )
    if models.is_stale():
        return MODEL.look(
            f"{newest.name} was trained on other sources than are here.",
            "Train again.",
            TRAIN,
        )
    if not models.has_passed(newest):
        return MODEL.look(
            f"{newest.name} was never compared with the one before it.",
            "Train again, with the comparison.",
            TRAIN,
        )
    return MODEL.fine(f"{newest.name} is whole, was examined, and was trained on what is here.")


def _port(process: Process, port: int) -> Finding:
    point = Point(MACHINE, f"Port {port} ({process.name})")
    if is_alive(process):
        return point.fine("It answers.")
    if is_port_free(port):
        return point.look(
            "Nobody listens: the shop does not run.",
            "Start the shop.",
            "make run, or systemctl start ordering-assistant.target",
        )
    return point.trouble(
        "Something listens there that does not answer as this part of the shop.",
        "If it is ours, restart the shop; else end it, or give ours another port.",
        str(process.setting),
    )


def _address(settings: Settings) -> Finding:
    """The console by its public address, through the proxy, as a phone would reach it."""
    if settings.console_url is None:
        return ADDRESS.look(
            "The console can be reached on this machine only.",
            "Give it a public name, and put a proxy with a certificate in front of it.",
            "CONSOLE_URL=https://your.name (docs/deploying.md, 3 and 5)",
        )
    return _reach_console(settings.console_url)


def _reach_console(url: str) -> Finding:
    try:
        answer = ask_address(f"{url}/alive")
    except BadCertificate as error:
        return ADDRESS.trouble(
            f"{url} is not trusted: {error}.", CERTIFICATE_CURE, CERTIFICATE_SERVER
        )
    except NotReached as error:
        return ADDRESS.trouble(
            f"{url} does not answer from here: {error}.",
            "Check the DNS name, the proxy, and that ports 80 and 443 are open.",
        )
    if answer.status != _OK:
        return ADDRESS.trouble(
            f"{url} answers with the error {answer.status}.",
            "The proxy does not lead to the console.",
            "deploy/nginx or deploy/caddy, and CONSOLE_PORT",
        )
    if answer.is_private:
        return ADDRESS.look(
            f"{url} leads to the console, but only machines that know who made its certificate "
            "trust it: this one does, phones may not.",
            CERTIFICATE_CURE,
            CERTIFICATE_SERVER,
        )
    return ADDRESS.fine(f"{url} leads to the console.")
