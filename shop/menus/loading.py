"""Reads all menus as they can be shown, and stores the problems of the others for staff."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from shop.language.keyword_forms import normalise_keyword
from shop.menus import reports
from shop.menus.last_good_version import Menu, Verdict, judge_menu
from shop.taps.meanings import Meaning, opening_meaning, reply_meaning
from shop.taps.menu_names import CATALOGUE, for_everybody, product_sku
from storage.advisory_locks import AdvisoryLock, lock_until_commit
from storage.models import Product, WorkflowTemplate, WorkflowTemplateVersion
from storage.row_marks import mark_of_rows

# The number of versions that are searched for the last good one.
_VERSIONS = 50

# Read from the rows themselves, since SQL by hand may bypass triggers and set times back.
_FINGERPRINT = text(f"""
    SELECT concat_ws(' ',
        {mark_of_rows("workflow_templates")},
        (SELECT md5(string_agg(concat_ws(',', sku, id), ' ' ORDER BY sku)) FROM products))
""")  # noqa: S608 (names of ours)

# All ids in all versions of the catalogues; a trigger stores the current one as a version, too.
# Other menus do not count, since they do not show what the owner removed from the catalogue, nor do
# versions older than a product, which may have the code of a deleted one.
_EVER_LISTED = text("""
    SELECT DISTINCT version.template_name, listed.sku
    FROM (
        SELECT template_name, menu_structure, lead(changed_at, 1, 'infinity')
            OVER (PARTITION BY template_name ORDER BY id) AS until
        FROM workflow_template_versions WHERE split_part(template_name, '@', 1) = :catalogue
    ) AS version,
    jsonb_path_query(menu_structure, '$.action.**.id') AS named,
    regexp_replace(named #>> '{}', '^(new_order\\:)?(prod_)?', '') AS listed (sku)
    WHERE jsonb_typeof(named) = 'string' AND NOT EXISTS (
        SELECT FROM products WHERE products.sku = listed.sku AND created_at >= version.until)
""")


class HasKeywords(Protocol):
    """A menu, as it stands in the table or as it is shown."""

    @property
    def template_name(self) -> str: ...
    @property
    def trigger_keywords(self) -> Sequence[Any]: ...


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


def menus_fingerprint(session: Session) -> str:
    """A mark that changes whenever a menu or the set of products does."""
    return str(session.scalar(_FINGERPRINT))


def load_menus(session: Session) -> Menus:
    """Loads all menus; their problems are written to `menu_problems`."""
    # Under a lock, so that no process overwrites newer problems with older ones.
    lock_until_commit(session, AdvisoryLock.MENU_LOADING)
    rows = active_menus(session)
    names = frozenset(row.template_name for row in rows)
    skus = frozenset(session.scalars(select(Product.sku)))

    def leads(reply_id: str) -> bool:
        return reply_meaning(reply_id, names, skus) is not None

    judged = {
        row: judge_menu(
            row,
            leads,
            partial(_history, session, row),
            fills_itself=for_everybody(row.template_name) == CATALOGUE,
        )
        for row in rows
    }
    verdicts = _without_taken_keywords(judged)
    reports.store_problems(session, verdicts)
    menus = {row.template_name: verdict.menu for row, verdict in verdicts.items() if verdict.menu}
    keywords = {
        word: opening_meaning(name) for word, name in keyword_owners(menus.values()).items()
    }
    return Menus(menus, names, skus, keywords, _ever_listed(session))


def active_menus(session: Session) -> Sequence[WorkflowTemplate]:
    """Active menus, the newest first."""
    return session.scalars(
        select(WorkflowTemplate)
        .where(WorkflowTemplate.is_active)
        .order_by(WorkflowTemplate.created_at.desc(), WorkflowTemplate.template_name)
    ).all()


def keyword_owners(menus: Iterable[HasKeywords]) -> dict[str, str]:
    """The menu for everybody that a keyword (its normal form) opens, given the newest menu first.

    Of several menus with the same one, the oldest keeps it.
    """
    return {
        normalise_keyword(keyword): for_everybody(menu.template_name)
        for menu in menus
        for keyword in menu.trigger_keywords
        if isinstance(keyword, str) and keyword.strip()
    }


def _without_taken_keywords(
    verdicts: Mapping[WorkflowTemplate, Verdict],
) -> dict[WorkflowTemplate, Verdict]:
    """The verdicts, with a reason for each keyword that opens an older menu instead."""
    owners = keyword_owners(verdict.menu for verdict in verdicts.values() if verdict.menu)
    return {
        row: replace(verdict, reasons=(*verdict.reasons, *_taken(verdict.menu, owners)))
        for row, verdict in verdicts.items()
    }


def _taken(menu: Menu | None, owners: Mapping[str, str]) -> Iterator[str]:
    for keyword in menu.trigger_keywords if menu else ():
        owner = owners.get(normalise_keyword(keyword))
        if menu and owner and owner != for_everybody(menu.template_name):
            yield f"“{keyword}” opens {owner} already"


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
