"""What the log's lines are about, as owners call it: products, menus and answers by their names."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.answers.titles import title_of_text
from console.answers.views import TITLES
from console.translation import say
from shop.customers.personal_data import ERASED
from shop.language.languages import name_of_language
from shop.taps.menu_names import title_of_menu
from storage.models import AuditEntry, Product

_RESPONSE = "utter_"
_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
# Where the action says it already: "changed how the shop trades", "erased a customer".
_SAID_BEFORE = ("shop", "alerts", "products", ERASED)
_KINDS = ("products", "choices", "categories", ERASED)
_OF_MENUS = ("menu", "draft", "keyword")
_OF_ANSWERS = ("answer", "topic", "question")
_OF_LANGUAGES = ("language",)


def name_subjects(session: Session, entries: Sequence[AuditEntry]) -> dict[int, str]:
    """The name of each line's subject, by the line's id."""
    skus = {entry.subject for entry in entries}
    found = session.execute(select(Product.sku, Product.name).where(Product.sku.in_(skus)))
    names = dict(found.tuples().all())
    return {entry.id: _name_subject(entry, names) for entry in entries}


def _name_subject(entry: AuditEntry, products: dict[str, str]) -> str:
    """`main_menu` → `Main menu`, `coffee` → `Coffee`, `hours` → `When are you open?`."""
    subject = entry.subject
    if subject.startswith(_RESPONSE):
        return title_of_text(subject)
    if _speaks_of(entry, _OF_MENUS):
        return say(title_of_menu(subject))
    if _speaks_of(entry, _OF_ANSWERS):
        return say(TITLES.get(subject, subject))
    if _speaks_of(entry, _OF_LANGUAGES):
        return say(name_of_language(subject))
    if subject in _SAID_BEFORE and not entry.action.endswith((" of", " for")):
        return ""
    return say(subject) if subject in _KINDS else products.get(subject) or _spell_code(subject)


def _spell_code(subject: str) -> str:
    """The code of a product that is deleted by now: `ginger_tea` → `Ginger tea`."""
    return title_of_menu(subject) if _CODE.fullmatch(subject) else subject


def _speaks_of(entry: AuditEntry, kinds: Sequence[str]) -> bool:
    return any(kind in entry.action for kind in kinds)
