"""Makes ids in Meta's formats."""

import base64
import secrets

FBTRACE_BYTES = 8


def new_message_id(party: str) -> str:
    """A message id: `wamid.` and base64 of the other party's number and 18 random hex digits."""
    name = party.encode()[:100]
    serial = secrets.token_hex(9).upper().encode()
    raw = b"\x1c\x18" + bytes([len(name)]) + name + b"\x15\x02\x00\x11\x18\x12" + serial + b"\x00"
    return "wamid." + base64.b64encode(raw).decode()


def new_user_id(country: str = "IN") -> str:
    """A business-scoped user id: country, dot, digits."""
    return f"{country}.{secrets.randbelow(9 * 10**16) + 10**16}"


def new_number() -> str:
    """A media id, conversation id or the like: digits."""
    return str(secrets.randbelow(9 * 10**15) + 10**15)


def new_trace() -> str:
    """The `fbtrace_id` of an answer."""
    return "A" + secrets.token_urlsafe(FBTRACE_BYTES)
