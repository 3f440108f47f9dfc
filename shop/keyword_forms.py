"""The form of a word or sentence in which keywords are compared."""

import re
import unicodedata


def normal(text: str) -> str:
    """Case, blanks, end marks and ways to encode a letter do not count: ` Hi!! ` → `hi`.

    The database knows the same form (`keyword_form`).
    """
    one_way = unicodedata.normalize("NFC", text).strip().casefold()
    folded = re.sub(r"\s+", " ", one_way)
    return folded.rstrip(" .,;:!?…।") or folded
