"""Reads all menus as they can be shown, and keeps for staff what is wrong with the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from shop import menu_reports
from shop.keyword_forms import normal
from shop.meanings import Meaning, meaning, opening
from shop.menu_fitness import Menu, judge
from shop.menu_names import CATALOGUE, product_sku
from storage.models import Product, WorkflowTemplate, WorkflowTemplateVersion

# Any number that nobody else locks in this database.
_READING = 7_263_005
# How far back the last good version may lie.
_VERSIONS = 50

# Every change of a row by whomever gives it a new xmin or another place (ctid); triggers and
# clocks, which SQL by hand may leave out or turn back, are not asked.
_FINGERPRINT = text("""
    SELECT concat_ws(' ',
        (SELECT md5(string_agg(concat_ws(',', id, xmin, ctid), ' ' ORDER BY id))
         FROM workflow_templates),
        (SELECT md5(string_agg(sku, ' ' ORDER BY sku)) FROM products))
""")

# Every id of every catalogue there ever was; a trigger has kept the present ones as versions, too.
# What other menus list says nothing of what the owner took out of the catalogue.
_EVER_LISTED = text("""
    SELECT DISTINCT template_name, named #>> '{}'
    FROM workflow_template_versions, jsonb_path_query(menu_structure, '$.action.**.id') AS named
    WHERE split_part(template_name, '@', 1) = :catalogue AND jsonb_typeof(named) = 'string'
""")


@dataclass(frozen=True)
class Menus:
    """All active menus that can be shown, by name, and what else a tap can mean.

    names: of all active menus, shown or not. keywords: by their normal form. ever_listed: the
    skus that a catalogue (by its name, a tier has its own) has, or had in any of its versions.
    """

    menus: Mapping[str, Menu]
    names: frozenset[str]
    skus: frozenset[str]
    keywords: Mapping[str, Meaning]
    ever_listed: Mapping[str, frozenset[str]]


def fingerprint(session: Session) -> str:
    """Different from before as soon as any menu, or the set of products, is."""
    return str(session.scalar(_FINGERPRINT))


def read(session: Session) -> Menus:
    """All menus as they are now; what is wrong with any of them is written to `menu_problems`."""
    # One after the other, so that nobody overwrites what is known with what was.
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _READING})
    rows = _rows(session)
    names = frozenset(row.template_name for row in rows)
    skus = frozenset(session.scalars(select(Product.sku)))

    def leads(reply_id: str) -> bool:
        return meaning(reply_id, names, skus) is not None

    verdicts = {row: judge(row, leads, partial(_history, session, row)) for row in rows}
    menu_reports.keep(session, verdicts)
    menus = {row.template_name: verdict.menu for row, verdict in verdicts.items() if verdict.menu}
    return Menus(menus, names, skus, _keywords(menus.values()), _ever_listed(session))


def _rows(session: Session) -> Sequence[WorkflowTemplate]:
    """Active menus, the newest first."""
    return session.scalars(
        select(WorkflowTemplate)
        .where(WorkflowTemplate.is_active)
        .order_by(WorkflowTemplate.created_at.desc(), WorkflowTemplate.template_name)
    ).all()


def _history(session: Session, row: WorkflowTemplate) -> Sequence[WorkflowTemplateVersion]:
    """The last versions of the menu and of its namesakes before it, the oldest first."""
    version = WorkflowTemplateVersion
    same = or_(version.template_id == row.id, version.template_name == row.template_name)
    newest = select(version).where(same).order_by(version.id.desc()).limit(_VERSIONS)
    return session.scalars(newest).all()[::-1]


def _ever_listed(session: Session) -> dict[str, frozenset[str]]:
    listed: dict[str, set[str]] = {}
    for name, reply_id in session.execute(_EVER_LISTED, {"catalogue": CATALOGUE}):
        listed.setdefault(name, set()).add(product_sku(reply_id))
    return {name: frozenset(skus) for name, skus in listed.items()}


def _keywords(menus: Iterable[Menu]) -> dict[str, Meaning]:
    """What keywords open; of two menus with the same one, the older keeps it."""
    return {
        normal(keyword): opening(menu.template_name)
        for menu in menus
        for keyword in menu.trigger_keywords
        if keyword.strip()
    }
