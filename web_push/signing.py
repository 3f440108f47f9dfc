"""The shop's key, by which push services know who sends: VAPID, RFC 8292."""

import time
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from web_push.encoding import decode_text, encode_bytes
from web_push.encryption import CURVE, encode_point

# Push services refuse tokens for more than a day.
VALID_SECONDS = 12 * 3600
_KEY_BYTES = 32


def make_private_key() -> str:
    """A new private key as text."""
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    return encode_bytes(number.to_bytes(_KEY_BYTES, "big"))


def public_key(private: str) -> str:
    """The public key as text: what browsers ask for when they subscribe."""
    return encode_bytes(encode_point(_load(private).public_key()))


def authorize(private: str, endpoint: str, contact: str) -> str:
    """The Authorization header of a request to this endpoint.

    `contact` is where the push service's people find us: `mailto:` or `https:`.
    """
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + VALID_SECONDS,
        "sub": contact,
    }
    token = jwt.encode(claims, _load(private), algorithm="ES256")
    return f"vapid t={token}, k={public_key(private)}"


def _load(private: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decode_text(private), "big"), CURVE)
