"""The browsers that agreed to get alerts, and the key by which push services know us."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from storage.models import PushDevice, PushKey, Staff, StaffSession
from web_push.delivery import Result, Subscription
from web_push.signing import make_private_key

# The most browsers of one person: old ones are deleted only when their push service says so.
MOST = 10
_LONGEST_DEVICE = 200


def read_private_key(session: Session) -> str:
    """The shop's key; made at the first call, and the same from then on, on every machine."""
    if key := session.scalar(select(PushKey.private_key)):
        return key
    session.execute(insert(PushKey).values(private_key=make_private_key()).on_conflict_do_nothing())
    return session.scalars(select(PushKey.private_key)).one()


def register_device(
    session: Session, login: StaffSession, subscription: Subscription, device: str
) -> bool:
    """Registers this browser for alerts; returns whether it is new.

    It then belongs to the person who uses it now.

    Raises:
        ValueError: no browser has such a subscription.
    """
    subscription.check()
    known = session.scalars(
        select(PushDevice).where(PushDevice.endpoint == subscription.endpoint)
    ).first()
    values = {
        **vars(subscription),
        "staff_id": login.staff_id,
        "login": login.token_hash,
        "device": device[:_LONGEST_DEVICE],
    }
    put = insert(PushDevice).values(values)
    again = put.on_conflict_do_update(index_elements=["endpoint"], set_=values | {"failures": 0})
    session.execute(again)
    _drop_surplus(session, login.staff)
    return known is None or known.staff_id != login.staff_id


def list_devices(session: Session, somebody: Staff | None = None) -> Sequence[PushDevice]:
    """The browsers of everybody who works here, or of one; the newest first."""
    found = select(PushDevice).join(Staff).where(Staff.is_active)
    if somebody is not None:
        found = found.where(PushDevice.staff_id == somebody.id)
    return session.scalars(found.order_by(PushDevice.id.desc())).all()


def remove_device(session: Session, somebody: Staff, endpoint: str) -> bool:
    """Removes a person's browser; returns whether it was registered."""
    mine = PushDevice.staff_id == somebody.id, PushDevice.endpoint == endpoint
    gone = session.execute(delete(PushDevice).where(*mine).returning(PushDevice.id))
    return gone.first() is not None


def read_subscriptions(devices: Iterable[PushDevice]) -> dict[int, Subscription]:
    """The push subscriptions by the device's id."""
    return {one.id: Subscription(one.endpoint, one.p256dh, one.auth) for one in devices}


def store_results(session: Session, results: Mapping[int, Result]) -> None:
    """Stores the results of sending; deletes browsers that their push service no longer knows."""
    by_result = {
        result: [key for key, found in results.items() if found == result]
        for result in set(results.values())
    }
    these = PushDevice.id.in_
    session.execute(delete(PushDevice).where(these(by_result.get("gone", []))))
    delivered = update(PushDevice).where(these(by_result.get("delivered", [])))
    session.execute(delivered.values(failures=0, delivered_at=func.now()))
    failed = update(PushDevice).where(these(by_result.get("failed", [])))
    session.execute(failed.values(failures=PushDevice.failures + 1))


def _drop_surplus(session: Session, somebody: Staff) -> None:
    newest = select(PushDevice.id).where(PushDevice.staff_id == somebody.id)
    kept = newest.order_by(PushDevice.id.desc()).limit(MOST)
    mine = PushDevice.staff_id == somebody.id
    session.execute(delete(PushDevice).where(mine, PushDevice.id.not_in(kept)))
