"""Examines everything, in the order in which it is put right."""

from collections.abc import Iterator

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from doctor.account import (
    examine_number,
    explain_no_number,
    explain_trouble,
)
from doctor.backups import examine_backups
from doctor.database import examine_database, has_database
from doctor.findings import ACCOUNT, DATABASE, MACHINE, TEMPLATES, Finding, Point
from doctor.machine import examine_clock, examine_machine
from doctor.notices import examine_notices
from doctor.templates import examine_templates
from doctor.token import examine_token, explain_no_token
from doctor.webhook import examine_webhook
from settings import Settings
from shop.whatsapp import notice_templates
from storage import engine
from storage.models import Notice
from whatsapp_account.account import read_account
from whatsapp_account.graph import Graph, GraphTrouble
from whatsapp_account.templates import list_templates

LISTED = Point(TEMPLATES, "List of templates")


def examine_all(settings: Settings) -> Iterator[Finding]:
    """Every point, one after the other; takes some seconds, since Meta is asked."""
    yield from _guarded(DATABASE, examine_database(settings))
    yield from _guarded(MACHINE, examine_machine(settings))
    yield from _guarded(MACHINE, examine_backups(settings))
    yield from _guarded(ACCOUNT, examine_whatsapp(settings))


def _guarded(area: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings; a part that may not read something ends, the others continue."""
    try:
        yield from findings
    except (OSError, psycopg.Error) as error:
        yield Point(area, "Examination").unknown(
            f"It could not be finished ({type(error).__name__}).",
            "Run it as the user that runs the shop.",
        )


def examine_whatsapp(settings: Settings) -> Iterator[Finding]:
    """The account, its webhook and templates as Meta reports them, and our clock beside Meta's."""
    graph = Graph.configured(settings)
    try:
        account = read_account(graph, settings)
    except GraphTrouble as error:
        yield examine_clock(graph.clock_lead)
        yield from examine_notices(settings)
        yield explain_no_token(error, settings)
        return
    yield examine_clock(graph.clock_lead)
    yield from examine_notices(settings)
    yield from examine_token(account.token, account.account_id)
    if not account.token.is_valid:
        return
    if account.number is None:
        yield explain_no_number(account.trouble or GraphTrouble())
    else:
        yield from examine_number(account.number, settings)
    yield from examine_webhook(graph, settings, account.account_id, account.app_id, account.number)
    yield from _templates(graph, settings, account.account_id)


def _templates(graph: Graph, settings: Settings, account_id: str) -> Iterator[Finding]:
    if not account_id:
        yield LISTED.unknown("The account is not known.", "See Number and Token's rights.")
        return
    try:
        listed = list(list_templates(graph, account_id))
    except GraphTrouble as error:
        yield explain_trouble(LISTED, error)
        return
    yield from examine_templates(listed, _choices(settings), settings)


def _choices(settings: Settings) -> dict[Notice, str]:
    """The console's choices; empty if the database cannot be read: an earlier point says so."""
    if not has_database(settings):
        return {}
    try:
        with engine.session() as session:
            return notice_templates.read_chosen_templates(session)
    except SQLAlchemyError:
        return {}
