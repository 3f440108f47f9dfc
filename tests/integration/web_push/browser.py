"""A browser's half of web push: its keys, and how it reads what arrives (RFC 8291)."""

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from web_push.delivery import Subscription
from web_push.encoding import encode_bytes
from web_push.encryption import CURVE, encode_point, read_point


class PushedBrowser:
    """Agreed to be pushed to at an endpoint."""

    def __init__(self, endpoint):
        self._key = ec.generate_private_key(CURVE)
        self._secret = os.urandom(16)
        self._public = encode_point(self._key.public_key())
        self.subscription = Subscription(
            endpoint, encode_bytes(self._public), encode_bytes(self._secret)
        )

    def read(self, body):
        """The message in the body of a request to the push service."""
        salt, size, sender = body[:16], body[20], body[21 : 21 + body[20]]
        shared = self._key.exchange(ec.ECDH(), read_point(sender))
        information = b"WebPush: info\x00" + self._public + sender
        base = HKDF(hashes.SHA256(), 32, self._secret, information).derive(shared)
        key, nonce = (
            HKDF(hashes.SHA256(), length, salt, f"Content-Encoding: {name}\x00".encode()).derive(
                base
            )
            for name, length in (("aes128gcm", 16), ("nonce", 12))
        )
        plain = AESGCM(key).decrypt(nonce, body[21 + size :], None)
        assert plain.endswith(b"\x02")
        return plain[:-1]
