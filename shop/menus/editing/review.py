"""Checks a menu before it is published: errors that must and warnings that should be fixed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.customers.stop_and_start import consent_intent
from shop.language import keyword_forms
from shop.menus import link_map, loading
from shop.menus.editing.message_count import more_messages
from shop.menus.kinds import KINDS
from shop.menus.link_map import Menu, MenuMap
from shop.menus.shown import current_price
from shop.products import catalogue
from shop.products.editing.taken_words import normalise_word
from shop.support.tickets import CATEGORIES
from shop.taps.meanings import domain_intents
from shop.taps.menu_names import for_everybody, product_sku, title_of_menu
from shop.whatsapp.json_parts import as_mapping
from shop.whatsapp.validation.interactive import find_menu_problems
from storage.models import Product, WorkflowTemplate

Severity = Literal["error", "warning", "hint"]

LONGEST_KEYWORD = 60
# Words by which customers decide something, such as STOP: a shop cannot change their meaning.
_DECISIONS = {"stop": "unsubscribe a customer", "delete_data": "be a wish to be forgotten"}
# With the menu of a tier of customers: main_menu@gold.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}(@[a-z0-9_]{1,30})?")


@dataclass(frozen=True)
class Finding:
    """An error prevents publishing the menu, a warning does not; `path`: the field in the form.

    `language`: the code of the translation with the problem.
    """

    severity: Severity
    path: str
    message: str
    language: str = ""


def review_menu(session: Session, menu: Menu, *, is_new: bool = False) -> list[Finding]:
    """All errors and warnings for the menu if it were published now, errors first."""
    now, then = link_map.draw_link_map(session), link_map.draw_link_map(session, menu)
    found = [
        *_whatsapp(menu),
        *_more_messages(menu),
        *(_name(session, menu) if is_new else ()),
        *_keywords(session, menu),
        *_dead_ends(menu, then),
        *_broken_elsewhere(menu, then),
        *_reach(menu, now, then),
        *_of_products(session, menu),
        *_translations(session, menu),
    ]
    order = ("error", "warning", "hint")
    return sorted(found, key=lambda finding: order.index(finding.severity))


def has_errors(found: Iterable[Finding]) -> bool:
    """Whether an error prevents the publishing of the menu."""
    return any(finding.severity == "error" for finding in found)


def _whatsapp(menu: Menu) -> Iterator[Finding]:
    """What WhatsApp would refuse, and what needs several messages."""
    for problem in find_menu_problems(menu.menu_structure):
        severity: Severity = "warning" if problem.code == "surplus" else "error"
        yield Finding(severity, problem.place, problem.message)
    if as_mapping(menu.menu_structure).get("type") != menu.template_type:
        yield Finding("error", "menu", f"The structure is no {menu.template_type} menu.")


def _more_messages(menu: Menu) -> Iterator[Finding]:
    """The places where customers get more than one message, each of which costs money."""
    translations = as_mapping(menu.translations)
    for code, structure in [("", menu.menu_structure), *sorted(translations.items())]:
        for path, message in more_messages(as_mapping(structure)):
            yield Finding("warning", path, message, code)


def _name(session: Session, menu: Menu) -> Iterator[Finding]:
    name = menu.template_name
    sku = product_sku(name)
    taken = name in domain_intents() or name in CATEGORIES
    known = select(WorkflowTemplate.id).where(WorkflowTemplate.template_name == name)
    if not _NAME.fullmatch(name):
        yield Finding(
            "error", "name", "A name with a Latin letter at its beginning, such as Weekend offers."
        )
    elif taken or session.scalar(select(Product.id).where(Product.sku == sku)):
        yield Finding("error", "name", f"“{title_of_menu(name)}” means something else already.")
    elif session.scalar(known):
        yield Finding("error", "name", f"There is a menu “{title_of_menu(name)}” already.")


def _keywords(session: Session, menu: Menu) -> Iterator[Finding]:
    own = for_everybody(menu.template_name)
    owners = loading.keyword_owners(loading.active_menus(session))
    names = _product_words(session) if menu.trigger_keywords else {}
    for word in menu.trigger_keywords:
        normal = keyword_forms.normalise_keyword(word)
        if decides := _DECISIONS.get(consent_intent(word) or ""):
            yield Finding("error", "keywords", f"“{word}” must always {decides}.")
        elif not normal or len(word) > LONGEST_KEYWORD:
            message = f"A keyword has at most {LONGEST_KEYWORD} characters."
            yield Finding("error", "keywords", message)
        elif (owner := owners.get(normal, own)) != own:
            yield Finding("error", "keywords", f"“{word}” opens {title_of_menu(owner)} already.")
        elif product := names.get(normal):
            message = f"“{word}” also means {product}: as a keyword it opens this menu instead."
            yield Finding("warning", "keywords", message)


def _product_words(session: Session) -> dict[str, str]:
    """The name of the product that each name, code or other word means, by its normal form."""
    columns = session.execute(select(Product.sku, Product.name, Product.aliases)).tuples()
    return {
        normalise_word(word): name
        for sku, name, aliases in columns
        for word in (sku, name, *aliases)
    }


def _dead_ends(menu: Menu, then: MenuMap) -> Iterator[Finding]:
    node = then.get(menu.template_name)
    for link in node.links if node else ():
        if not link.resolves:
            message = f"“{link.title}” leads nowhere: nothing is called “{link.reply_id}”."
            yield Finding("error", f"{link.path}.id", message)


def _broken_elsewhere(menu: Menu, then: MenuMap) -> Iterator[Finding]:
    """Options of other menus that would lead nowhere without this one."""
    if menu.is_active:
        return
    for node in then.values():
        if any(link.reply_id == menu.template_name and not link.resolves for link in node.links):
            message = (
                f"{title_of_menu(node.name)} has an option that leads here: change that one first."
            )
            yield Finding("error", "active", message)
    if menu.template_name in link_map.BUILT_IN:
        yield Finding("error", "active", "The bot opens this menu by itself and cannot do without.")


def _reach(menu: Menu, now: MenuMap, then: MenuMap) -> Iterator[Finding]:
    name, reached = menu.template_name, link_map.reachable_menus(then)
    if menu.is_active and name not in reached:
        message = "Nobody gets here: give it a keyword, or let an option of another menu lead here."
        yield Finding("warning", "keywords", message)
    for lost in sorted((link_map.reachable_menus(now) & set(then)) - reached - {name}):
        yield Finding(
            "warning", "menu", f"After this nobody gets to {title_of_menu(lost)} any more."
        )


def _translations(session: Session, menu: Menu) -> Iterator[Finding]:
    """Translations that WhatsApp would refuse, and dead links in them: the bot leaves both out."""
    leads = link_map.leads_anywhere(session, menu)
    for code, translated in sorted(as_mapping(menu.translations).items()):
        if as_mapping(translated).get("type") not in KINDS:
            yield Finding("error", "menu", f"A menu is of type {', '.join(KINDS)}.", code)
        for problem in find_menu_problems(translated):
            if problem.code != "surplus":
                yield Finding("error", problem.place, problem.message, code)
        for path, option in link_map.option_paths(translated):
            if not leads(str(option.get("id"))):
                yield Finding("error", f"{path}.id", "An option leads nowhere.", code)


def _of_products(session: Session, menu: Menu) -> Iterator[Finding]:
    """The options that customers see differently than written: sold out, or with another price."""
    options = list(link_map.option_paths(menu.menu_structure))
    named = {product_sku(str(option.get("id", ""))) for _, option in options}
    known = catalogue.find_by_sku(session, named) if named else {}
    for path, option in options:
        product = known.get(product_sku(str(option.get("id", ""))))
        if product and not product.is_on_offer:
            message = f"{product.name} is sold out and not shown until it is back."
            yield Finding("hint", f"{path}.id", message)
        elif product:
            yield from _old_price(product, path, option)


def _old_price(product: Product, path: str, option: Mapping[str, object]) -> Iterator[Finding]:
    for part in ("title", "description"):
        written = str(option.get(part, ""))
        if (said := current_price(written, product)) != written:
            message = f"Customers see “{said}”: the price comes from Products."
            yield Finding("hint", f"{path}.{part}", message)
