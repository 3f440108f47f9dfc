"""Words that name a deed and do not ask for it: "don't confirm", "should I confirm?"."""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.intents.intent_classifier import UNDERSTANDING
from nlu.words import FOLDER
from nlu.words.normalise_chat import normalise_text
from shop.language.word_files import read_patterns

# nlu/words/*/negation_guard.yml says them in each language.
_SAID = read_patterns("negation_guard", FOLDER)
_ASKS, _HESITATES, _DENIES = _SAID["asks"], _SAID["hesitates"], _SAID["denies"]

# What cannot be taken back in a word, and what speaks against its being asked for.
_DOUBTS = {
    "affirm": (_ASKS, _HESITATES, _DENIES),
    "confirm_order": (_ASKS, _HESITATES, _DENIES),
    "cancel_order": (_SAID["refuses_cancel"],),
    "stop": (_SAID["refuses_stop"], _SAID["no_end"]),
}
# The others answer a question, which is asked again; "don't stop" offers no end of messages.
_ASKED_BACK = {"cancel_order"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NegationGuard(GraphComponent, IntentClassifier):
    """Takes back an order's confirmation, a cancellation or a goodbye for ever that is in doubt.

    Whoever writes "don't confirm" must not get an order, however sure the classifier is.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Called by Rasa."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Makes the doubtful ones Rasa's nlu_fallback; asks back what can be asked about."""
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
    """Whether the words of a message contradict its intent."""
    words = _SAID["harmless"].sub(" ", normalise_text(text))
    return any(doubt.search(words) for doubt in _DOUBTS[intent])
