"""Keeps what a transaction has read: a turn asks for the same rows a dozen times."""

from typing import Any

from sqlalchemy.orm import Session

_KEY = "read_once"


def kept_reads(session: Session) -> dict[str, Any]:
    """The values that this transaction has read, by name; empty in a new transaction.

    Values put into it before the transaction's first query are lost.
    """
    current = session.get_transaction()
    if current is None:
        return {}
    transaction, kept = session.info.get(_KEY, (None, {}))
    if transaction is not current:
        kept = {}
        session.info[_KEY] = (current, kept)
    found: dict[str, Any] = kept
    return found
