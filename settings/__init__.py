"""All settings, read once from the environment and from `.env` in the project's root."""

import hashlib
import os
import re
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent

# Defaults on which emulator and bot agree; the emulator listens on loopback only.
EMULATOR_DEFAULTS = {
    "whatsapp_phone_number_id": "100000000000001",
    "whatsapp_access_token": "emulator-access-token",
    "whatsapp_app_secret": "emulator-app-secret",
    "whatsapp_verify_token": "emulator-verify-token",
}


_PLAIN = {"int_parsing": "must be a whole number", "float_parsing": "must be a number"}


class SettingsError(Exception):
    """A setting is missing or invalid; the message names the variable and the cure."""


def data_home() -> Path:
    """The directory for the data of all shops on this machine, outside the projects.

    For root it is /var/lib: the server then runs as another user, who cannot enter root's home.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/ordering-assistant")
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "ordering-assistant"


def default_data_directory() -> Path:
    """This checkout's data directory, derived from its path."""
    key = f"{ROOT.name}-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"
    return data_home() / key


class Settings(BaseSettings):
    """The settings. Field names are the variables' names in lower case; README.md explains each."""

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env", extra="ignore", env_ignore_empty=True, frozen=True
    )

    database_url: str | None = Field(None, description="PostgreSQL; unset: the embedded one")
    whatsapp_api_url: str = Field("", description="Graph API; unset: the emulator")
    whatsapp_api_version: str = Field("v23.0", description="version of the Graph API")
    whatsapp_phone_number_id: str = Field("", description="the shop's number at Meta")
    whatsapp_access_token: str = Field("", repr=False, description="bearer token for sending")
    whatsapp_app_secret: str = Field("", repr=False, description="key of webhook signatures")
    whatsapp_verify_token: str = Field("", repr=False, description="word of the GET handshake")
    bot_port: int = Field(5005, ge=1, le=65535, description="the webhook")
    emulator_port: int = Field(5080, ge=1, le=65535, description="the emulator's phone page")
    console_port: int = Field(5090, ge=1, le=65535, description="the staff's console")
    console_url: str | None = Field(None, description="the console's public address")
    console_password: str | None = Field(
        None, repr=False, description="password of the console's first owner"
    )
    keep_messages_days: float = Field(
        90, gt=0, description="finished messages are deleted after so many days"
    )
    keep_unclear_messages: bool = Field(
        False, description="what was not understood is kept for training; unset: by the emulator"
    )
    whatsapp_notice_template: str = Field(
        "", description="approved template for news of orders outside the 24 hours"
    )
    whatsapp_notice_language: str = Field("en", description="that template's language code")
    messages_per_second: float = Field(
        80, gt=0, description="how fast the shop's number may send; Meta's default is 80"
    )
    messages_answered_per_minute: int = Field(
        30, ge=1, description="so many messages of one customer are answered in a minute"
    )
    orders_taken_per_hour: int = Field(
        20, ge=1, description="so many orders of one customer are taken in an hour"
    )
    rasa_port: int = Field(5006, ge=1, le=65535, description="first Rasa worker, behind the trays")
    rasa_workers: int = Field(1, ge=1, le=64, description="how many of them, on ports in a row")

    data_directory: Path = Field(
        default_factory=default_data_directory,
        description="where the embedded PostgreSQL keeps its data; unset: by the project's path",
    )

    backup_directory: Path | None = Field(
        None, description="where backups are written; unset: backups/ in DATA_DIRECTORY"
    )
    backup_keep: int = Field(14, ge=1, description="how many backups are kept")
    backup_key: str | None = Field(
        None, repr=False, description="backups are encrypted with it; unset: they are not"
    )
    backup_before_upgrade: bool = Field(
        True, description="whether a backup is made before a newer version changes the tables"
    )

    emulated: bool = Field(False, init=False)

    @model_validator(mode="before")
    @classmethod
    def _emulator_unless_told(cls, values: dict[str, object]) -> dict[str, object]:
        """Fills in the emulator's address and secrets if no real API is set."""
        if values.get("whatsapp_api_url"):
            return {**values, "emulated": False}
        port = values.get("emulator_port") or 5080
        api_url = f"http://127.0.0.1:{port}"
        # No real customers write to the emulator.
        defaults = {**EMULATOR_DEFAULTS, "keep_unclear_messages": True}
        given = {key: value for key, value in values.items() if value}
        return {**defaults, **given, "whatsapp_api_url": api_url, "emulated": True}

    @field_validator("console_url")
    @classmethod
    def _address_of_a_host(cls, value: str | None) -> str | None:
        """Normalises a URL to the origin that browsers send: `https://Console.Example/` →
        `https://console.example`."""
        if value is None:
            return None
        parts = urlsplit(value.strip().rstrip("/").lower())
        usual = {"http": ":80", "https": ":443"}.get(parts.scheme)
        host = re.fullmatch(r"([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?", parts.netloc)
        if usual is None or host is None or parts.path or parts.query or parts.fragment:
            raise ValueError("must be like https://console.example, without a path")
        return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"

    @model_validator(mode="after")
    def _no_secret_is_guessed(self) -> Self:
        missing = [name.upper() for name in EMULATOR_DEFAULTS if not getattr(self, name)]
        if missing:
            raise ValueError(
                f"{', '.join(missing)} must be set since WHATSAPP_API_URL is: take it from the "
                "app's page at Meta and put it into the environment or .env"
            )
        return self

    @property
    def console_address(self) -> str:
        """The console's public address."""
        return self.console_url or f"http://127.0.0.1:{self.console_port}"

    @field_validator("data_directory", "backup_directory")
    @classmethod
    def _beside_the_project(cls, value: Path | None) -> Path | None:
        """Resolves a relative path against the project, not against the working directory."""
        return value and ROOT / value.expanduser()


@cache
def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a variable is missing or malformed; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None


def _explain(error: ValidationError) -> str:
    """The problems, one per line, without values, which may be secrets."""
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in problem["loc"]).upper()
        message = _PLAIN.get(problem["type"]) or problem["msg"].removeprefix("Value error, ")
        lines.append(f"{name}: {message}" if name else message)
    return "\n".join(lines)
