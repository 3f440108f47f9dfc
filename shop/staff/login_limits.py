"""Limits on tries to log in, kept in the database, so that restarts and processes share them."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from math import ceil

from sqlalchemy import ColumnElement, Select, and_, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.advisory_locks import AdvisoryLock, lock_until_commit
from storage.models import LoginAttempt, LoginPlace, Staff

_KEPT = timedelta(days=1)
_LONGEST_NAME = 100


@dataclass(frozen=True)
class Limit:
    """The allowed failed tries within a time; the next one waits until the first is that old."""

    most: int
    within: timedelta


# One person mistyping; somebody trying many names.
SAME_NAME_AND_ADDRESS = Limit(5, timedelta(minutes=5))
SAME_ADDRESS = Limit(20, timedelta(minutes=5))
# One name tried from many addresses: after so many failures within a day each try waits twice as
# long as the one before. Anybody could lock an owner out like this, so
# addresses from which the owner has logged in before are exempt.
FREE_TRIES = 10
LONGEST_PAUSE = timedelta(minutes=15)
PLACES_KEPT = timedelta(days=30)
# The part of an IPv6 address that a provider gives to one customer.
_IPV6_PREFIX = 64


class TooManyTries(Exception):
    """Too many failed logins: wait a little, then try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(self.__doc__)
        self.seconds = seconds


def admit_login(session: Session, name: str, address: str) -> None:
    """Counts a try before the password is checked; commit before checking.

    Over the limit a correct password is refused too, so that the answer does not reveal it.

    Raises:
        TooManyTries: says for how many seconds.
    """
    lock_until_commit(session, AdvisoryLock.LOGIN_ATTEMPTS)
    session.execute(delete(LoginAttempt).where(LoginAttempt.at < func.now() - _KEPT))
    name, address = _normal(name), _place(address)
    by_name, by_address = LoginAttempt.name == name, LoginAttempt.address == address
    for limit, whose in (
        (SAME_NAME_AND_ADDRESS, and_(by_name, by_address)),
        (SAME_ADDRESS, by_address),
    ):
        if seconds := session.scalar(_wait(limit, whose)):
            raise TooManyTries(int(seconds))
    if (seconds := _pause(session, name)) and not _has_logged_in(session, name, address):
        raise TooManyTries(seconds)
    session.add(LoginAttempt(name=name, address=address))
    session.flush()


def forgive_tries(session: Session, name: str, address: str) -> None:
    """After a successful login: forgets the failed tries."""
    session.execute(
        delete(LoginAttempt).where(
            LoginAttempt.name == _normal(name), LoginAttempt.address == _place(address)
        )
    )


def remember_login_address(session: Session, somebody: Staff, address: str) -> None:
    """Stores a successful login's address; others' failures do not lock it out."""
    session.execute(delete(LoginPlace).where(LoginPlace.last_login_at < func.now() - PLACES_KEPT))
    place = insert(LoginPlace).values(staff_id=somebody.id, address=_place(address))
    session.execute(
        place.on_conflict_do_update(
            index_elements=["staff_id", "address"], set_={"last_login_at": func.now()}
        )
    )


def _pause(session: Session, name: str) -> int:
    """The seconds that this name must still wait, from any address; 0 means none."""
    since = func.extract("epoch", func.now() - func.max(LoginAttempt.at))
    failures, passed = session.execute(
        select(func.count(), since).where(LoginAttempt.name == name)
    ).one()
    if failures < FREE_TRIES:
        return 0
    longest = LONGEST_PAUSE.total_seconds()
    # Bounds the exponent, since the count is unbounded.
    pause = min(2 ** min(failures - FREE_TRIES + 1, 20), longest)
    return max(0, ceil(pause - float(passed)))


def _has_logged_in(session: Session, name: str, address: str) -> bool:
    """Whether the name's owner has logged in from this address before."""
    query = select(LoginPlace).join(Staff, Staff.id == LoginPlace.staff_id)
    place = query.where(func.lower(Staff.name) == func.lower(name), LoginPlace.address == address)
    recent = LoginPlace.last_login_at > func.now() - PLACES_KEPT
    return session.scalars(place.where(recent)).first() is not None


def _wait(limit: Limit, whose: ColumnElement[bool]) -> Select[tuple[float]]:
    """In how many seconds (at least 1) the limit allows one more; no row: now."""
    since = func.now() - limit.within
    oldest = (
        select(LoginAttempt.at)
        .where(whose, LoginAttempt.at > since)
        .order_by(LoginAttempt.at.desc())
        .offset(limit.most - 1)
        .limit(1)
        .subquery()
    )
    return select(func.ceil(func.extract("epoch", oldest.c.at - since)))


def _normal(name: str) -> str:
    return name.strip().casefold()[:_LONGEST_NAME]


def _place(address: str) -> str:
    """The address, or for IPv6 its network: one customer has all addresses in it."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return address
    return str(parsed.ipv4_mapped or ip_network((parsed, _IPV6_PREFIX), strict=False))
