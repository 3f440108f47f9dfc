"""Whether our number may send: WhatsApp stops it for a bad token, a policy or too many messages."""

from sqlalchemy import text
from sqlalchemy.orm import Session

# The trays' table; throttles of a few seconds are nothing that staff could do anything about.
_STOPPED = text("""
    SELECT reason FROM pauses WHERE until > now() AND seconds >= 30 ORDER BY until DESC LIMIT 1
""")


def stopped(session: Session) -> str | None:
    """Why none of our messages can be sent at present, in Meta's words; None where they can."""
    return session.scalar(_STOPPED)
