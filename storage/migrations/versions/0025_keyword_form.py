"""Keywords are compared in the database as they are read: without accents and unseen signs.

`keyword_form` says what shop/language/keyword_forms.py says. A test holds the two against each
other; whoever changes the one writes a migration for the other.
"""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator

from alembic import op

revision = "0025_keyword_form"
down_revision = "0023_order_news"

_LOOKS = {"<wide>", "<narrow>", "<font>", "<noBreak>", "<compat>", "<circle>", "<square>"}
_SIGNS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u02d7\u2e3a\u2e3b", "-"),
    **dict.fromkeys("\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys(
        "\u2018\u2019\u201a\u201b\u02bc\u02b9\u02bb\u02c8\u2032\u2035\u00b4`\uff07", "'"
    ),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2800\u3164\u115f\u1160\uffa0\u1680", " "),
    **dict.fromkeys("\u0085\u2028\u2029\u000b\u000c", "\n"),
    "\u034f": "",
}
_DEVANAGARI_DIGITS = range(0x0966, 0x0970)

# Each character with the marks on it, as shop/language/reading_form.py reads it.
KEYWORD_FORM = r"""
CREATE OR REPLACE FUNCTION keyword_form(keyword text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    WITH letters AS (
        SELECT at, part[1] AS letter, part[1] || part[2] AS whole,
            regexp_replace(part[2], '[\u034f\ufe00-\ufe0e\U000e0100-\U000e01ef]', '', 'g') AS marks
        FROM regexp_matches(keyword, '(.)([{marks}]*)', 'g') WITH ORDINALITY AS found (part, at)
    ), beside AS (
        SELECT at, letter, marks, lead(letter) OVER (ORDER BY at) AS behind,
            right(rtrim(lag(whole) OVER (ORDER BY at), E'\ufe0f'), 1) AS before
        FROM letters
    ), read AS (
        SELECT string_agg(CASE
            WHEN letter = E'\u200d' THEN
                CASE WHEN before ~ '[{pictures}]' AND behind ~ '[{pictures}]'
                    THEN letter ELSE '' END
            WHEN position(E'\u20e3' IN marks) > 0 AND letter ~ '[\u0001-\u007f]' THEN letter
            WHEN position(E'\ufe0f' IN marks) > 0 THEN letter || left(marks, 4)
            ELSE coalesce(keyword_signs() ->> letter, letter) || left(marks, 4)
        END, '' ORDER BY at) AS form
        FROM beside
    ), plain AS (
        SELECT btrim(normalize(regexp_replace(normalize(form, NFD), '[\u0300-\u036f]', '', 'g'),
            NFC), E' \n\r\t') AS form
        FROM read
    ), folded AS (
        SELECT regexp_replace(string_agg(coalesce(keyword_cases() ->> letter, letter), ''
            ORDER BY at), '[ \n\r\t]+', ' ', 'g') AS form
        FROM plain, regexp_split_to_table(form, '') WITH ORDINALITY AS each (letter, at)
    )
    SELECT coalesce(nullif(rtrim(form, ' .,;:!?…।'), ''), form, '') FROM folded
$$
"""
CONSTANT = """
CREATE FUNCTION {name}() RETURNS jsonb LANGUAGE sql IMMUTABLE AS $json$
    SELECT $map${map}$map$::jsonb
$json$
"""


def upgrade() -> None:
    op.execute(_constant("keyword_signs", _sign))
    op.execute(_constant("keyword_cases", str.casefold))
    form = KEYWORD_FORM.replace("{marks}", _ranges("M"))
    op.execute(form.replace("{pictures}", _ranges("So", "Sk")).replace(":!", "\\:!"))


def _constant(name: str, change: Callable[[str], str]) -> str:
    """A function that returns what becomes of each character that is changed."""
    changed = {letter: new for letter in _letters() if (new := change(letter)) != letter}
    written = json.dumps(changed, ensure_ascii=True, separators=(",", ":"))
    return CONSTANT.format(name=name, map=written.replace(":", "\\:"))


def _letters() -> Iterator[str]:
    """All characters that a text of the database can hold."""
    every = map(chr, range(1, sys.maxunicode + 1))
    return (letter for letter in every if unicodedata.category(letter) != "Cs")


def _ranges(*categories: str) -> str:
    """The characters of these categories, as a pattern's class."""
    ranges: list[list[int]] = []
    for letter in _letters():
        if unicodedata.category(letter).startswith(categories):
            if ranges and ranges[-1][1] == ord(letter) - 1:
                ranges[-1][1] += 1
            else:
                ranges.append([ord(letter)] * 2)
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


def _sign(letter: str) -> str:
    """A character without marks, as it is read."""
    if letter in _SIGNS:
        return _SIGNS[letter]
    category = unicodedata.category(letter)
    if category in {"Cf", "Cc"}:
        return letter if letter in "\n\r\t\u200d" else ""
    if category == "Nd":
        is_hindi = ord(letter) in _DEVANAGARI_DIGITS
        return letter if is_hindi else str(unicodedata.decimal(letter))
    how = unicodedata.decomposition(letter).split(" ", 1)[0]
    if how not in _LOOKS:
        return " " if category == "Zs" else letter
    plain = "".join(_SIGNS.get(sign, sign) for sign in unicodedata.normalize("NFKC", letter))
    return f"{plain}." if how == "<circle>" and plain.isdigit() else plain
