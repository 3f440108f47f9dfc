"""Views of templates for notices: list them from Meta, create ours, choose one per notice."""

from collections.abc import Callable, Iterable
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

import settings
from console.authentication import staff_change
from console.refusals import Refused
from console.request_context import Interlude, RequestContext
from doctor.templates import NAMES
from shop.whatsapp import notice_templates
from shop.whatsapp.notice_templates import NOTICES, our_drafts, why_unusable
from storage.models import MessageTemplate, Notice
from whatsapp_account.account import read_account
from whatsapp_account.graph import Graph, GraphTrouble
from whatsapp_account.graph import Refused as RefusedByMeta
from whatsapp_account.templates import MetaTemplate, list_templates, submit_template

# Meta's error subcode for a template that already exists in that language.
EXISTS = 2388024


def template_values(desk: RequestContext) -> dict[str, Any]:
    """The page's values about templates, from the last list that was read."""
    known = notice_templates.read_templates(desk.session)
    choices = notice_templates.read_chosen_templates(desk.session)
    return {
        "notices": [(notice, NAMES[notice], choices.get(notice, "")) for notice in NOTICES],
        "default": settings.load_settings().whatsapp_notice_template,
        "names": sorted(_usable_names(known) | set(choices.values())),
        "known": [(template, why_unusable(template)) for template in known],
        "made": _made(known),
        "drafts": our_drafts(),
        "listed_at": max((template.listed_at for template in known), default=None),
    }


def _usable_names(known: Iterable[MessageTemplate]) -> set[str]:
    """The names of templates that notices can use, now or once Meta has approved them."""
    return {one.name for one in known if one.status == "PENDING" or not why_unusable(one)}


def list_again(desk: RequestContext) -> Interlude:
    """Reads the list of templates from Meta."""

    def then(later: RequestContext, listed: list[MetaTemplate]) -> Response:
        count = notice_templates.store_templates(later.session, listed)
        later.record("listed the templates", "WhatsApp", templates=count)
        return later.go("/going-live#templates", "The list is as Meta has it now.")

    return Interlude(lambda: _ask(_listed), then)


def create_ours(desk: RequestContext) -> Interlude:
    """Creates our template for a notice at Meta, in its languages, and chooses it."""
    notice = _notice(desk.form.text("notice"))

    def work() -> list[MetaTemplate]:
        return _ask(lambda graph, account: _create(graph, account, notice))

    def then(later: RequestContext, listed: list[MetaTemplate]) -> Response:
        name = our_drafts()[notice][0].name
        notice_templates.store_templates(later.session, listed)
        notice_templates.set_choice(later.session, notice, name)
        later.record("made the template", name, notice=NAMES[notice])
        return later.go("/going-live#templates", f"{name} is at Meta, and waits for its review.")

    return Interlude(work, then)


def choose(desk: RequestContext) -> Response:
    """Saves which template each notice uses."""
    before = notice_templates.read_chosen_templates(desk.session)
    known = {template.name for template in notice_templates.read_templates(desk.session)}
    after = {notice: desk.form.text(notice) for notice in NOTICES}
    for notice, name in after.items():
        if name and name not in known | {before.get(notice)}:
            raise Refused(400, f"Meta has no template {name}.")
        notice_templates.set_choice(desk.session, notice, name or None)
    old = {NAMES[notice]: before.get(notice, "") for notice in NOTICES}
    new = {NAMES[notice]: name for notice, name in after.items()}
    desk.record("chose the templates", "WhatsApp", before=old, after=new)
    return desk.go("/going-live#templates", "Saved. Notices use these templates from now on.")


def _create(graph: Graph, account_id: str, notice: Notice) -> list[MetaTemplate]:
    for draft in our_drafts()[notice]:
        try:
            submit_template(graph, account_id, draft)
        except RefusedByMeta as refused:
            if refused.subcode != EXISTS:
                raise
    return _listed(graph, account_id)


def _listed(graph: Graph, account_id: str) -> list[MetaTemplate]:
    return list(list_templates(graph, account_id))


def _ask(work: Callable[[Graph, str], list[MetaTemplate]]) -> list[MetaTemplate]:
    """Calls `work` with the Graph API and our account's id.

    Raises:
        Refused: Meta's error, in its words.
    """
    configured = settings.load_settings()
    graph = Graph.configured(configured)
    try:
        account_id = read_account(graph, configured).account_id
        if not account_id:
            raise Refused(409, "Meta does not tell which account the number belongs to.")
        return work(graph, account_id)
    except GraphTrouble as error:
        raise Refused(409, f"Meta refused: {error}.") from None


def _made(known: list[MessageTemplate]) -> set[Notice]:
    """The notices whose own template already exists at Meta."""
    names = {template.name for template in known}
    return {notice for notice, drafts in our_drafts().items() if drafts[0].name in names}


def _notice(written: str) -> Notice:
    for notice in NOTICES:
        if notice == written:
            return notice
    raise Refused(400, "There is no notice of that kind.")


ROUTES = [
    Route("/going-live/templates/list", staff_change(list_again, "owner"), methods=["POST"]),
    Route("/going-live/templates/create", staff_change(create_ours, "owner"), methods=["POST"]),
    Route("/going-live/templates/choose", staff_change(choose, "owner"), methods=["POST"]),
]
