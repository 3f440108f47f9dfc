"""Lists misread products for `make label`: the words, what was read, and a remedy.

They are found in Rasa's events, as long as these are kept: ordered things that are not sold, words
that turned a product into another one, and orders that the customer corrected at once.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shop.language.masking import mask_text
from storage.models import Product

_MOST_MESSAGES = 20_000
_EXAMPLES = 3
# How alike a name must be (0 to 100) to be proposed as the product that was meant.
_ALIKE = 75
_NUMBER = re.compile(r"^\W*\d+\W*")
_CORRECTS = {"edit_order", "remove_item", "deny"}
# Each message, and the next one of the same customer; only of subscribed customers.
_MESSAGES = text("""
    SELECT heard.data, lead(heard.data) OVER (PARTITION BY heard.sender_id ORDER BY heard.id)
    FROM (SELECT id, sender_id, data FROM events WHERE type_name = 'user'
        ORDER BY id DESC LIMIT :most) AS heard
    JOIN user_profiles ON user_profiles.id::text = heard.sender_id
    WHERE user_profiles.subscription = 'subscribed'
    ORDER BY heard.id
""")


@dataclass
class Misread:
    """Words that no product fits, how often they were written, and examples of messages."""

    words: str
    reason: str
    remedy: str
    times: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)

    def add(self, message: str, read: str) -> None:
        self.times += 1
        if len(self.examples) < _EXAMPLES and (message, read) not in self.examples:
            self.examples.append((message, read))


def find_misread(session: Session) -> list[Misread]:
    """The misread words, the most frequent first."""
    names = read_product_names(session)
    found: dict[tuple[str, str], Misread] = {}
    for heard, following in session.execute(_MESSAGES, {"most": _MOST_MESSAGES}):
        message = json.loads(heard)
        after = json.loads(following) if following else None
        for words, reason in find_misreadings(message, after):
            key = (words.casefold(), reason)
            if key not in found:
                found[key] = Misread(words, reason, remedy_for(words, reason, names))
            found[key].add(mask_text(str(message["text"])), format_read_lines(message))
    return sorted(found.values(), key=lambda each: -each.times)


def read_product_names(session: Session) -> dict[str, str]:
    """The product's name by each of its names and aliases, in lower case."""
    rows = session.execute(select(Product.name, Product.aliases)).all()
    return {called.casefold(): name for name, aliases in rows for called in (name, *aliases)}


def find_misreadings(
    message: dict[str, Any], after: dict[str, Any] | None
) -> list[tuple[str, str]]:
    """The words of a message that were probably misread, each with the reason.

    after: the customer's next message, as Rasa's event."""
    written = str(message["text"])
    if written.startswith("/"):
        return []
    entities = message["parse_data"]["entities"]
    reasons = {"not_sold": "nothing that is sold", "other_kind": "another kind of a product"}
    found = [
        (_NUMBER.sub("", str(each["value"])), reasons[each["entity"]])
        for each in entities
        if each["entity"] in reasons
    ]
    orders = [each for each in entities if each["entity"] == "product"]
    if not found and orders and is_correction(after):
        found = [(mask_text(written), "corrected by the customer at once")]
    return found


def is_correction(after: dict[str, Any] | None) -> bool:
    """Whether the next message corrects the order in words; a tap may be a change of mind."""
    if after is None or str(after["text"]).startswith("/"):
        return False
    return after["parse_data"]["intent"]["name"] in _CORRECTS


def format_read_lines(message: dict[str, Any]) -> str:
    """The lines that were read: `coffee × 2, tea`."""
    lines: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for each in message["parse_data"]["entities"]:
        if each["entity"] in ("product", "quantity"):
            lines[str(each.get("group"))][each["entity"]] = str(each["value"])
    read = [
        f"{line['product']} × {line['quantity']}" if "quantity" in line else line["product"]
        for line in lines.values()
        if "product" in line
    ]
    return ", ".join(read) or "no product"


def remedy_for(words: str, reason: str, names: dict[str, str]) -> str:
    """A proposal for what to change, as text for the list."""
    if reason.startswith("corrected"):
        return "compare what was read: another word for a product, or a line of data/nlu"
    near = process.extractOne(words.casefold(), names.keys(), scorer=fuzz.WRatio)
    product = names[near[0]] if near and near[1] >= _ALIKE else None
    if reason.startswith("another kind"):
        return f"an option of {product}, or a product of its own" if product else "a product"
    if product:
        return f"another word for {product}, if it is that (console: Products)"
    return "nothing, or a product if you sell it"


def write_misread(found: Sequence[Misread], directory: Path) -> Path:
    """Writes the list to a new text file in the directory, which is created if missing."""
    directory.mkdir(exist_ok=True)
    path = directory / f"products-{datetime.now().astimezone():%Y-%m-%d-%H%M%S-%f}.txt"
    path.write_text("\n".join(describe_misread(found)) + "\n", encoding="utf-8")
    return path


def describe_misread(found: Iterable[Misread]) -> Iterable[str]:
    """The lines of the list: for each its words, its examples and the remedy."""
    for each in found:
        yield f'{each.times} × "{each.words}": {each.reason}'
        for message, read in each.examples:
            yield f'    in "{" ".join(message.split())}", read as {read}'
        yield f"    would mend it: {each.remedy}"
        yield ""
