"""Downloads customers' files, only from WhatsApp's hosts and only up to its size limits.

The address comes from an answer of the Graph API, and the request carries the access token. So only
Meta's hosts are allowed, and redirects are refused.
"""

import re
import time

import requests

from connectors.whatsapp.api import answers, error_codes
from connectors.whatsapp.api.errors import Final, OutcomeUnknown

_MB = 1024 * 1024
# WhatsApp's own limits, by the kind of the message.
# https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
MOST_BYTES = {
    "image": 5 * _MB,
    "video": 16 * _MB,
    "audio": 16 * _MB,
    "document": 100 * _MB,
    "sticker": 500 * 1024,
}
# Answers in JSON are a few hundred bytes.
MOST_JSON = 64 * 1024
# A slow server would delay everybody else's files.
MOST_SECONDS = 120.0
_PART = 64 * 1024

META_DOMAINS = ("facebook.com", "fbcdn.net", "fbsbx.com", "whatsapp.com", "whatsapp.net")
# Nothing that two libraries may parse differently: no user name, no backslash, no blank.
_ADDRESS = re.compile(r"(https?)://([a-z0-9.-]+)(?::([0-9]{1,5}))?(?:[/?#][^\s\\@]*)?", re.I)


_PORTS = {"http": 80, "https": 443}
_ERRORS = 400


class ForeignAddress(Final):
    """A file was said to lie where no file of WhatsApp's can."""


class FileTooLarge(Final):
    """A file is larger than WhatsApp allows for its kind."""


class Redirected(Final):
    """An address of WhatsApp's leads on to somewhere else."""


def is_metas(address: str, api_url: str) -> bool:
    """Whether the access token may go to this address: to the API's own origin, or by https to
    one of Meta's hosts."""
    origin = _origin(address)
    if origin is None:
        return False
    if origin == _origin(api_url):
        return True
    scheme, host, port = origin
    is_ours = any(host == domain or host.endswith(f".{domain}") for domain in META_DOMAINS)
    return scheme == "https" and port == _PORTS["https"] and is_ours


def _origin(address: str) -> tuple[str, str, int] | None:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    scheme = found[1].lower()
    return scheme, found[2].lower(), int(found[3] or _PORTS[scheme])


def download_content(
    session: requests.Session, address: str, most: int, timeouts: tuple[float, float]
) -> bytes:
    """The content at an address, of at most so many bytes.

    Raises:
        FileTooLarge, Redirected: the file was refused.
        SendError: the answer was a refusal, or took too long.
        requests.RequestException: there was no answer.
    """
    plain = {"Accept-Encoding": "identity"}
    with session.get(
        address, headers=plain, timeout=timeouts, allow_redirects=False, stream=True
    ) as response:
        status = response.status_code
        if error_codes.REDIRECTS <= status < _ERRORS:
            raise Redirected(str(status))
        if status >= _ERRORS:
            refused = answers.parse_answer(_read_body(response, MOST_JSON))
            raise error_codes.refusal_error(status, response.headers, refused)
        return _read_body(response, most)


def _read_body(response: requests.Response, most: int) -> bytes:
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > most:
        raise FileTooLarge(f"more than {most} bytes")
    read, ends = bytearray(), time.monotonic() + MOST_SECONDS
    for part in response.iter_content(_PART):
        read += part
        if len(read) > most:
            raise FileTooLarge(f"more than {most} bytes")
        if time.monotonic() > ends:
            raise OutcomeUnknown("the file came too slowly")
    return bytes(read)
