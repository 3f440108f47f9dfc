"""Codes of products (skus): made from the name, so that no owner has to invent one."""

import re
import unicodedata
from collections.abc import Container, Iterator
from itertools import chain, count

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.support.tickets import CATEGORIES
from shop.taps import meanings
from storage.models import Product, WorkflowTemplate

LONGEST = 40
_CODE = re.compile(r"[a-z][a-z0-9_]*")
# Put before a name that begins with a digit: customers may write a code, and "7" is a number.
_NAMELESS = "item"
# Addresses of the console's own pages, and the prefix that menus may write before a code.
PAGES = frozenset(
    {"new", "table", "import", "export", "options", "categories", "pictures", "samples"}
)
_MENU_PREFIX = "prod_"
_VIRAMA = 9  # combining class: the consonant before it has no vowel
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiou"


def code_from(name: str) -> str:
    """`Masala Chai` → `masala_chai`, `7UP` → `item_7up`, `चाय` → `caay`; `item` for no letters."""
    plain = re.sub(r"[^a-z0-9]+", "_", romanise_letters(name)).strip("_")
    if not plain or not plain[0].isalpha() or plain.startswith(_MENU_PREFIX):
        plain = f"{_NAMELESS}_{plain}"
    return plain[:LONGEST].strip("_")


def free_code(name: str, taken: Container[str]) -> str:
    """The code of the name, with a letter appended where that one is taken.

    No number is appended: "coffee 2" would name the product instead of two coffees.
    """
    base = code_from(name)
    own = [] if base == _NAMELESS else [base]
    more = (f"{base[: LONGEST - 5]}_{ending}" for ending in _endings())
    return next(code for code in chain(own, more) if code not in taken)


def is_code(code: str) -> bool:
    """Whether it can be a code: small Latin letters, digits and _, a letter first."""
    is_plain = bool(_CODE.fullmatch(code)) and len(code) <= LONGEST
    return is_plain and not code.startswith(_MENU_PREFIX) and code not in PAGES


def taken_codes(session: Session) -> set[str]:
    """Codes that no new product may have: each of them already means something as a reply id."""
    menus = session.scalars(select(WorkflowTemplate.template_name))
    skus = session.scalars(select(Product.sku))
    return {*skus, *menus, *meanings.domain_intents(), *CATEGORIES, *PAGES}


def romanise_letters(text: str) -> str:
    """The text in small Latin letters, by the names that Unicode has for letters: `चाय` → `caay`.

    Other characters become blanks; marks on letters are dropped.
    """
    parts: list[str] = []
    for sign in unicodedata.normalize("NFD", text.casefold()):
        if sign.isascii():
            parts.append(sign)
        elif unicodedata.category(sign) == "Nd":
            parts.append(str(unicodedata.digit(sign)))
        elif unicodedata.combining(sign) == _VIRAMA:
            _drop_inherent_vowel(parts)
        elif not unicodedata.category(sign).startswith("M"):
            parts.append(_letter(sign) or " ")
        elif "VOWEL SIGN" in unicodedata.name(sign, ""):
            _drop_inherent_vowel(parts)
            parts.append(_letter(sign))
    _drop_inherent_vowel(parts)
    return "".join(parts)


def _letter(sign: str) -> str:
    """The last word of the letter's name in Unicode; empty if it is no letter."""
    name = unicodedata.name(sign, "")
    if " LETTER " not in name and " VOWEL SIGN " not in name:
        return ""
    return name.rpartition(" ")[2].casefold()


def _drop_inherent_vowel(parts: list[str]) -> None:
    """Drops the vowel that Unicode's name of an Indian consonant ends with: `ka`."""
    last = parts[-1] if parts else ""
    if len(last) > 1 and last.endswith("a") and last[0] not in _VOWELS:
        parts[-1] = last[:-1]


def _endings() -> Iterator[str]:
    """`b`, `c`, ... `z`, `bb`, `bc`, ..."""
    for number in count(1):
        ending = ""
        while number:
            number, place = divmod(number, len(_LETTERS))  # noqa: PLW2901
            ending = _LETTERS[place] + ending
        yield ending
