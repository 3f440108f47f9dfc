"""Normalises words and sentences for comparing keywords."""

import re

from shop.language.reading_form import reading_form, without_accents


def normalise_keyword(text: str) -> str:
    """Ignores case, blanks, end marks, accents and encodings of a letter: ` Hí!! ` → `hi`.

    The database has a similar function (`keyword_form`).
    """
    one_way = without_accents(reading_form(text)).strip().casefold()
    folded = re.sub(r"\s+", " ", one_way)
    return folded.rstrip(" .,;:!?…।") or folded
