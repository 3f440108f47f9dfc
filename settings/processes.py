"""The processes of `make run`, in the order in which they start; they end in reverse order."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from settings import Settings
from settings.models import ModelInUse

# On loopback, and with WhatsApp as the only channel.
RASA_RUN = (
    *("rasa", "run", "--interface", "127.0.0.1"),
    *("--credentials", "settings/credentials.yml"),
)


@dataclass(frozen=True)
class Process:
    """A process to start: its command, its health path, and what it needs.

    A process without a port has a heartbeat file. prepare: called before each start; returns
    further arguments.
    """

    name: str
    command: tuple[str, ...]
    port: int | None = None
    setting: str = ""
    health: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    prepare: Callable[[], tuple[str, ...]] = tuple


def database_process(settings: Settings) -> list[Process]:
    """The keeper of the embedded PostgreSQL, if no other database is configured."""
    return [] if settings.database_url else [Process("database", _module("storage.embedded"))]


def slow_processes(settings: Settings) -> list[Process]:
    """The Rasa workers, which load slowly and may be started before the database is ready."""
    model = ModelInUse()
    return [rasa_process(settings, number, model) for number in range(settings.rasa_workers)]


def rasa_process(settings: Settings, number: int, model: ModelInUse) -> Process:
    """Rasa worker `number`; they share trays and model, on RASA_PORT and the ports after it."""
    port = settings.rasa_port + number
    return Process(
        f"rasa-{number + 1}" if number else "rasa",
        (*RASA_RUN, "--port", str(port)),
        port,
        "RASA_PORT",
        "/webhooks/whatsapp/",
        prepare=model.arguments,
    )


def quick_processes(settings: Settings) -> list[Process]:
    """The other processes, which need the tables, and the emulator."""
    webhook = Process(
        "webhook",
        _module("connectors.whatsapp.receive.receiver"),
        settings.bot_port,
        "BOT_PORT",
        "/webhooks/whatsapp/",
    )
    console = Process(
        # This page does not ask the database, and is cheap to serve.
        *("console", _module("console"), settings.console_port, "CONSOLE_PORT", "/alive")
    )
    sender = Process("sender", _module("connectors.whatsapp.send.sender"))
    return [webhook, sender, console, *([emulator_process(settings)] if settings.emulated else [])]


def emulator_process(settings: Settings) -> Process:
    """The emulator, with the address of our webhook and the secrets that both sides share."""
    return Process(
        "emulator",
        _module("emulator"),
        settings.emulator_port,
        "EMULATOR_PORT",
        "/",
        {
            "EMULATOR_PORT": str(settings.emulator_port),
            "EMULATOR_WEBHOOK_URL": f"http://127.0.0.1:{settings.bot_port}/webhooks/whatsapp/webhook",
            "EMULATOR_DATABASE": settings.database_url or str(settings.data_directory),
            "WHATSAPP_API_VERSION": settings.whatsapp_api_version,
            "WHATSAPP_PHONE_NUMBER_ID": settings.whatsapp_phone_number_id,
            "WHATSAPP_ACCESS_TOKEN": settings.whatsapp_access_token,
            "WHATSAPP_APP_SECRET": settings.whatsapp_app_secret,
            "WHATSAPP_VERIFY_TOKEN": settings.whatsapp_verify_token,
        },
    )


def _module(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name)
