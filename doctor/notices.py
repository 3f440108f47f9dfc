"""What Meta told of the account by webhook: flagged quality, limits, violations, bans."""

from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from doctor.database import has_database
from doctor.findings import ACCOUNT, Finding, Point
from settings import Settings
from shop.alerts.account_notices import read_account_notices
from storage import engine
from storage.models import AccountNotice

NOTICES = Point(ACCOUNT, "Notices from Meta")
QUALITY = "WhatsApp Manager > Account quality"
CURES = {
    "quality": "Write less unasked, stop offers, answer people; Meta may lower the limit.",
    "limit": f"{QUALITY} says why; it rises again with better quality.",
    "violation": f"{QUALITY} says what was wrong; end it, or ask there for a review.",
    "restriction": f"{QUALITY} says until when; ask there for a review.",
    "ban": f"{QUALITY}: ask for a review at once.",
}


def examine_notices(settings: Settings) -> Iterator[Finding]:
    """One point for each notice in force; if there is none, one that says that all is well."""
    if not has_database(settings):
        return
    try:
        with engine.session() as session:
            findings = list(map(_explain, read_account_notices(session)))
    except SQLAlchemyError:
        yield NOTICES.unknown("The database does not tell them.", "See Database.")
        return
    yield from findings or [NOTICES.fine("No trouble was told by webhook.")]


def _explain(notice: AccountNotice) -> Finding:
    words = f"{notice.words} (told on {notice.given_at:%-d %B, %H:%M %Z})."
    if notice.kind == "limit":
        return NOTICES.look(words, CURES[notice.kind])
    return NOTICES.trouble(words, CURES[notice.kind])
