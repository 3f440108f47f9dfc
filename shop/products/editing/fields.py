"""The fields of a product as text: how each is read and spelled in forms, tables and sheets.

Unchanged text is not checked: to change a price nobody has to mend a name that was written by SQL.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shop.language import languages
from shop.products.editing.typed_values import (
    Unreadable,
    one_line,
    read_count,
    read_price,
    spell_price,
    split_typed_words,
)
from storage.models import Product

LONGEST_NAME = 60
# The longest title of a row and name of a section in a WhatsApp list (Meta, documented).
LONGEST_SHORT_NAME = 24
LONGEST_CATEGORY = 24
LONGEST_DESCRIPTION = 200
LONGEST_EMOJI = 10
LONGEST_ALIAS = 40
MOST_ALIASES = 40
DEFAULT_CATEGORY = "Other"
DEFAULT_EMOJI = "🍽️"
YES, NO = "yes", "no"
Typed = Mapping[str, str]
Problems = dict[str, str]


@dataclass(frozen=True)
class Field:
    """How one field is read (Unreadable says what is wrong) and spelled."""

    read: Callable[[str], Any]
    spell: Callable[[Any], str]


def field_names() -> list[str]:
    """Every field; `name.hi` is the name in another language that is served."""
    return [*_FIELDS, *(f"{part}.{code}" for code in other_languages() for part in _TRANSLATED)]


def other_languages() -> list[str]:
    """The codes of the languages that a product can have words in, beside its own."""
    return [code for code in languages.served_languages() if code != languages.DEFAULT]


def spell_field(product: Product, name: str) -> str:
    """A field's value as text."""
    return _field(name).spell(_value(product, name))


def spell_fields(product: Product, names: Iterable[str] | None = None) -> dict[str, str]:
    """Each field's value as text."""
    return {name: spell_field(product, name) for name in names or field_names()}


def read_product_changes(product: Product | None, typed: Typed) -> tuple[dict[str, Any], Problems]:
    """The values that differ from the product's, and what is wrong, by field.

    Without a product every value is new.
    """
    values: dict[str, Any] = {}
    problems: Problems = {}
    for name, written in typed.items():
        now = spell_field(product, name) if product else None
        if now is not None and _plain(written) == _plain(now):
            continue
        try:
            value = _field(name).read(written)
        except Unreadable as unreadable:
            problems[name] = str(unreadable)
            continue
        if now is None or _field(name).spell(value) != now:
            values[name] = value
    return values, problems


def write_values(product: Product, values: Mapping[str, Any]) -> None:
    """Writes the values into the product. A new daily stock starts the count if there was none."""
    for name, value in values.items():
        part, _, code = name.partition(".")
        if code:
            _translate(product, code, part, value)
        else:
            setattr(product, _COLUMNS.get(name, name), value)
    if values.get("stock_daily") is not None and product.stock is None:
        product.stock = product.stock_daily


def _translate(product: Product, code: str, part: str, said: str) -> None:
    known = product.translations if isinstance(product.translations, dict) else {}
    before = known.get(code) if isinstance(known.get(code), dict) else {}
    own = {key: value for key, value in {**(before or {}), part: said}.items() if value}
    others = {other: words for other, words in known.items() if other != code}
    product.translations = {**others, code: own} if own else others


def _value(product: Product, name: str) -> Any:
    part, _, code = name.partition(".")
    if not code:
        return getattr(product, _COLUMNS.get(name, name))
    known = product.translations if isinstance(product.translations, dict) else {}
    own = known.get(code)
    return own.get(part, "") if isinstance(own, dict) else ""


def _field(name: str) -> Field:
    part, _, code = name.partition(".")
    return _TRANSLATED[part] if code else _FIELDS[part]


def _plain(text: str) -> str:
    """The text with uniform line ends, since forms and files use different ones."""
    return "\n".join(text.splitlines()).strip()


def _text_field(least: int, most: int, default: str = "") -> Field:
    """A line of text between two lengths; `default` stands for an empty one."""

    def read(written: str) -> str:
        line = one_line(written) or default
        if not least <= len(line) <= most:
            raise Unreadable(f"{least} to {most} characters, this has {len(line)}.")
        return line

    return Field(read, lambda value: str(value or ""))


def _read_aliases(written: str) -> list[str]:
    words = split_typed_words(written)
    if len(words) > MOST_ALIASES or any(len(word) > LONGEST_ALIAS for word in words):
        raise Unreadable(f"At most {MOST_ALIASES} words of {LONGEST_ALIAS} characters.")
    return words


def _read_yes_no(written: str) -> bool:
    if written not in (YES, NO):
        raise Unreadable(f"Write {YES} or {NO}.")
    return written == YES


def _spell_count(value: int | None) -> str:
    return "" if value is None else str(value)


_SHORT_NAME = _text_field(0, LONGEST_SHORT_NAME)
_FIELDS = {
    "name": _text_field(1, LONGEST_NAME),
    "price": Field(read_price, lambda value: "" if value is None else spell_price(value)),
    "category": _text_field(1, LONGEST_CATEGORY, DEFAULT_CATEGORY),
    "description": _text_field(0, LONGEST_DESCRIPTION),
    "available": Field(_read_yes_no, lambda value: NO if value is False else YES),
    "stock": Field(read_count, _spell_count),
    "stock_daily": Field(read_count, _spell_count),
    "aliases": Field(_read_aliases, lambda words: ", ".join(words or [])),
    "emoji": _text_field(0, LONGEST_EMOJI, DEFAULT_EMOJI),
    "short_name": Field(lambda written: _SHORT_NAME.read(written) or None, _SHORT_NAME.spell),
}
_TRANSLATED = {
    "name": _text_field(0, LONGEST_NAME),
    "description": _text_field(0, LONGEST_DESCRIPTION),
}
_COLUMNS = {"available": "is_available"}
