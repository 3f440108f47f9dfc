"""The people who work in the console: owners may do everything, staff serves the customers."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from settings.errors import DocstringError
from storage.advisory_locks import AdvisoryLock, lock_until_commit
from storage.models import PushDevice, Role, Staff, StaffSession

LONGEST_NAME = 60


class UnfitName(DocstringError, ValueError):
    """A name has 1 to 60 characters, and nobody else here has it."""


class LastOwner(DocstringError):
    """Somebody must remain who may do everything: make another owner first."""


def list_staff(session: Session) -> Sequence[Staff]:
    """All people who ever worked here, those who still do first."""
    order = (Staff.is_active.desc(), Staff.role, func.lower(Staff.name))
    return session.scalars(select(Staff).order_by(*order)).all()


def nobody_yet(session: Session) -> bool:
    """Whether there is no owner yet."""
    return not session.scalar(select(exists().where(Staff.password_hash.is_not(None))))


def any_owner(session: Session) -> Staff | None:
    """The owner who has been here longest; None before the first one."""
    owners = select(Staff).where(Staff.role == "owner", Staff.password_hash.is_not(None))
    return session.scalars(owners.where(Staff.is_active).order_by(Staff.created_at)).first()


def find_staff(session: Session, name: str) -> Staff | None:
    """The person with this name, in upper or lower case."""
    return session.scalars(select(Staff).where(func.lower(Staff.name) == func.lower(name))).first()


def add_staff(session: Session, name: str, role: Role, password_hash: str | None = None) -> Staff:
    """Adds a person; without a password they choose one by a link of `shop.staff.links`.

    `password_hash` is of `passwords.hash_password`, which takes long: call it before the
    transaction.

    Raises:
        UnfitName
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or find_staff(session, name):
        raise UnfitName
    somebody = Staff(name=name, role=role, is_active=True, password_hash=password_hash)
    session.add(somebody)
    session.flush()
    return somebody


def add_first_owner(session: Session, name: str, password_hash: str) -> Staff | None:
    """Makes the first owner; None if another was made while the password was hashed."""
    lock_until_commit(session, AdvisoryLock.FIRST_OWNER)
    return add_staff(session, name, "owner", password_hash) if nobody_yet(session) else None


def set_password(session: Session, somebody: Staff, password_hash: str) -> None:
    """Changes the password and ends every login that the old one opened."""
    somebody.password_hash = password_hash
    end_sessions(session, somebody)


def change_staff(session: Session, somebody: Staff, role: Role, *, is_active: bool) -> None:
    """Changes somebody's role or employment; a person who leaves is logged out everywhere at once.

    Raises:
        LastOwner
    """
    if not (role == "owner" and is_active) and somebody.id in _only_owner(session):
        raise LastOwner
    somebody.role, somebody.is_active = role, is_active
    if not is_active:
        end_sessions(session, somebody)


def end_sessions(session: Session, somebody: Staff) -> None:
    """Logs somebody out on every device; none of them gets alerts any more."""
    session.execute(delete(PushDevice).where(PushDevice.staff_id == somebody.id))
    session.execute(delete(StaffSession).where(StaffSession.staff_id == somebody.id))


def _only_owner(session: Session) -> Sequence[object]:
    """The owner's id where there is just one; locked, so that two cannot demote each other."""
    owners = select(Staff.id).where(
        Staff.role == "owner", Staff.is_active, Staff.password_hash.is_not(None)
    )
    found = session.scalars(owners.with_for_update()).all()
    return found if len(found) == 1 else []
