"""The advisory locks of the database, each number once.

A number never changes while a release that uses it may still run. Files that processes lock on one
machine (storage/embedded, settings/install.py) are no advisory locks: they work without a database.
"""

from enum import IntEnum, unique

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session


@unique
class AdvisoryLock(IntEnum):
    """The numbers of the locks; each comment names the file and the purpose."""

    # storage/prepare.py: one process migrates and seeds, the others wait for it.
    PREPARATION = 7_263_001
    # trays/worker_lock.py: the first of two keys; the second is the worker's own number.
    WORKER = 7_263_002
    # shop/staff/login_limits.py: tries to log in are counted one after the other.
    LOGIN_ATTEMPTS = 7_263_003
    # shop/menus/editing/drafts.py: menus are published one after the other.
    MENU_PUBLICATION = 7_263_004
    # shop/menus/loading.py: who reads the menus writes what is wrong with them.
    MENU_LOADING = 7_263_005
    # 7_263_006 was a trigger's, which is gone (migrations 0007 and 0011).
    # shop/staff/people.py, links.py: there is one first owner.
    FIRST_OWNER = 7_263_007
    # storage/migrations/online.py: one process makes indexes and fills old rows, others go on.
    ONLINE_STEPS = 7_263_018
    # storage/backup/upgrading.py: one process makes the backup before an upgrade.
    UPGRADE = 7_263_020
    # lock_slots() of the database (storage/migrations/trade_triggers.py): orders for a time are
    # counted one after the other.
    ORDER_SLOTS = 7_263_021
    # shop/alerts/raising.py: one process at a time compares and tells.
    ALERTS = 7_263_022


def lock_until_commit(holder: Session | Connection, lock: AdvisoryLock) -> None:
    """Waits for the lock and holds it until the transaction ends."""
    # A plain number: psycopg sends an IntEnum as an enum of PostgreSQL.
    holder.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock.value})
