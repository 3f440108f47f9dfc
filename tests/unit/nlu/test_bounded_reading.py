"""Nobody can stop the others with one message: no letter costs much more in a long text.

The CPU time of the longest texts is compared with that of a short message, letter by letter.
"""

from collections.abc import Callable

import pytest

from nlu.catalogue.catalogue import Catalogue
from nlu.catalogue.live_catalogue import seed_catalogue
from nlu.catalogue.product_names import Product
from nlu.intents.negation_guard import is_doubtful
from nlu.message_reading import read_message
from nlu.order.order_ids import find_order_ids
from nlu.said import amounts, changes, complaints, mentioned, notes
from nlu.said.order_numbers import order_number_in
from nlu.said.said import find_signs
from nlu.words import phrases
from nlu.words.normalise_chat import normalise_text, translate_hindi
from nlu.words.tokens import split_tokens
from nlu.words.transliterate import to_latin
from nlu.words.typos import correct_typos, english_words
from shop.carts.notes import join_words
from shop.customers.stop_and_start import consent_intent
from shop.language import languages, masking
from shop.language.keyword_forms import normalise_keyword
from shop.language.reading_form import id_form, reading_form
from shop.support import tickets
from tests.cpu import cpu_seconds, over_bound
from tests.unit.nlu.long_texts import LONG_TEXTS, LONGEST

SHORT = "2 coffees please"
# So many times as much may a letter cost; machines are noisy. What is quadratic takes hundreds.
GENEROUS = 8

LARGE_SHOP = Catalogue(
    (
        *seed_catalogue().products,
        *(Product(f"{a}_{b}", f"{a} {b}") for a in ("Royal", "Smoky") for b in ("Wrap", "Soda")),
    )
)
START = changes.Place(0, 1)
READERS: dict[str, Callable[[str], object]] = {
    "read": lambda text: read_message(text, seed_catalogue()),
    "read in another shop": lambda text: read_message(text, LARGE_SHOP),
    "tokenise": split_tokens,
    "find_order_ids": find_order_ids,
    "plain": correct_typos,
    "english": english_words,
    "mend": normalise_text,
    "gloss": translate_hindi,
    "to_latin": to_latin,
    "is_doubtful": lambda text: [is_doubtful(text, name) for name in ("confirm_order", "stop")],
    "reading_form": reading_form,
    "id_form": id_form,
    "keyword": normalise_keyword,
    "consent": consent_intent,
    "order number": order_number_in,
    "ticket number": tickets.ticket_number_in,
    "tickets": tickets.are_asked_about,
    "masked": masking.mask_text,
    "notes": lambda text: list(notes.find_notes_in(text, text)),
    "are_dropped": notes.are_dropped,
    "join_words": lambda text: join_words(text, "no sugar"),
    "amounts": lambda text: list(amounts.find_amounts(text)),
    "amounts beside": lambda text: list(
        amounts.find_amounts_beside(text, 0, len(text) // 2, len(text) // 2, len(text))
    ),
    "is_phrase": lambda text: [phrases.is_phrase(name, text) for name in phrases._patterns()],
    "find_phrase": lambda text: [phrases.find_phrase(name, text) for name in phrases._patterns()],
    "complaints": complaints.tells_what_happened,
    "written_in": languages.written_in,
    "named_in": languages.named_in,
    "changes": lambda text: list(changes.find_changes(text, [])),
    "changes at the start": lambda text: list(changes.find_changes(text, [START])),
    "changes at the end": lambda text: list(
        changes.find_changes(text, [changes.Place(len(text) - 1, len(text))])
    ),
    "mentioned": lambda text: mentioned.find_mentions(text, ["coffee", "masala chai"]),
    "signs": lambda text: find_signs(
        text, read_message(text, seed_catalogue()).entities, seed_catalogue().titles
    ),
}


@pytest.fixture(scope="module")
def bound() -> float:
    """What the longest text may cost any reader, by what reading a short one costs."""
    read_message(SHORT, seed_catalogue())
    once = min(cpu_seconds(lambda: READERS["read"](SHORT)) for _ in range(50))
    return GENEROUS * once * LONGEST / len(SHORT)


@pytest.mark.parametrize("name", READERS)
def test_a_long_text_costs_no_more_by_letter(name: str, bound: float) -> None:
    reader = READERS[name]
    reader(SHORT)  # what is built at the first text is no text's cost
    over = over_bound(lambda text: cpu_seconds(lambda: reader(text)), LONG_TEXTS, bound)
    assert over == {}
