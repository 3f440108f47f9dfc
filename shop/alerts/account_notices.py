"""Stores what Meta tells of the account by webhook, for the alerts and for *Going live*.

One row for each number and kind of trouble, until Meta says that it is over or its time has passed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage import engine
from storage.models import AccountNotice, NoticeKind

# How long a notice is kept, since Meta does not always say that it is over.
KEPT = timedelta(days=7)
KEPT_BAN = timedelta(days=365)
ALL_KINDS: tuple[NoticeKind, ...] = ("quality", "limit", "violation", "restriction", "ban")
# Events that end earlier troubles, with the kinds that they end.
_OVER: Mapping[str, tuple[NoticeKind, ...]] = {
    "UNFLAGGED": ("quality",),
    "UPGRADE": ("limit",),
    "REINSTATE": ALL_KINDS[2:],
}
# By event: the kind of trouble, its words, and the text before Meta's details.
_TROUBLES: Mapping[str, tuple[NoticeKind, str, str]] = {
    "FLAGGED": ("quality", "Customers block or report {number}: Meta rates its quality as low", ""),
    "DOWNGRADE": ("limit", "Meta has lowered the messaging limit of {number}", ", now "),
    "ACCOUNT_VIOLATION": ("violation", "Meta says that the account violated a policy", ": "),
    "ACCOUNT_RESTRICTION": ("restriction", "Meta restricts the WhatsApp account", ": "),
    "ACCOUNT_DELETED": ("ban", "The WhatsApp account was deleted at Meta", ""),
    "SCHEDULE_FOR_DISABLE": ("ban", "Meta will disable the WhatsApp account", ": "),
    "DISABLE": ("ban", "Meta has disabled the WhatsApp account", ": "),
}


@dataclass(frozen=True)
class AccountChange:
    """One event of `phone_number_quality_update` or `account_update`.

    phone: the number as digits, empty where none is named. details: Meta's own names of what is
    violated, restricted or allowed now. until: when a restriction ends, if Meta says so.
    """

    event: str
    phone: str = ""
    details: tuple[str, ...] = ()
    until: datetime | None = None


def store_account_change(session: Session, change: AccountChange) -> None:
    """Stores a trouble, or deletes those that are over; other events change nothing."""
    if over := _OVER.get(change.event):
        here = AccountNotice.phone == change.phone, AccountNotice.kind.in_(over)
        session.execute(delete(AccountNotice).where(*here))
        return
    worded = _word_trouble(change)
    if worded is None:
        return
    kind, words = worded
    until = change.until or engine.now(session) + (KEPT_BAN if kind == "ban" else KEPT)
    values = {"words": words, "given_at": func.now(), "until": until}
    put = insert(AccountNotice).values(phone=change.phone, kind=kind, **values)
    session.execute(put.on_conflict_do_update(index_elements=["phone", "kind"], set_=values))


def read_account_notices(session: Session) -> Sequence[AccountNotice]:
    """The current troubles, the latest first."""
    standing = select(AccountNotice).where(AccountNotice.until > func.now())
    return session.scalars(standing.order_by(AccountNotice.given_at.desc())).all()


def _word_trouble(change: AccountChange) -> tuple[NoticeKind, str] | None:
    """The kind of trouble and its words; None if nobody has to do anything."""
    if change.event not in _TROUBLES:
        return None
    kind, words, before_details = _TROUBLES[change.event]
    details = ", ".join(each.replace("_", " ").lower() for each in change.details)
    number = f"+{change.phone}" if change.phone else "the number"
    said = f"{before_details}{details}" if details and before_details else ""
    return kind, words.format(number=number) + said
