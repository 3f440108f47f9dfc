"""Sentences beside ordering that are certain by their words, and those that only look alike."""

import pytest

from nlu.intents.certain_words import intent_of_talk
from nlu.intents.negation_guard import is_doubtful

SAID: dict[str | None, list[str]] = {
    "track_order": [
        "where is it",
        "Where is it?",
        "where's it now",
        "kahan tak pahuncha",
        "वह कहाँ है",
    ],
    "wait": [
        "wait",
        "ruko",
        "1 min",
        "let me think",
        "ek minute",
        "hold on",
        "hold on pls",
        "ek minute bhaiya",
        "give me 5 mins",
        "wait, let me ask my wife",
        "one sec",
        "hang on a minute",
        "2mins",
        "just a moment",
        "ruko zara, likh raha hu",
        "wait wait",
        "रुको",
        "ok wait please",
        "wait bro one sec",
        "let me check with my wife",
        "thinking",
        "still deciding",
        "i need a minute",
        "soch raha hu",
        "ruko yaar soch ke batata hu",
        "hmm let me see",
        "one moment please",
        "brb",
        "wait i will ask my mom",
        "do minute ruko",
        "एक मिनट रुको",
        "hold on a sec, on a call",
        "ek min bhai phone aa raha hai",
        "give me a second",
        "i'm still thinking",
        "Let me check and get back to you",
        "gimme a min",
        "5 min",
        "need some more time",
        "let me decide",
    ],
    "later": [
        "not now, later",
        "baad me",
        "maybe later",
        "later",
        "not now",
        "abhi nahi",
        "i will order later",
        "some other time",
        "बाद में",
        "abhi nahi baad me",
        "no not now",
        "later maybe",
    ],
    "that_is_all": [
        "ok thats all",
        "bas itna hi",
        "nothing else",
        "thats it",
        "that's all",
        "bas",
        "that is all thanks",
        "no that's it",
        "aur kuch nahi",
        "बस इतना ही",
        "only this",
        "that will be all",
        "that's everything",
    ],
    "none_of_these": [
        "none of these",
        "nothing else?",
        "is that all you have?",
        "kuch aur nahi hai?",
        "i dont want any of these",
        "anything else?",
        "what else do you have?",
        "none",
        "inme se koi nahi",
    ],
    "ask_total": [
        "how much do I pay",
        "whats my total",
        "kitna dena hai",
        "can i get a bill?",
        "bill please",
        "how much do i have to pay",
        "what do i owe you",
        "total kitna hua",
        "total?",
        "send me the bill",
        "how much should i pay",
        "bill kitna hua",
        "my bill",
        "receipt please",
    ],
    "faq_shop": [
        "do u have wifi",
        "is there parking",
        "do you have seating for 10 people?",
        "AC hai kya andar?",
        "wifi password?",
        "can we sit there",
        "parking hai?",
        "are pets allowed",
        "do you have a washroom",
        "can i book a table for 2",
    ],
    "complain": [
        "This is terrible, I waited an hour",
        "worst service",
        "bakwas service hai aapki",
        "you guys are pathetic",
        "pathetic service",
        "worst experience ever",
        "I'm very disappointed",
        "this is unacceptable",
        "i am so angry right now",
        "horrible service never ordering again",
    ],
    "faq_location": [
        "I will pick it up, where are you",
        "I'll come and collect it, what is your address",
        "main khud lene aa raha hu",
    ],
    None: [
        "wait, make it 3",
        "wait cancel",
        "wait kitna hai",
        "how long should i wait",
        "ek ghante se wait kar raha hu",
        "yes",
        "no",
        "2",
        "make it 3",
        "lol kya bakwas video h ye",
        "The traffic on the flyover is terrible today, took me two hours",
        "how do i reset my wifi router",
        "can i pay later",
        "talk to you later",
        "see you later",
        "wait for my order?",
        "ok",
        "thanks",
        "what time do you close",
        "the bill is wrong",
        "gst bill chahiye",
        "how much",
        "coffee chahiye",
        "i have been waiting since an hour",
        "confirm",
        "that's all, place the order",
        "do it",
        "good time",
        "time",
        "for",
        "now",
        "abhi",
        "just",
        "me",
        "no wait",
        "i think so",
        "i see",
    ],
}


@pytest.mark.parametrize(("meant", "text"), [(m, t) for m, texts in SAID.items() for t in texts])
def test_what_is_certain(meant: str | None, text: str) -> None:
    assert intent_of_talk(text, None, names_product=False) == meant


def test_a_product_makes_it_a_matter_of_the_order() -> None:
    assert intent_of_talk("wait", None, names_product=True) is None


def test_whoever_is_charged_wrongly_or_wants_a_person_is_served_in_anger_too() -> None:
    angry = "you are the worst"
    assert intent_of_talk(angry, "support_payment", names_product=False) is None
    assert intent_of_talk(angry, "out_of_scope", names_product=False) == "complain"


@pytest.mark.parametrize(
    "text", ["non stop", "non-stop please", "where is the bus stop", "don't stop"]
)
def test_a_stop_that_is_none(text: str) -> None:
    assert is_doubtful(text, "stop")
