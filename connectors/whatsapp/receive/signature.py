"""Meta's signature on webhooks: HMAC-SHA256 of the raw body, keyed with the app secret."""

import hmac

HEADER = "X-Hub-Signature-256"
_PREFIX = "sha256="


def sign_body(secret: str, raw: bytes) -> str:
    """The header's value for a body, as Meta writes it: lower-case hex."""
    return _PREFIX + hmac.digest(secret.encode(), raw, "sha256").hex()


def verify_signature(secret: str, raw: bytes, header: str | bytes | None) -> bool:
    """Whether the header is the signature of exactly these bytes; any header is allowed.

    The comparison takes the same time wherever the first difference lies. With an empty
    secret nothing is valid.
    """
    if header is None or not secret:
        return False
    # "replace" turns what is not ASCII into "?", which no signature holds.
    given = header.encode("ascii", "replace") if isinstance(header, str) else header
    return hmac.compare_digest(sign_body(secret, raw).encode(), given)
