"""The audit log: every change that somebody made in the console."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import AuditEntry, Staff

# Who is not logged in.
SOMEBODY = "Somebody"


def act_as(session: Session, staff: Staff) -> None:
    """Names the person who makes the changes of this transaction.

    The database's own records (versions of menus) take the name from this setting.
    """
    session.execute(select(func.set_config("shop.staff", staff.name, True)))


@contextmanager
def acting_as_bot(session: Session, staff: Staff) -> Iterator[None]:
    """Changes within the block count as the bot's, not as the acting person's."""
    session.execute(select(func.set_config("shop.staff", "", True)))
    yield
    act_as(session, staff)


def record_change(
    session: Session, staff: Staff | None, action: str, subject: str = "", **details: Any
) -> AuditEntry:
    """Writes one line: `action` is like `order moved`, `subject` the changed thing's name.

    Without `staff`: somebody who is not logged in. `details` are JSON values, such as what
    was there before and after.
    """
    entry = AuditEntry(
        staff_id=staff.id if staff else None,
        staff_name=staff.name if staff else SOMEBODY,
        action=action,
        subject=subject,
        details=details,
    )
    session.add(entry)
    return entry
