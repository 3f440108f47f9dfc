"""Chooses the template of each notice, and checks before sending whether Meta would accept it.

So the reasons of the errors 132000 (another number of parameters), 132001 (no such template) and
132015 (paused) are found here, where staff can see them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shop.whatsapp.bodies import Template
from storage.models import MessageTemplate, Notice, NoticeTemplate, OrderNotice
from whatsapp_account.templates import APPROVED, Draft, MetaTemplate

NOTICES: tuple[Notice, ...] = ("order_news", "acceptance", "reminder")
# Every notice fills in a number (of an order, of a ticket) and its words.
VALUES = 2
NEWS_LASTS = timedelta(days=1)
NONE_SET = "no template is set"
# Events of Meta's webhook that are not a status by the same name.
STATUS_OF_EVENT = {"REINSTATED": APPROVED, "FLAGGED": APPROVED}
_DRAFTS = Path(__file__).with_name("notice_drafts.yml")


@dataclass(frozen=True)
class Choice:
    """The template for a notice, or in `problem` the reason why none can be sent."""

    template: Template | None
    problem: str = ""


def choose_template(
    session: Session, notice: Notice, default: Template | None, language: str | None = None
) -> Choice:
    """The template that is chosen for the notice, else the `default` of the settings.

    It is in the customer's language if Meta has approved that, else in another. A template that was
    never listed from Meta is trusted if the settings name it.
    """
    chosen = session.get(NoticeTemplate, notice)
    name = chosen.template if chosen else default.name if default else None
    if name is None:
        return Choice(None, NONE_SET)
    known = _variants(session, name)
    if not known:
        if default and default.name == name:
            return Choice(default)
        return Choice(None, f"Meta has no template {name}")
    usable = [template for template in known if why_unusable(template) is None]
    if not usable:
        return Choice(None, f"the template {name} cannot be sent: {why_unusable(known[0])}")
    wanted = [language, default.language if default else None]
    return Choice(Template(name, _best_language([one.language for one in usable], wanted)))


def why_unusable(template: MessageTemplate) -> str | None:
    """Why a notice cannot be sent by this template; None if it can."""
    if template.status != APPROVED:
        reason = f" ({template.reason.replace('_', ' ').lower()})" if template.reason else ""
        return f"Meta says {template.status.replace('_', ' ').lower()}{reason}"
    if not template.is_plain:
        return "it wants more than numbered values in its text"
    if template.parameters != VALUES:
        return f"it wants {template.parameters} values, and a notice fills in {VALUES}"
    return None


def read_chosen_templates(session: Session) -> dict[Notice, str]:
    """The template's name of each notice for which one is chosen."""
    return {row.notice: row.template for row in session.scalars(select(NoticeTemplate))}


def set_choice(session: Session, notice: Notice, template: str | None) -> None:
    """Chooses a template for a notice; None means that of the settings."""
    session.execute(delete(NoticeTemplate).where(NoticeTemplate.notice == notice))
    if template:
        session.add(NoticeTemplate(notice=notice, template=template))
        release_held_news(session)


def release_held_news(session: Session) -> None:
    """Releases held news of the last day, since a template may fit now.

    Otherwise held news waits until the customer writes.
    """
    recent = OrderNotice.updated_at > func.now() - NEWS_LASTS
    held = update(OrderNotice).where(OrderNotice.state == "held", recent)
    session.execute(held.values(state="waiting", not_before=func.now()))


def read_templates(session: Session) -> list[MessageTemplate]:
    """All templates as Meta had them, by name and language."""
    ordered = select(MessageTemplate).order_by(MessageTemplate.name, MessageTemplate.language)
    return list(session.scalars(ordered))


def store_templates(session: Session, listed: Iterable[MetaTemplate]) -> int:
    """Replaces the stored templates by those that Meta has listed; returns their number."""
    rows = [vars(template) for template in listed]
    keys = [(row["name"], row["language"]) for row in rows]
    here = tuple_(MessageTemplate.name, MessageTemplate.language)
    session.execute(delete(MessageTemplate).where(here.not_in(keys)))
    for row in rows:
        put = insert(MessageTemplate).values(row)
        again = row | {"listed_at": func.now()}
        session.execute(put.on_conflict_do_update(index_elements=["name", "language"], set_=again))
    return len(rows)


def store_template_status(
    session: Session, name: str, language: str, event: str, reason: str | None
) -> None:
    """Stores the status of a template from Meta's webhook, if the template is known."""
    template = session.get(MessageTemplate, (name, language))
    if template:
        template.status = STATUS_OF_EVENT.get(event, event)
        template.reason = None if reason in (None, "NONE") else reason
        if template.status == APPROVED:
            release_held_news(session)


@cache
def our_drafts() -> dict[Notice, list[Draft]]:
    """The templates that we can create at Meta, by notice, one for each language."""
    written = yaml.safe_load(_DRAFTS.read_text(encoding="utf-8"))
    return {
        notice: [
            Draft(made["name"], language, text["body"], text["examples"])
            for language, text in made["texts"].items()
        ]
        for notice, made in written.items()
    }


def _variants(session: Session, name: str) -> list[MessageTemplate]:
    query = select(MessageTemplate).where(MessageTemplate.name == name)
    return list(session.scalars(query.order_by(MessageTemplate.language)))


def _best_language(offered: Sequence[str], wanted: Sequence[str | None]) -> str:
    """The first wanted language that is offered, exactly or as `en` in `en_US`."""
    for code in filter(None, wanted):
        for one in offered:
            if one == code or one.partition("_")[0] == code.partition("_")[0]:
                return one
    return offered[0]
