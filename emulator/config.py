"""The emulator's settings, read from the environment once, at start."""

from collections.abc import Mapping
from dataclasses import dataclass

# The shop's own number and name, as a customer's phone shows them.
SHOP_PHONE = "911140000100"
SHOP_NAME = "Chai Corner"
BUSINESS_ACCOUNT = "102290129340398"

DEFAULT_PORT = 5080
DEFAULT_WEBHOOK_URL = "http://127.0.0.1:5005/webhooks/whatsapp/webhook"
DEFAULT_VERSION = "v23.0"


class SettingError(Exception):
    """A required setting is missing, or a setting is invalid."""


@dataclass(frozen=True)
class Config:
    """The emulator's settings, on which it and the shop must agree."""

    phone_number_id: str
    access_token: str
    app_secret: str
    verify_token: str
    port: int = DEFAULT_PORT
    webhook_url: str = DEFAULT_WEBHOOK_URL
    version: str = DEFAULT_VERSION
    # The shop's database, only for the X-ray: a URL, or the folder of the embedded PostgreSQL.
    database: str = ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Config":
        """Reads the settings.

        Raises:
            SettingError: a variable is missing or no number; the message names the first.
        """
        return cls(
            phone_number_id=_needed(environ, "WHATSAPP_PHONE_NUMBER_ID"),
            access_token=_needed(environ, "WHATSAPP_ACCESS_TOKEN"),
            app_secret=_needed(environ, "WHATSAPP_APP_SECRET"),
            verify_token=_needed(environ, "WHATSAPP_VERIFY_TOKEN"),
            port=_port(environ.get("EMULATOR_PORT") or str(DEFAULT_PORT)),
            webhook_url=environ.get("EMULATOR_WEBHOOK_URL") or DEFAULT_WEBHOOK_URL,
            version=environ.get("WHATSAPP_API_VERSION") or DEFAULT_VERSION,
            database=environ.get("EMULATOR_DATABASE", ""),
        )

    @property
    def major_version(self) -> int:
        """23 for "v23.0"; the content of webhooks depends on it."""
        return int(self.version.lstrip("v").split(".")[0])


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name)
    if not value:
        raise SettingError(f"{name} is not set: it must be what the shop's side was given")
    return value


def _port(value: str) -> int:
    if not value.isdecimal():
        raise SettingError(f"EMULATOR_PORT is not a number: {value}")
    return int(value)
