"""Encrypts a message for one browser, which alone can read it: RFC 8291 with `aes128gcm`."""

import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
POINT_BYTES, SECRET_BYTES, SALT_BYTES = 65, 16, 16
RECORD_BYTES = 4096
# A push service takes a body of 4096 bytes: header, tag and the mark of the last record are in it.
LONGEST = RECORD_BYTES - (SALT_BYTES + 4 + 1 + POINT_BYTES) - 16 - 1
_LAST_RECORD = b"\x02"


def encrypt_message(
    message: bytes,
    receiver: bytes,
    secret: bytes,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of the request to the push service.

    `receiver` is the browser's public key (p256dh), `secret` what it shares with us (auth). The
    sender's key and the salt are new for each message; only tests give them.

    Raises:
        ValueError: a key is none, or the message is too long.
    """
    if len(message) > LONGEST:
        raise ValueError(f"longer than {LONGEST} bytes")
    sender = sender or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(SALT_BYTES)
    ours = encode_point(sender.public_key())
    theirs = read_point(receiver)
    shared = sender.exchange(ec.ECDH(), theirs)
    both = b"WebPush: info\x00" + receiver + ours
    base = _derive(shared, secret, both, 32)
    key = _derive(base, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(base, salt, b"Content-Encoding: nonce\x00", 12)
    header = salt + struct.pack("!IB", RECORD_BYTES, len(ours)) + ours
    return header + AESGCM(key).encrypt(nonce, message + _LAST_RECORD, None)


def read_point(point: bytes) -> ec.EllipticCurvePublicKey:
    """A public key of the curve P-256.

    Raises:
        ValueError
    """
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)


def encode_point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as the 65 bytes that browsers exchange."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(material: bytes, salt: bytes, information: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, information).derive(material)
