"""Combines the receipts of one webhook body into one record per message of ours."""

from collections.abc import Iterable
from typing import Any

from trays import encoding
from trays.messages import CALLBACK, Json, Receipt
from trays.retry import REPORTED

# `played` is a voice message that was listened to; `deleted` and `warning` are ignored.
COLUMNS = {
    "sent": "sent_at",
    "delivered": "delivered_at",
    "read": "read_at",
    "played": "read_at",
    "failed": "failed_at",
}
LONGEST_REASON = 500


def fold_receipts(receipts: Iterable[Receipt]) -> list[dict[str, Any]]:
    """One record per message, with the earliest time of each status; others are dropped."""
    facts: dict[str, dict[str, Any]] = {}
    for receipt in receipts:
        column, message_id = COLUMNS.get(receipt.status), encoding.index_key(receipt.message_id)
        if column is None or message_id is None:
            continue
        known = facts.setdefault(message_id, {"message_id": message_id})
        at = receipt.timestamp.isoformat()
        known[column] = min(known.get(column, at), at)
        known["row"] = known.get("row") or named_row(receipt.callback_data)
        if receipt.is_billable is not None:
            known["is_billable"] = receipt.is_billable
            known["price_category"] = receipt.price_category
        if column == "failed_at":
            known["reason"] = known.get("reason") or error_line(receipt.error)
            known |= retry_plan(receipt.error)
    return sorted(facts.values(), key=lambda known: str(known["message_id"]))


def named_row(callback_data: str | None) -> int | None:
    """The row id in `biz_opaque_callback_data`; None if we did not write it."""
    number = (callback_data or "").removeprefix(CALLBACK)
    if number != callback_data and number.isascii() and number.isdigit():
        return encoding.bounded_count(int(number[:20]))
    return None


def retry_plan(error: Json | None) -> dict[str, float]:
    """When, and at most how often, to send it again; empty if sending again does not help."""
    code = str((error or {}).get("code", ""))
    known = REPORTED.get(int(code)) if code.isascii() and code.isdigit() else None
    if known is None:
        return {}
    retry = known.retry
    return {
        "most": known.most,
        "first": retry.first,
        "factor": retry.factor,
        "longest": retry.longest,
    }


def error_line(error: Json | None) -> str:
    """An error of the Graph API in one line: `131026 Message undeliverable: ...`."""
    if not error:
        return "failed without a reason"
    data = error.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    title = error.get("title") or error.get("message") or "unknown error"
    words = f"{error.get('code', '')} {title}".strip()
    return (f"{words}: {details}" if details else words)[:LONGEST_REASON]
