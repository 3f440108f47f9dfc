"""Parses what Meta tells of the account beside messages: quality, limits, violations, bans."""

from datetime import datetime

from connectors.whatsapp.api import fields
from connectors.whatsapp.api.fields import Json
from connectors.whatsapp.api.inbound import Webhook
from shop.alerts.account_notices import AccountChange

# Of Meta's own names, which are shown to staff.
_LONGEST, _MOST = 80, 5


def parse_quality(field: str, value: Json) -> Webhook:
    """The number's quality or its limit has changed."""
    event = fields.read_text(value, "event")
    if not event:
        return Webhook(dropped=1)
    limit = fields.read_text(value, "current_limit")
    phone = fields.read_phone(value, "display_phone_number") or ""
    return Webhook(account=(AccountChange(event, phone, _short(limit)),), notices=(field,))


def parse_account(field: str, value: Json) -> Webhook:
    """The account was verified, restricted, banned, reinstated, ..."""
    event = fields.read_text(value, "event")
    if not event:
        return Webhook(dropped=1)
    change = AccountChange(event)
    if event == "ACCOUNT_VIOLATION":
        kind = fields.read_text(value, "violation_info", "violation_type")
        change = AccountChange(event, details=_short(kind))
    elif event == "ACCOUNT_RESTRICTION":
        listed = fields.read_mappings(value, "restriction_info")
        kinds = _short(*(fields.read_text(each, "restriction_type") for each in listed))
        change = AccountChange(event, details=kinds, until=_latest_end(listed))
    elif fields.read_mapping(value, "ban_info"):
        state = fields.read_text(value, "ban_info", "waba_ban_state") or event
        date = fields.read_text(value, "ban_info", "waba_ban_date")
        change = AccountChange(state, details=_short(date))
    return Webhook(account=(change,), notices=(field,))


def _short(*names: str | None) -> tuple[str, ...]:
    return tuple(name[:_LONGEST] for name in names if name)[:_MOST]


def _latest_end(restrictions: tuple[Json, ...]) -> datetime | None:
    """When the last of them ends; None if Meta does not say it of each."""
    known = [each for each in restrictions if fields.read_number(each, "expiration") is not None]
    if not known or len(known) < len(restrictions):
        return None
    return max(fields.read_moment(each, "expiration") for each in known)
