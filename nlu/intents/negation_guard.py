"""Recognises messages that name an action without asking for it: "don't confirm"."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.component import UntrainedComponent
from nlu.intents.intent_classifier import UNDERSTANDING
from nlu.words import FOLDER
from nlu.words.normalise_chat import normalise_text
from shop.language.word_files import read_patterns

# The patterns of each language: nlu/words/*/negation_guard.yml.
_SAID = read_patterns("negation_guard", FOLDER)
_ASKS, _HESITATES, _DENIES = _SAID["asks"], _SAID["hesitates"], _SAID["denies"]

# The guarded intents, which cannot be undone in a word, and the patterns that contradict them.
_DOUBTS = {
    "affirm": (_ASKS, _HESITATES, _DENIES),
    "confirm_order": (_ASKS, _HESITATES, _DENIES),
    "cancel_order": (_SAID["refuses_cancel"],),
    "stop": (_SAID["refuses_stop"], _SAID["no_end"]),
}
# For these the customer is asked back. The confirmations answer a question, which is simply asked
# again; after "don't stop" nobody should be offered to unsubscribe.
_ASKED_BACK = {"cancel_order"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NegationGuard(UntrainedComponent, IntentClassifier):
    """Rejects confirm, cancel and unsubscribe intents that the words of the message contradict.

    "Don't confirm" must not place an order, however sure the classifier is.
    """

    def process(self, messages: list[Message]) -> list[Message]:
        """Replaces contradicted intents by nlu_fallback; the band is "ask" for `_ASKED_BACK`."""
        for message in messages:
            intent = message.get(INTENT) or {}
            name = intent.get(INTENT_NAME_KEY)
            if name in _DOUBTS and is_doubtful(str(message.get(TEXT) or ""), name):
                ranking = message.get(INTENT_RANKING_KEY) or []
                unsure = {**intent, INTENT_NAME_KEY: FALLBACK}
                message.set(INTENT, unsure, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [unsure, *ranking], add_to_output=True)
                likely = [name, "support"] if name in _ASKED_BACK else []
                told = {"band": "ask" if likely else "reject", "likely": likely}
                message.set(UNDERSTANDING, told, add_to_output=True)
        return messages


def is_doubtful(text: str, intent: str) -> bool:
    """Whether the words of a message contradict its intent, one of `_DOUBTS`."""
    words = _SAID["harmless"].sub(" ", normalise_text(text))
    return any(doubt.search(words) for doubt in _DOUBTS[intent])
