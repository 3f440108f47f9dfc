"""Which words of a menu are older in one language than in another."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.language import older_texts
from shop.language.languages import DEFAULT
from shop.menus.last_good_version import Interactive
from shop.menus.link_map import Menu, option_paths
from shop.menus.shape import shape_menu
from shop.menus.translation import translated_words
from shop.whatsapp.json_parts import as_mapping
from storage.models import OlderText

_MENU = "menu"


def mark_published(session: Session, before: Menu | None, after: Menu) -> None:
    """Marks the words that became older when `after` replaced `before`."""
    name, shape = after.template_name, shape_menu(after.menu_structure)
    if before is None:
        return
    said = {code: translated_words(each, shape) for code, each in _languages(before).items()}
    says = {code: translated_words(each, shape) for code, each in _languages(after).items()}
    for path, key in _fields(shape):
        was, now = ({c: w.get(path, "") for c, w in one.items()} for one in (said, says))
        subject = _subject(name, key)
        older_texts.mark_change(session, subject, _translated(was), _translated(now))


def older_fields(session: Session, name: str, structure: Interactive) -> dict[str, set[str]]:
    """The fields of a menu's editor whose words are older, by language."""
    found: dict[str, set[str]] = defaultdict(set)
    marked = _marks(session, name)
    for path, key in _fields(shape_menu(structure)):
        for language in marked.get(_subject(name, key), ()):
            found[language].add(path)
    return dict(found)


def older_languages(session: Session) -> dict[str, set[str]]:
    """The languages in which some words of a menu are older, by the menu's name."""
    found: dict[str, set[str]] = defaultdict(set)
    for subject, languages in _marks(session, "").items():
        found[subject.split(" ")[1]] |= languages
    return dict(found)


def keep_words(session: Session, name: str, structure: Interactive, language: str) -> None:
    """Marks all words of this language as up to date, since somebody says that they still fit."""
    for _, key in _fields(shape_menu(structure)):
        older_texts.clear_mark(session, _subject(name, key), language)


def _languages(menu: Menu) -> dict[str, object]:
    """The menu itself and its translations, by language."""
    return {DEFAULT: menu.menu_structure, **as_mapping(menu.translations)}


def _translated(words: dict[str, str]) -> dict[str, str]:
    """Words by language; a text that equals the menu's own is not counted as a translation."""
    own = words.get(DEFAULT, "")
    return {c: "" if c != DEFAULT and word == own else word for c, word in words.items()}


def _fields(shape: Interactive) -> Iterator[tuple[str, str]]:
    """Each field with words, and a key that stays when options move."""
    options = {path: str(option.get("id")) for path, option in option_paths(shape)}
    for path in translated_words(shape, shape):
        option, _, part = path.rpartition(".")
        yield path, f"{options[option]}.{part}" if option in options else path


def _subject(name: str, key: str) -> str:
    return f"{_MENU} {name} {key}"


def _marks(session: Session, name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    begins = OlderText.subject.startswith(f"{_MENU} {name} " if name else f"{_MENU} ")
    for row in session.scalars(select(OlderText).where(begins)):
        found[row.subject].add(row.language)
    return found
