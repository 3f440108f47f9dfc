"""Logins: the sessions that keep somebody inside, and when they end."""

from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from shop import passwords, staff, tokens
from storage.models import Staff, StaffSession

# A device that nobody touched for half a day asks again, and every device does once a week.
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
# How exactly `last_seen_at` is kept: not every click needs a write.
_SEEN_EVERY = timedelta(minutes=5)
_LONGEST_DEVICE = 200


def check(session: Session, name: str, password: str) -> Staff | None:
    """Whose name and password these are; takes as long when nobody has that name."""
    somebody = staff.find(session, name.strip())
    active = somebody if somebody and somebody.is_active else None
    fits = passwords.matches(password, active.password_hash if active else None)
    return active if fits else None


def begin(session: Session, somebody: Staff, device: str) -> str:
    """Logs somebody in; the token goes into a cookie, and only its hash is kept."""
    token = tokens.drawn()
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= func.now()))
    session.add(
        StaffSession(
            token_hash=tokens.fingerprint(token),
            staff_id=somebody.id,
            device=device[:_LONGEST_DEVICE],
            expires_at=func.now() + LONGEST,
        )
    )
    somebody.last_login_at = func.now()
    return token


def find(session: Session, token: str | None, *, touch: bool = True) -> StaffSession | None:
    """The session that a cookie's token opens, while it lasts and its owner works here.

    `touch` keeps it from falling idle; what a page does by itself must not.
    """
    if not token:
        return None
    found = session.scalars(
        select(StaffSession)
        .join(Staff)
        .where(
            StaffSession.token_hash == tokens.fingerprint(token),
            StaffSession.expires_at > func.now(),
            StaffSession.last_seen_at > func.now() - IDLE,
            Staff.is_active,
        )
    ).first()
    if found and touch:
        session.execute(
            update(StaffSession)
            .where(
                StaffSession.token_hash == found.token_hash,
                StaffSession.last_seen_at < func.now() - _SEEN_EVERY,
            )
            .values(last_seen_at=func.now())
        )
    return found


def end(session: Session, login: StaffSession) -> None:
    """Logs out: the cookie is worth nothing from now on, wherever a copy of it may be."""
    session.delete(login)
