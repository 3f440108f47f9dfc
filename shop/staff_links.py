"""One-time links: whoever opens one chooses a password. They end after a day or when used."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.orm import Session

from shop import passwords, staff, tokens
from storage.models import Staff, StaffLink

LIFETIME = timedelta(days=1)
# Any number that nobody else locks in this database.
_FIRST_OWNER = 7_263_002


class LinkVoid(Exception):
    """This link was used before, is older than a day, or was replaced by a newer one."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def draw(session: Session, somebody: Staff | None) -> str:
    """The token of a new link for somebody; for None it is the one that makes the first owner.

    An earlier link for the same person is void from now on.
    """
    token = tokens.drawn()
    session.execute(delete(StaffLink).where(_meant_for(somebody)))
    session.add(
        StaffLink(
            token_hash=tokens.fingerprint(token),
            staff_id=somebody.id if somebody else None,
            expires_at=func.now() + LIFETIME,
        )
    )
    session.flush()
    return token


def whose(session: Session, token: str) -> Staff | None:
    """Whom the link is for; None where it makes the first owner.

    Raises:
        LinkVoid
    """
    link = _find(session, token)
    return session.get(Staff, link.staff_id) if link.staff_id else None


def use(session: Session, token: str, name: str, password: str) -> Staff:
    """Sets the password by the link and uses it up; `name` counts for the first owner alone.

    Raises:
        LinkVoid, staff.UnfitName, passwords.UnfitPassword
    """
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _FIRST_OWNER})
    link = _find(session, token)
    session.delete(link)
    if link.staff_id is None:
        passwords.check(password, name)
        return staff.add(session, name, "owner", password)
    somebody = session.get_one(Staff, link.staff_id)
    passwords.check(password, somebody.name)
    staff.set_password(session, somebody, password)
    return somebody


def _find(session: Session, token: str) -> StaffLink:
    link = session.scalars(
        select(StaffLink).where(
            StaffLink.token_hash == tokens.fingerprint(token), StaffLink.expires_at > func.now()
        )
    ).first()
    if link is None or (link.staff_id is None and not staff.nobody_yet(session)):
        raise LinkVoid
    if link.staff_id and not session.get_one(Staff, link.staff_id).is_active:
        raise LinkVoid
    return link


def _meant_for(somebody: Staff | None) -> ColumnElement[bool]:
    return StaffLink.staff_id.is_(None) if somebody is None else StaffLink.staff_id == somebody.id
