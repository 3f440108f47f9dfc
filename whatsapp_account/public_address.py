"""Asks our own public addresses over https, as WhatsApp and the staff's phones do.

Those trust the public authorities alone. This machine may know others besides: an address that
only such an authority vouches for is reached from here, and from nowhere else.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH

SECONDS = 10.0
# OpenSSL's codes (X509_V_ERR_...) and what each means.
EXPIRED, OTHER_NAME = 10, 62
SELF_SIGNED, OWN_AUTHORITY = 18, 19
UNKNOWN_AUTHORITIES = (SELF_SIGNED, OWN_AUTHORITY, 20, 21)
WRONG = {
    EXPIRED: "its certificate has expired",
    OTHER_NAME: "its certificate is for another name",
    SELF_SIGNED: "its certificate is self-signed, so neither WhatsApp nor a phone trusts it",
}
UNKNOWN = "its certificate is from nobody that is known here, or is not sent with its whole chain"
OTHERWISE = "its certificate is not valid"


class NotReached(Exception):
    """The address did not answer; the message is the end of a sentence that says why."""


class BadCertificate(NotReached):
    """`code` is OpenSSL's reason; 0 where it gave none."""

    def __init__(self, code: int) -> None:
        unknown = UNKNOWN if code in UNKNOWN_AUTHORITIES else OTHERWISE
        super().__init__(WRONG.get(code, unknown))
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What came back. is_private: this machine trusts the certificate, and the public does not."""

    status: int
    text: str
    is_private: bool = False


class _SystemTrust(HTTPAdapter):
    """Also trusts the authorities in this machine's own store; requests uses only certifi's."""

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
        super().init_poolmanager(*sizes, ssl_context=ssl.create_default_context(), **options)


def ask_address(address: str, query: Mapping[str, str] | None = None) -> Answer:
    """GETs it without following it elsewhere.

    Raises:
        NotReached: no connection; BadCertificate where that is the reason.
    """
    with requests.Session() as session:
        session.verify = DEFAULT_CA_BUNDLE_PATH
        try:
            return _ask(session, address, query)
        except BadCertificate as error:
            if error.code not in UNKNOWN_AUTHORITIES:
                raise
        session.mount("https://", _SystemTrust())
        return replace(_ask(session, address, query), is_private=True)


def _ask(session: requests.Session, address: str, query: Mapping[str, str] | None) -> Answer:
    try:
        # Named again: from the environment requests would take another list.
        answer = session.get(
            address, params=query, timeout=SECONDS, allow_redirects=False, verify=session.verify
        )
    except requests.exceptions.SSLError as error:
        raise BadCertificate(_openssl_code(error)) from None
    except (requests.RequestException, ValueError) as error:
        raise NotReached(f"no connection ({type(error).__name__})") from None
    return Answer(answer.status_code, answer.text)


def _openssl_code(error: BaseException | None) -> int:
    """The code of the error that the libraries have wrapped."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_code
        error = error.__context__
    return 0
