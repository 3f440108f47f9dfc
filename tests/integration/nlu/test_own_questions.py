"""A message like one of the owner's questions asks about its topic, without any training."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.intents.own_questions import LiveQuestions, OwnQuestions, Questions, vector_text
from nlu.sentence.sentence_model import sentence_model
from nlu.sentence_features import SentenceFeatures

QUESTIONS = Questions(
    (
        ("parking", "Is there parking?"),
        ("parking", "where can i park my car"),
        ("pets", "Are dogs allowed?"),
        ("pets", "can i bring my pet"),
        ("allergies", "do you have something without nuts"),
        ("allergies", "i am allergic to peanuts, what can i eat"),
        ("catering", "do you cater for weddings"),
        ("catering", "can you do the food for our office party"),
    )
)
ALIKE = OwnQuestions.get_default_config()["alike"]
UNSURE = OwnQuestions.get_default_config()["alike_unsure"]


def nearest(text: str) -> tuple[str, float]:
    return QUESTIONS.nearest(sentence_model().vector(vector_text(text)))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("is parking available", "parking"),
        ("do u have parking for a car?", "parking"),
        ("where do i park", "parking"),
        ("can my dog come along", "pets"),
        ("are pets allowed inside", "pets"),
        ("i have a nut allergy", "allergies"),
        ("anything without nuts?", "allergies"),
        ("do you do catering for a wedding", "catering"),
        ("can you cater our office party", "catering"),
    ],
)
def test_what_is_asked_in_other_words(text: str, topic: str) -> None:
    found, alike = nearest(text)
    assert found == topic
    assert alike >= UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "when do you open",
        "do you deliver to indiranagar",
        "where is your shop",
        "can i pay by card",
        "what is in the samosa",
        "my order is late",
        "i want to talk to a person",
        "tell me a joke",
        "who won the match yesterday",
    ],
)
def test_other_questions_stay_what_they_are(text: str) -> None:
    assert nearest(text)[1] < ALIKE


@pytest.mark.parametrize("text", ["tell me a joke", "who won the match yesterday", "blorg wvv qwx"])
def test_what_nobody_asks_stays_unclear(text: str) -> None:
    assert nearest(text)[1] < UNSURE


def test_without_examples_nothing_is_alike() -> None:
    assert Questions().nearest(sentence_model().vector("is there parking")) == ("", 0.0)


WIFI = Questions(
    (
        ("wifi", "do you have wifi?"),
        ("wifi", "is there internet"),
        ("parking", "is there parking"),
        ("seats", "can we sit and use the wifi there"),
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "what's the wifi password bro",
        "kya aapke yahan wifi hai?",
        "can i use your wi-fi",
        "is there wifi at your place",
        "wifi hai kya",
    ],
)
def test_a_facility_is_asked_for_in_other_words(text: str) -> None:
    live = LiveQuestions()
    live.current = Questions(WIFI.rows[:3])
    read = read_of(text, "faq_shop", live)
    assert read.get("intent") == {"name": "faq_shop", "confidence": 1.0}
    assert read.get("entities")[-1]["value"] == "wifi"
    # Nor is it said where the classifier has found something else.
    assert read_of(text, "support_delivery", live).get("entities") is None


def test_a_facility_of_two_topics_or_of_none_decides_nothing() -> None:
    assert WIFI.topic_of_facility("wifi hai kya") is None
    assert WIFI.topic_of_facility("washroom hai kya") is None
    assert WIFI.topic_of_facility("parking hai kya") == "parking"


def test_what_would_have_no_answer_is_taken_for_a_question_nearby() -> None:
    live = LiveQuestions()
    live.current = QUESTIONS
    text = "can my dog come along"
    assert UNSURE <= nearest(text)[1] < ALIKE
    assert read_of(text, "faq_shop", live).get("entities")[-1]["value"] == "pets"
    assert read_of(text, "faq_location", live).get("entities") is None


def read_of(text: str, intent: str, live: LiveQuestions) -> Message:
    """The message after the component, where the classifier has found this intent."""
    message = Message.build(text)
    features = SentenceFeatures("sentence", SentenceFeatures.get_default_config(), sentence_model())
    message.set("intent", {"name": intent, "confidence": 0.9})
    [read] = OwnQuestions(OwnQuestions.get_default_config(), live).process(
        features.process([message])
    )
    return read


@pytest.mark.parametrize(("topic", "intent"), [("hours", "faq_hours"), ("parking", "faq_shop")])
def test_a_topic_that_the_bot_knows_by_itself_keeps_its_intent(topic: str, intent: str) -> None:
    """An owner may add a question to any answer: hours are still said from the shop's own hours."""
    live = LiveQuestions()
    live.current = Questions(((topic, "up how late are you lot"),))
    read = read_of("up how late are you lot", "nlu_fallback", live)
    assert read.get("intent")["name"] == intent
    assert read.get("entities")[-1]["value"] == topic
