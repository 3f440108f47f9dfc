"""Which messages are kept for the owner and for training."""

from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from connectors.unclear import UNKNOWN, has_no_answer, likeliest_intent
from shop.language.responses import read_responses


def tracker_of(*events: Event) -> DialogueStateTracker:
    tracker = DialogueStateTracker("asha", slots=[])
    for event in events:
        tracker.update(event)
    return tracker


def asked(text: str) -> UserUttered:
    ranking = [{"name": "faq_shop", "confidence": 1.0}]
    return UserUttered(text, ranking[0], parse_data={"intent_ranking": ranking}, input_channel="x")


def said(response: str) -> BotUttered:
    return BotUttered("...", metadata={"utter_action": response})


def test_a_question_without_an_answer_is_kept_as_what_it_was_taken_for() -> None:
    heard = asked("wifi hai kya")
    assert has_no_answer(tracker_of(heard, said(UNKNOWN), said("utter_ask_again")), heard)
    assert likeliest_intent(heard.parse_data) == "faq_shop"
    assert UNKNOWN in read_responses()


def test_an_answered_question_a_tap_and_an_earlier_answer_are_not() -> None:
    heard, tap = asked("wifi hai kya"), asked("/faq_shop")
    assert not has_no_answer(tracker_of(heard, said("utter_what_is_kept")), heard)
    assert not has_no_answer(tracker_of(tap, said(UNKNOWN)), tap)
    assert not has_no_answer(tracker_of(asked("ac hai"), said(UNKNOWN), heard), heard)
