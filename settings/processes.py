"""The processes that `make run` starts, in this order; ended in the opposite one."""

import sys
from dataclasses import dataclass, field

from settings import Settings


@dataclass(frozen=True)
class Process:
    """A command, the address that answers once it is ready, and what it needs from others."""

    name: str
    command: tuple[str, ...]
    port: int | None = None
    setting: str = ""
    ready: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def ready_url(self) -> str | None:
        return f"http://127.0.0.1:{self.port}{self.ready}" if self.port else None


def database(settings: Settings) -> list[Process]:
    """The keeper of the embedded PostgreSQL, where no other database is named."""
    return [] if settings.database_url else [Process("database", _module("storage.embedded"))]


def serving(settings: Settings) -> list[Process]:
    """Everything that serves customers and staff, once the database is ready."""
    processes = [
        Process(
            "webhook",
            _module("connectors.whatsapp.receiver"),
            settings.bot_port,
            "BOT_PORT",
            "/webhooks/whatsapp/",
        ),
        Process(
            "actions",
            ("rasa", "run", "actions", "--port", str(settings.actions_port)),
            settings.actions_port,
            "ACTIONS_PORT",
            "/health",
        ),
        Process(
            "rasa",
            ("rasa", "run", "--interface", "127.0.0.1", "--port", str(settings.rasa_port)),
            settings.rasa_port,
            "RASA_PORT",
            "/",
        ),
        Process("sender", _module("connectors.whatsapp.sender")),
    ]
    return [*processes, emulator(settings)] if settings.emulated else processes


def emulator(settings: Settings) -> Process:
    """WhatsApp on one page, told where our webhook is and what both sides know."""
    return Process(
        "emulator",
        _module("emulator"),
        settings.emulator_port,
        "EMULATOR_PORT",
        "/",
        {
            "EMULATOR_PORT": str(settings.emulator_port),
            "EMULATOR_WEBHOOK_URL": f"http://127.0.0.1:{settings.bot_port}/webhooks/whatsapp/webhook",
            "WHATSAPP_API_VERSION": settings.whatsapp_api_version,
            "WHATSAPP_PHONE_NUMBER_ID": settings.whatsapp_phone_number_id,
            "WHATSAPP_ACCESS_TOKEN": settings.whatsapp_access_token,
            "WHATSAPP_APP_SECRET": settings.whatsapp_app_secret,
            "WHATSAPP_VERIFY_TOKEN": settings.whatsapp_verify_token,
        },
    )


def _module(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name)
