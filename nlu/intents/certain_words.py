"""Recognises a few common sentences (wait, complaints, totals), overriding the classifier.

Each pattern must match the whole message without polite words ("ok wait please bhaiya"). A message
that only begins like it ("wait, make it 3") is left to the classifier.
"""

from nlu.intents import talk_patterns as said
from nlu.words.phrases import is_phrase
from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword

# A longer message says more than one of these sentences.
_MOST_WORDS, _LONGEST = 14, 160
# These intents are handled as usual, even in an angry message.
_KEEP_WHEN_ANGRY = {"support_payment", "talk_to_human", "stop", "delete_data", "cancel_order"}


def intent_of_talk(text: str, guessed: str | None, *, names_product: bool) -> str | None:
    """The intent if the message is one of these sentences, else None.

    guessed: the classifier's intent. names_product: whether the message names a product; then the
    result is None.
    """
    words = normalise_keyword(text)
    if names_product or len(words) > _LONGEST or len(words.split()) > _MOST_WORDS:
        return None
    if is_angry(words):
        return None if guessed in _KEEP_WHEN_ANGRY else "complain"
    bare = without_courtesies(words)
    if named := _intent_of_phrase(text, words, bare):
        return named
    asks = text.rstrip().endswith("?")
    if asks and said.NOTHING_ELSE.fullmatch(bare):
        return "none_of_these"
    if not asks and is_wait(bare):
        return "wait"
    return next(
        (intent for intent, pattern in _WHOLE.items() if pattern.fullmatch(bare)), None
    ) or (_in_part(words))


def _intent_of_phrase(text: str, *forms: str) -> str | None:
    """The intent of the phrase of nlu/words/*/phrases.yml that is the whole message, or None.

    forms: the words of the message, with and without courtesies.
    """
    asks = text.rstrip().endswith("?")
    said = (
        intent
        for name, intent in _BY_PHRASE.items()
        if any(is_phrase(name, form) for form in forms)
    )
    # "Deliver to MG Road?" and "order tomorrow?" ask whether that is possible.
    return next((intent for intent in said if not (asks and intent in _NOT_ASKED)), None)


def is_wait(words: str) -> bool:
    """Whether these words ask for time, with or without the reason for it."""
    if said.WAITS.fullmatch(words):
        return True
    begins = said.WAITS_FIRST.match(words)
    return begins is not None and not said.WANTS.search(words[begins.end() :])


def is_angry(words: str) -> bool:
    """Whether a text is angry at the shop."""
    is_about_us = said.ANGRY_WITH.search(words) and not said.ANGRY_ELSEWHERE.search(words)
    return bool(said.WAITED.search(words) or (said.ANGRY.search(words) and is_about_us))


def _in_part(words: str) -> str | None:
    """The intent of a question for the total, for what the shop has, or for where to pick up."""
    if said.BILL.search(words) and not said.BILL_IN_TROUBLE.search(words):
        return "ask_total"
    if said.FACILITY.search(words) and said.ASKS_FOR_FACILITY.search(words):
        return None if said.FACILITY_ELSEWHERE.search(words) else "faq_shop"
    return "faq_location" if said.PICKS_UP.search(words) else None


_BY_PHRASE = {
    "in_vain": "complain",
    "hurries": "track_order",
    "of_each": "inform_quantity",
    "asks_of_us": "edit_order",
    "someone_fetches": "edit_order",
    "asks_robot": "out_of_scope",
    "asks_data": "faq_shop",
    "clears_all": "cancel_order",
    "closes_ticket": "track_ticket",
    "so_far": "ask_total",
    "where_is_it": "track_order",
    "what_is_in_it": "faq_ingredients",
    "how_much_in_all": "ask_total",
    "where_to": "share_location",
    "puts_off": "later",
    "wants_none": "none_of_these",
}
_NOT_ASKED = {"share_location", "later"}
_WHOLE = {
    "later": said.LATER,
    "that_is_all": said.THAT_IS_ALL,
    "none_of_these": said.NONE_OF_THESE,
    "ask_total": said.TOTAL,
}
