"""Recognises a few common sentences (wait, complaints, totals), overriding the classifier.

Each pattern must match the whole message without polite words ("ok wait please bhaiya"). A message
that only begins like it ("wait, make it 3") is left to the classifier.
"""

from typing import NamedTuple

from nlu.intents import talk_patterns as said
from nlu.words.phrases import is_phrase
from shop.language.courtesies import without_courtesies
from shop.language.keyword_forms import normalise_keyword

# A longer message says more than one of these sentences.
_MOST_WORDS, _LONGEST = 14, 160
# On these the pattern of facilities is more often right than the classifier.
_FAQS = {
    *("faq_shop", "faq_hours", "faq_delivery", "faq_location", "faq_payment", "faq_offers"),
    *("faq_price", "faq_ingredients"),
}
# These intents are handled as usual, even in an angry message.
_KEEP_WHEN_ANGRY = {"support_payment", "talk_to_human", "stop", "delete_data", "cancel_order"}


class Certain(NamedTuple):
    """An intent, and what decides it: "talk.yml: facility" for a pattern, else in words."""

    intent: str
    by: str

    def describe(self) -> str:
        """What decides, with the place of a pattern: "facility in nlu/words/*/talk.yml"."""
        file, _, name = self.by.partition(": ")
        return f"{name} in nlu/words/*/{file}" if name else self.by


def intent_of_talk(text: str, guessed: str | None, *, names_product: bool) -> str | None:
    """The intent if the message is one of these sentences, else None (`find_talk`)."""
    talk = find_talk(text, guessed, names_product=names_product)
    return talk.intent if talk else None


def find_talk(text: str, guessed: str | None, *, names_product: bool) -> Certain | None:
    """The intent and its pattern if the message is one of these sentences, else None.

    guessed: the classifier's intent. names_product: whether the message names a product; then the
    result is None.
    """
    words = normalise_keyword(text)
    if names_product or len(words) > _LONGEST or len(words.split()) > _MOST_WORDS:
        return None
    if is_angry(words):
        return None if guessed in _KEEP_WHEN_ANGRY else _talk("complain", "angry")
    bare = without_courtesies(words)
    if named := _find_phrase_talk(text, words, bare):
        return named
    asks = text.rstrip().endswith("?")
    if asks and said.NOTHING_ELSE.fullmatch(bare):
        return _talk("none_of_these", "nothing_else")
    if not asks and is_wait(bare):
        return _talk("wait", "waits")
    return next(
        (
            _talk(intent, name)
            for name, (intent, pattern) in _WHOLE.items()
            if pattern.fullmatch(bare)
        ),
        None,
    ) or _in_part(words, guessed)


def _talk(intent: str, pattern: str) -> Certain:
    return Certain(intent, f"talk.yml: {pattern}")


def _find_phrase_talk(text: str, *forms: str) -> Certain | None:
    """The intent of the phrase of nlu/words/*/phrases.yml that is the whole message, or None.

    forms: the words of the message, with and without courtesies.
    """
    asks = text.rstrip().endswith("?")
    said = (
        Certain(intent, f"phrases.yml: {name}")
        for name, intent in _BY_PHRASE.items()
        if any(is_phrase(name, form) for form in forms)
    )
    # "Deliver to MG Road?" and "order tomorrow?" ask whether that is possible.
    return next((talk for talk in said if not (asks and talk.intent in _NOT_ASKED)), None)


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


def _in_part(words: str, guessed: str | None) -> Certain | None:
    """The intent of a question for the total, for what the shop has, or for where to pick up."""
    if said.BILL.search(words) and not said.BILL_IN_TROUBLE.search(words):
        return _talk("ask_total", "bill")
    if said.FACILITY.search(words) and said.ASKS_FOR_FACILITY.search(words):
        is_ours = not said.FACILITY_ELSEWHERE.search(words) and not is_added_faq(guessed)
        return _talk("faq_shop", "facility") if is_ours else None
    return _talk("faq_location", "picks_up") if said.PICKS_UP.search(words) else None


def is_added_faq(intent: str | None) -> bool:
    """Whether an intent is a question that a developer has added, such as `faq_wifi`: its examples
    know better than the pattern of all facilities."""
    return bool(intent) and str(intent).startswith("faq_") and intent not in _FAQS


def facilities_in(text: str) -> frozenset[str]:
    """The facilities that a text names, without marks and blanks: "wifi" in "any wi-fi?"."""
    named = said.FACILITY.findall(normalise_keyword(text))
    return frozenset("".join(filter(str.isalnum, each)) for each in named)


_BY_PHRASE = {
    "in_vain": "complain",
    "takes_back": "wait",
    "hurries": "track_order",
    "of_each": "inform_quantity",
    "asks_of_us": "edit_order",
    "someone_fetches": "edit_order",
    "fetches_instead": "choose_fulfilment",
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
# By the name of the pattern.
_WHOLE = {
    "later": ("later", said.LATER),
    "that_is_all": ("that_is_all", said.THAT_IS_ALL),
    "none_of_these": ("none_of_these", said.NONE_OF_THESE),
    "total": ("ask_total", said.TOTAL),
}
