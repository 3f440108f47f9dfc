"""A tap on "Did you mean": the intent that was tapped, the entities that were typed."""

from connectors.whatsapp.turn.did_you_mean import ChosenIntent, apply_choice

ENTITIES = [{"entity": "product", "value": "coffee", "group": "1"}]
PARSED = {
    "text": "coffee he said",
    "intent": {"name": "nlu_fallback", "confidence": 0.6},
    "intent_ranking": [{"name": "nlu_fallback", "confidence": 0.6}],
    "entities": ENTITIES,
    "understanding": {"band": "ask", "likely": ["new_order", "faq_price"]},
}


def test_the_intent_is_decided_and_the_rest_stays() -> None:
    meant = ChosenIntent("new_order", "coffee he said", 7, None).as_metadata()
    decided = apply_choice(PARSED, {"type": "interactive", "meant": meant})
    assert decided["intent"] == {"name": "new_order", "confidence": 1.0}
    assert decided["intent_ranking"] == [decided["intent"]]
    assert decided["understanding"] == {"band": "act", "likely": []}
    assert (decided["text"], decided["entities"]) == ("coffee he said", ENTITIES)


def test_other_messages_stay_as_they_are() -> None:
    assert apply_choice(PARSED, {"type": "text", "tapped": None}) is PARSED
    assert apply_choice(PARSED, None) is PARSED
