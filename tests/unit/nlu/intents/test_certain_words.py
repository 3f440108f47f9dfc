"""Sentences beside ordering that are certain by their words, and those that only look alike."""

import pytest

from nlu.intents.certain_words import find_talk, intent_of_talk
from nlu.intents.negation_guard import is_doubtful

SAID: dict[str | None, list[str]] = {
    "inform_quantity": ["make both 2", "dono do do kar do", "2 of each", "दोनों दो दो कर दो"],
    "out_of_scope": [
        "are you a robot",
        "is this a bot or a human?",
        "am i talking to a real person",
        "kya tum robot ho",
        "क्या आप रोबोट हैं",
    ],
    "cancel_order": [
        "clear everything",
        "please clear everything",
        "empty my cart",
        "remove all",
        "delete the whole order",
        "sab hata do",
        "pura order cancel kar do",
        "सब हटा दो",
    ],
    "edit_order": [
        "pls ring bell twice",
        "don't ring the bell",
        "call me when you reach the gate",
        "no cutlery please",
        "extra tissues please",
        "plastic bag mat dena",
        "oregano packets zyada dalna",
        "aane se pehle call karna",
        "घंटी मत बजाना",
        "mera ladka lene aayega",
        "my son will pick it up",
        "sending my driver to collect it",
    ],
    "track_order": [
        "where is it",
        "Where is it?",
        "thoda jaldi",
        "थोड़ा जल्दी करना",
        "jaldi bhejo yaar",
        "please make it fast",
        "hurry up pls",
        "i'm in a hurry",
        "it's urgent",
        "where's it now",
        "kahan tak pahuncha",
        "वह कहाँ है",
    ],
    "faq_ingredients": ["what's in it?", "whats in this", "kya hai isme", "इसमें क्या है"],
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
        "we'll decide in the evening",
        "busy right now",
        "shaam ko dekhte hain",
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
        "kitna hua total?",
        "what did I order so far?",
        "whats in my cart",
        "show my cart",
        "my bill",
        "receipt please",
    ],
    "faq_shop": [
        "what data do you have about me",
        "do you store my number",
        "mera data kahan save hota hai",
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
        "my order never came and nobody answers",
        "no one is replying here",
        "khana nahi aaya aur koi jawab nahi de raha",
        "I'm very disappointed",
        "this is unacceptable",
        "i am so angry right now",
        "horrible service never ordering again",
        "you idiots",
        "where the hell is my food",
    ],
    "track_ticket": ["close my ticket", "please close the complaint", "ticket band kar do"],
    "share_location": [
        "deliver to flat 3, MG Road",
        "send it to tower B, gate 4",
        "my address is 9 Lake Road",
        "leave it at the reception",
        "ghar pe bhej do",
        "flat no 12, Rose Villa",
    ],
    "faq_location": [
        "I will pick it up, where are you",
        "I'll come and collect it, what is your address",
        "main khud lene aa raha hu",
    ],
    None: [
        "deliver to MG Road?",
        "do you deliver",
        "stop",
        "send it",
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


def test_a_pattern_is_named_with_its_file() -> None:
    found = [
        find_talk(text, None, names_product=False)
        for text in ("wifi hai kya", "where is it", "ruko")
    ]
    assert [talk.pattern for talk in found if talk] == [
        "talk.yml: facility",
        "phrases.yml: where_is_it",
        "talk.yml: waits",
    ]


def test_a_developers_own_faq_wins_over_the_pattern_of_facilities() -> None:
    for text in ("wifi hai kya", "what's the wifi password bro"):
        assert intent_of_talk(text, "faq_wifi", names_product=False) is None
        for guessed in ("faq_location", "support_other", "nlu_fallback", None):
            assert intent_of_talk(text, guessed, names_product=False) == "faq_shop"


def test_whoever_is_charged_wrongly_or_wants_a_person_is_served_in_anger_too() -> None:
    angry = "you are the worst"
    assert intent_of_talk(angry, "support_payment", names_product=False) is None
    assert intent_of_talk(angry, "out_of_scope", names_product=False) == "complain"


@pytest.mark.parametrize(
    "text", ["non stop", "non-stop please", "where is the bus stop", "don't stop"]
)
def test_a_stop_that_is_none(text: str) -> None:
    assert is_doubtful(text, "stop")
