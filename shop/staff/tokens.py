"""Random secret tokens: the holder has the token, the database only its hash."""

import hashlib
import secrets


def draw_token() -> str:
    """A new token: 256 random bits, fit for a cookie or a link."""
    return secrets.token_urlsafe(32)


def token_fingerprint(token: str) -> str:
    """The hash for the database. A fast hash is enough, since nobody can guess 256 bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def derive_token(token: str, purpose: str) -> str:
    """A second token that only the holder of the first one can know."""
    return token_fingerprint(f"{purpose}:{token}")
