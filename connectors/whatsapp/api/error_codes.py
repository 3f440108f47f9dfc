"""Decides what an error of the Graph API means for the message (docs/whatsapp.md, Errors).

Only Meta's code decides: the HTTP statuses are unreliable and no longer documented. They are used
only if an answer has no code. On 131047, for example (the 24-hour window is closed), the message is
never sent again: the code is in `FINAL`, so the error is `Final`, and the sender gives up.

The same codes may come later, in a receipt: `trays/retry.py` decides then. What staff read of them
is in `console/inbox/reasons.py`.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from connectors.whatsapp.api import fields
from connectors.whatsapp.api.errors import (
    Final,
    NumberStopped,
    OutcomeUnknown,
    Retry,
    SendError,
    ThrottledNumber,
    ThrottledPair,
)
from connectors.whatsapp.api.fields import Json

# Token, permission, policy, registration, display name, payment: no message can be sent.
STOPPED = {0, 3, 10, 33, 190, 368, 131005, 131031, 131037, 131042, 131045, 131048}
STOPPED |= {133000, 133010, 133015, *range(200, 300)}
# Trying soon again makes it worse: blocked for policy, spam limit.
LONG_PAUSE = dict.fromkeys((368, 131048), 900.0)
# 100 with this subcode: the phone number id is not ours, or the token does not see it.
NOT_VISIBLE = 33

THROTTLED_NUMBER = {4, 80007, 130429}
THROTTLED_PAIR = 131056

# How often to try, by code; None: until it works.
TEMPORARY: dict[int, int | None] = {
    1: 2,
    2: None,
    131000: 3,
    131016: None,
    131053: 2,
    131057: None,
    133004: None,
}
# A number is in maintenance for about a minute.
WAITS = {131057: 20.0}

# What is wrong with the message, its recipient or its template. Codes that stand nowhere here are
# final too, unless WhatsApp says that the trouble is its own.
FINAL = {100, 130403, 130472, 130497, 131008, 131009, 131021, 131026, 131030, 131047, 131049}
FINAL |= {131050, 131051, 131052, 131060, 131062, 131063, 131064, 132000, 132001, 132005, 132007}
FINAL |= {132012, 132015, 132016, 132018, 132068, 132069, 134011, 135000}
UNKNOWN_TROUBLE_TRIES = 3

REDIRECTS, SERVER_ERRORS = 300, 500
LONGEST_WAIT = 3600.0

# Meta's words may name the customer.
_LONG_NUMBER = re.compile(r"\+?[0-9](?:[ ().-]?[0-9]){6,}")


def refusal_error(status: int, headers: Mapping[str, str], answer: object) -> SendError:
    """The exception for an answer that is no success; `answer` is its JSON, None without any."""
    error = fields.read_mapping(answer, "error") if isinstance(answer, Mapping) else {}
    code, after = fields.read_integer(error, "code"), waiting_time(headers)
    if code is None:
        return _without_code(status, after, answer)
    return _of_everybody(code, error, after) or _of_one(code, error, after, status)


def _of_everybody(code: int, error: Json, after: float | None) -> SendError | None:
    """The exception if our number can send no message at all; else None."""
    not_visible = (code, fields.read_integer(error, "error_subcode")) == (100, NOT_VISIBLE)
    if code in STOPPED or not_visible:
        return NumberStopped(_detail(error), code=code, pause=LONG_PAUSE.get(code, 30.0))
    if code in THROTTLED_NUMBER:
        return ThrottledNumber(_detail(error), code=code, after=after)
    return None


def _of_one(code: int, error: Json, after: float | None, status: int) -> SendError:
    """The exception for an error of this message, of this customer or of WhatsApp itself."""
    detail = _detail(error)
    if code == THROTTLED_PAIR:
        return ThrottledPair(detail, code=code)
    if code in TEMPORARY:
        after = WAITS.get(code) if after is None else after
        return Retry(detail, code=code, after=after, most_tries=TEMPORARY[code])
    if code not in FINAL and (status >= SERVER_ERRORS or fields.read_flag(error, "is_transient")):
        return Retry(detail, code=code, after=after, most_tries=UNKNOWN_TROUBLE_TRIES)
    return Final(detail, code=code)


def without_personal_data(text: str) -> str:
    """The text without anything that could be a phone number."""
    return _LONG_NUMBER.sub("<number>", text)


def waiting_time(headers: Mapping[str, str]) -> float | None:
    """The seconds that the answer asks us to wait, by Retry-After or by Meta's usage header."""
    seconds = _retry_after(headers.get("Retry-After", ""))
    if seconds is None:
        seconds = _usage_wait(headers.get("X-Business-Use-Case-Usage", ""))
    return seconds if seconds is None else min(max(seconds, 0.0), LONGEST_WAIT)


def _without_code(status: int, after: float | None, answer: object) -> SendError:
    """The exception for an answer without an error code, for example from a proxy.

    An answer without JSON is not from WhatsApp: the message was not accepted.
    """
    if status < REDIRECTS and answer is not None:
        return OutcomeUnknown(f"HTTP {status} without an id")
    return Retry(f"HTTP {status} without an error code", after=after)


def _detail(error: Json) -> str:
    """Meta's words: the title, and the details where they say more."""
    title = re.sub(r"^\(#[0-9]+\) ?", "", fields.read_text(error, "message") or "")
    details = fields.read_text(error, "error_data", "details")
    said = title if not details or details == title else f"{title}: {details}"
    return without_personal_data(said)[:500]


def _retry_after(value: str) -> float | None:
    """Seconds, or a date (RFC 9110, 10.2.3)."""
    if value.strip().isdecimal():
        return float(value)
    try:
        return (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None


def _usage_wait(value: str) -> float | None:
    """The longest `estimated_time_to_regain_access`, which is in minutes."""
    try:
        usage = json.loads(value)
    except (ValueError, RecursionError):
        return None
    entries = usage if isinstance(usage, dict) else {}
    waits = [
        fields.read_number(entry, "estimated_time_to_regain_access") or 0.0
        for key in entries
        for entry in fields.read_mappings(entries, key)
    ]
    return max(waits, default=0.0) * 60 or None
