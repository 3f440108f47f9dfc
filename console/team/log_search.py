"""Finds lines of the log by the words that are shown of them, in the reader's language.

The log stores names of the program (`product_catalog`, `coffee`, a customer's id) and English
actions. Each searched word is looked for in what is stored, and among the titles that are shown
instead: lines fit that hold all of the words, one way or the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.orm import Session

from console.answers.titles import title_of_text
from console.answers.views import TITLES
from console.translation import find_phrases, say
from shop.customers import customer_search
from shop.language.languages import name_of_language, served_languages
from shop.language.responses import responses_by_file
from shop.taps.menu_names import title_of_menu
from storage.models import AuditEntry, Product, UserProfile, WorkflowTemplate

# Literally as in the index audit_log_search: one text is searched faster than three columns.
_LINE: ColumnElement[str] = literal_column(
    "audit_log.staff_name || ' ' || audit_log.action || ' ' || audit_log.subject"
)
MOST_WORDS = 8
_MOST_NAMED = 200
# Of translated actions, as many are looked up in the index.
_MOST_ACTIONS = 20


@dataclass(frozen=True)
class Word:
    """A searched word, and the stored subjects and actions whose shown form holds it."""

    text: str
    subjects: Sequence[str]
    actions: Sequence[str]

    def fits(self) -> ColumnElement[bool]:
        """The condition that a line shows this word."""
        holds = func.strpos(func.lower(_LINE), func.lower(self.text)) > 0
        return or_(
            holds, AuditEntry.subject.in_(self.subjects), AuditEntry.action.in_(self.actions)
        )

    def may_fit(self) -> ColumnElement[bool]:
        """A condition that indexes can check, and that all fitting lines meet."""
        stored = [self.text, *self.actions[:_MOST_ACTIONS]]
        parts = func.search_parts(_LINE)
        holds = [parts.op("@>")(func.search_parts(text)) for text in stored]
        return or_(*holds, AuditEntry.subject.in_(self.subjects))

    @property
    def is_long_enough(self) -> bool:
        """Whether the index of three-letter parts can be used."""
        return len(self.text) >= customer_search.FEWEST_LETTERS


def read_searched_words(session: Session, wanted: str) -> list[Word]:
    """The words of a search with what they stand for."""
    titles = _titles(session)
    return [_read_word(session, text, titles) for text in wanted.split()[:MOST_WORDS]]


def line_fits(words: Iterable[Word]) -> ColumnElement[bool]:
    """The condition that a line shows all of these words."""
    return and_(*(word.fits() for word in words))


def may_fit(words: Iterable[Word]) -> ColumnElement[bool] | None:
    """A condition that indexes can check; None where all words are too short for it."""
    conditions = [word.may_fit() for word in words if word.is_long_enough]
    return and_(*conditions) if conditions else None


def _read_word(session: Session, text: str, titles: dict[str, str]) -> Word:
    sought = text.casefold()
    subjects = [name for name, title in titles.items() if sought in title.casefold()]
    if len(text) >= customer_search.FEWEST_LETTERS:
        subjects += _named(session, text)
    # Actions begin with a verb in lower case; other phrases are of the pages.
    actions = [phrase for phrase in find_phrases(text) if phrase[:1].islower()]
    return Word(text, subjects, actions)


def _titles(session: Session) -> dict[str, str]:
    """What is shown for the names of the program: texts, menus, questions, languages."""
    menus = session.scalars(select(WorkflowTemplate.template_name))
    texts = (name for responses in responses_by_file().values() for name in responses)
    return {
        **{name: title_of_text(name) for name in texts},
        **{name: say(title_of_menu(name)) for name in menus},
        **{topic: say(title) for topic, title in TITLES.items()},
        **{code: say(name_of_language(code)) for code in served_languages()},
    }


def _named(session: Session, text: str) -> list[str]:
    """The skus of products and the ids of customers that are called so."""
    called = Product.name.icontains(text, autoescape=True)
    products = session.scalars(select(Product.sku).where(called).limit(_MOST_NAMED))
    may_be = customer_search.customers_named([text])
    called = UserProfile.display_name.icontains(text, autoescape=True)
    customers = select(UserProfile.id).where(UserProfile.id.in_(may_be), called)
    found = session.scalars(customers.limit(_MOST_NAMED))
    return [*products, *map(str, found)]
