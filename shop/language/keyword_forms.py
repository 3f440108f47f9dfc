"""The form of a word or sentence in which keywords are compared."""

import re

from shop.language.reading_form import reading_form, without_accents


def normalise_keyword(text: str) -> str:
    """Case, blanks, end marks, accents and ways to encode a letter do not count: ` Hí!! ` → `hi`.

    The database knows a form like it (`keyword_form`).
    """
    one_way = without_accents(reading_form(text)).strip().casefold()
    folded = re.sub(r"\s+", " ", one_way)
    return folded.rstrip(" .,;:!?…।") or folded
