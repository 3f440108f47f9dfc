"""Encodes JSON byte for byte as Meta does, and signs the bytes."""

import hashlib
import hmac
import json
from typing import Any

from starlette.responses import Response


def encode_json(value: Any) -> bytes:
    r"""Compact JSON with non-ASCII as \uXXXX and `/` as `\/`, as Meta writes it.

    In JSON a slash only occurs inside strings, so replacing it is safe.
    """
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def sign_payload(secret: str, raw: bytes) -> str:
    """The value of X-Hub-Signature-256 for these bytes."""
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


class MetaResponse(Response):
    """JSON in Meta's encoding; unlike Starlette's it also survives a lone surrogate."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return encode_json(content)
