"""One-time links to choose a password. They expire after a day or when used."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from settings.errors import DocstringError
from shop.staff import people, second_factor, tokens
from storage.advisory_locks import AdvisoryLock, lock_until_commit
from storage.models import Staff, StaffLink

LIFETIME = timedelta(days=1)


class LinkVoid(DocstringError):
    """This link was used before, is older than a day, or was replaced by a newer one."""


def draw_staff_link(session: Session, somebody: Staff | None) -> str:
    """The token of a new link for somebody; for None it is the one that makes the first owner.

    An earlier link for the same person is void from now on.
    """
    token = tokens.draw_token()
    session.execute(delete(StaffLink).where(_meant_for(somebody)))
    session.add(
        StaffLink(
            token_hash=tokens.token_fingerprint(token),
            staff_id=somebody.id if somebody else None,
            expires_at=func.now() + LIFETIME,
        )
    )
    session.flush()
    return token


def link_owner(session: Session, token: str) -> Staff | None:
    """The person whom the link is for; None if it makes the first owner.

    Raises:
        LinkVoid
    """
    link = _find_link(session, token)
    return session.get(Staff, link.staff_id) if link.staff_id else None


def use_staff_link(session: Session, token: str, name: str, password_hash: str) -> Staff:
    """Sets the password by the link, which works once; only the first owner chooses a `name`.

    It also ends the second factor, so that somebody who has lost the phone can log in again.

    Raises:
        LinkVoid, staff.UnfitName
    """
    lock_until_commit(session, AdvisoryLock.FIRST_OWNER)
    link = _find_link(session, token)
    session.delete(link)
    if link.staff_id is None:
        return people.add_staff(session, name, "owner", password_hash)
    somebody = session.get_one(Staff, link.staff_id)
    people.set_password(session, somebody, password_hash)
    second_factor.end_second_factor(somebody)
    return somebody


def _find_link(session: Session, token: str) -> StaffLink:
    link = session.scalars(
        select(StaffLink).where(
            StaffLink.token_hash == tokens.token_fingerprint(token),
            StaffLink.expires_at > func.now(),
        )
    ).first()
    if link is None or (link.staff_id is None and not people.nobody_yet(session)):
        raise LinkVoid
    if link.staff_id and not session.get_one(Staff, link.staff_id).is_active:
        raise LinkVoid
    return link


def _meant_for(somebody: Staff | None) -> ColumnElement[bool]:
    return StaffLink.staff_id.is_(None) if somebody is None else StaffLink.staff_id == somebody.id
