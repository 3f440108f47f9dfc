"""Login sessions and when they end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from shop.staff import people, tokens
from storage.models import PushDevice, Staff, StaffSession

# An idle session ends after half a day, every session after a week.
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
# How long the page that asks for the second factor may wait.
CODE_WAITS = timedelta(minutes=5)
# The precision of `last_seen_at`, so that not every click writes.
_SEEN_EVERY = timedelta(minutes=5)
_LONGEST_DEVICE = 200


@dataclass(frozen=True)
class Known:
    """An account that may log in, with the hash of its password."""

    staff_id: UUID
    password_hash: str | None


def find_account(session: Session, name: str) -> Known | None:
    """The account of this name; compare the password after this transaction has ended."""
    somebody = people.find_staff(session, name.strip())
    if somebody is None or not somebody.is_active:
        return None
    return Known(somebody.id, somebody.password_hash)


def recheck_account(session: Session, before: Known) -> Staff | None:
    """The account again after the comparison; None if its password was changed meanwhile."""
    somebody = session.get(Staff, before.staff_id, with_for_update=True, populate_existing=True)
    if somebody is None or not somebody.is_active:
        return None
    return somebody if somebody.password_hash == before.password_hash else None


def begin_session(
    session: Session,
    somebody: Staff,
    device: str,
    address: str = "",
    *,
    awaits_code: bool = False,
) -> str:
    """Logs somebody in; the token goes into a cookie, and only its hash is kept.

    With `awaits_code` it only opens the page that asks for the second factor (`find_awaiting`).
    """
    token = tokens.draw_token()
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= func.now()))
    session.add(
        StaffSession(
            token_hash=tokens.token_fingerprint(token),
            staff_id=somebody.id,
            device=device[:_LONGEST_DEVICE],
            address=address,
            awaits_code=awaits_code,
            expires_at=func.now() + (CODE_WAITS if awaits_code else LONGEST),
        )
    )
    if not awaits_code:
        somebody.last_login_at = func.now()
    return token


def find_session(session: Session, token: str | None, *, touch: bool = True) -> StaffSession | None:
    """The session of a cookie's token, if it has not ended and its owner still works here.

    `touch` renews its idle time; automatic requests of a page must not use it.
    """
    if not token:
        return None
    mine = StaffSession.token_hash == tokens.token_fingerprint(token)
    found = session.scalars(select(StaffSession).join(Staff).where(mine, *_open())).first()
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


def find_awaiting(session: Session, token: str | None) -> StaffSession | None:
    """The login that waits for its second factor, with its owner's row locked."""
    if not token:
        return None
    query = select(StaffSession).where(
        StaffSession.token_hash == tokens.token_fingerprint(token),
        StaffSession.awaits_code,
        StaffSession.expires_at > func.now(),
    )
    found = session.scalars(query).first()
    if found is None:
        return None
    session.refresh(found.staff, with_for_update=True)
    return found if found.staff.is_active else None


def logins_of(session: Session, somebody: Staff) -> Sequence[StaffSession]:
    """The sessions that somebody has open now, the last used first."""
    query = select(StaffSession).join(Staff).where(StaffSession.staff_id == somebody.id, *_open())
    return session.scalars(query.order_by(StaffSession.last_seen_at.desc())).all()


def count_sessions(session: Session) -> dict[UUID, int]:
    """The number of open sessions of each person."""
    query = select(StaffSession.staff_id, func.count()).join(Staff).where(*_open())
    return dict(session.execute(query.group_by(StaffSession.staff_id)).tuples().all())


def end_session(session: Session, login: StaffSession) -> None:
    """Logs out: every copy of the cookie is invalid, and the browser gets no more alerts."""
    session.execute(delete(PushDevice).where(PushDevice.login == login.token_hash))
    session.delete(login)


def _open() -> tuple[ColumnElement[bool], ...]:
    """The SQL condition for a valid session."""
    return (
        ~StaffSession.awaits_code,
        StaffSession.expires_at > func.now(),
        StaffSession.last_seen_at > func.now() - IDLE,
        Staff.is_active.is_(True),
    )
