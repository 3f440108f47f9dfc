"""The templates: for each notice the one that it uses, its languages, status and parameters."""

from collections.abc import Iterator, Sequence

from doctor.findings import TEMPLATES, Finding, Point
from settings import Settings
from shop.whatsapp.notice_templates import NOTICES, VALUES
from storage.models import Notice
from whatsapp_account.templates import APPROVED, MetaTemplate

NAMES: dict[Notice, str] = {
    "order_news": "News of an order",
    "acceptance": "Acceptance of an order",
    "reminder": "Reminder to the alarm phone",
}
PAGE = "the console's page Going live"


def examine_templates(
    listed: Sequence[MetaTemplate], choices: dict[Notice, str], settings: Settings
) -> Iterator[Finding]:
    """One point a notice; `choices` are the console's."""
    for notice in NOTICES:
        name = choices.get(notice) or settings.whatsapp_notice_template
        known = [template for template in listed if template.name == name]
        yield examine_notice(Point(TEMPLATES, NAMES[notice]), name, known)


def examine_notice(point: Point, name: str, known: Sequence[MetaTemplate]) -> Finding:
    """Whether the notice can go outside the 24 hours by this template, in one of its languages."""
    if not name:
        return point.look(
            "No template: it waits until the customer writes again.",
            f"Create ours on {PAGE}, or choose one there.",
        )
    if not known:
        return point.trouble(
            f"Meta has no template {name}.", f"Create it, or choose another on {PAGE}."
        )
    if approved := [one for one in known if one.status == APPROVED]:
        return _parameters(point, name, approved)
    first = known[0]
    status = first.status.replace("_", " ").lower()
    reason = f" ({first.reason.replace('_', ' ').lower()})" if first.reason else ""
    if first.status == "PENDING":
        return point.look(f"{name} waits for Meta's review.", "Wait: minutes, at most a day.")
    return point.trouble(
        f"The template {name} is {status}{reason}.",
        f"Edit it in WhatsApp Manager, or choose another on {PAGE}.",
    )


def _parameters(point: Point, name: str, approved: Sequence[MetaTemplate]) -> Finding:
    for template in approved:
        if not template.is_plain:
            return point.trouble(
                f"{name} ({template.language}) wants more than numbered values in its text.",
                f"Choose another on {PAGE}: ours have {{{{1}}}} and {{{{2}}}} alone.",
            )
        if template.parameters != VALUES:
            return point.trouble(
                f"{name} ({template.language}) wants {template.parameters} values; a notice "
                f"fills in {VALUES}.",
                f"Choose another on {PAGE}, or edit it in WhatsApp Manager.",
            )
    languages = ", ".join(template.language for template in approved)
    return point.fine(f"{name} is approved in {languages}, with {VALUES} parameters.")
