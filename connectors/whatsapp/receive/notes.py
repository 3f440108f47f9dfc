"""Stores customers' choices in WhatsApp's own menu, and how our templates and account are."""

from collections.abc import Sequence

from connectors.whatsapp.api.inbound import Preference, TemplateStatus
from connectors.whatsapp.receive.echoes import find_or_make_customer
from shop.alerts.account_notices import AccountChange, store_account_change
from shop.whatsapp import consents, notice_templates
from storage import engine

# Meta's word for a customer who takes offers again.
RESUME = "resume"


def store_notes(
    preferences: Sequence[Preference],
    templates: Sequence[TemplateStatus],
    account: Sequence[AccountChange],
) -> None:
    """Keeps all of it in one transaction; a second delivery changes nothing."""
    with engine.session() as session:
        for preference in preferences:
            customer = find_or_make_customer(session, preference.sender)
            consents.record_consent(
                session,
                customer.id,
                ["offers"],
                wants=preference.value == RESUME,
                way=consents.BY_WHATSAPP,
                cause=f"{preference.value}:{preference.timestamp.isoformat()}",
                given_at=preference.timestamp,
            )
        for template in templates:
            notice_templates.store_template_status(
                session, template.name, template.language, template.event, template.reason
            )
        for change in account:
            store_account_change(session, change)
