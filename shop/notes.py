"""How something is to be made, which orders do not hold: `without onion`, `less sugar`, `large`."""

import re

# English, Hinglish and Hindi.
_PART = (
    r"(?:sugar|onions?|milk|ice|cheese|garlic|ginger|chill?i(?:es|s)?|spice|salt|butter|sauce|ketchup"
    r"|mayo|chutney|cream|cheeni|chini|shakkar|pyaa?z|lehsun|adrak|mirchi?|namak|doodh|malai|makhan"
    r"|masala|tomato(?:es)?|tamatar|aloo|potato(?:es)?|oil"
    r"|चीनी|शक्कर|प्याज़?|लहसुन|अदरक|मिर्ची?|नमक|दूध|मलाई|मक्खन|मसाला|टमाटर|बर्फ़?)"
)
_NOTE = re.compile(
    rf"(?<!\w)(?:with\s+)?(?:without|no|less|extra|more|bina|kam|zyada|कम|ज़्यादा|ज्यादा|बिना)\s+(?:any\s+)?{_PART}"
    rf"(?:\s*(?:,|and|or|aur|ya|और|या)\s*{_PART})*(?!\w)"
    rf"|(?<!\w){_PART}\s+(?:ke bina|kam|zyada|mat d\w+|के बिना|कम|ज़्यादा|ज्यादा|मत)(?!\w)"
    r"|\b(?:less|extra|very|not)\s+(?:spicy|sweet|hot|strong)\b|\b(?:spicy|large|small|medium)\b",
    re.I,
)


def notes_in(text: str) -> list[tuple[int, int]]:
    """Where the words say how something is to be made."""
    return [found.span() for found in _NOTE.finditer(text)]
