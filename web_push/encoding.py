"""Keys as browsers and push services write them: base64url without padding."""

import base64
import binascii


def encode_bytes(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decode_text(value: str) -> bytes:
    """The bytes of a text, with or without padding.

    Raises:
        ValueError
    """
    text = value.rstrip("=")
    try:
        return base64.b64decode(
            text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
        )
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error
