"""spaCy's tokenizer as a component of Rasa's pipeline, on a blank pipeline without weights."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from nlu.language import fold, passing_words, tokenise


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class BlankSpacyTokenizer(Tokenizer):
    """Splits messages as nlu.language does; what a word is compared by is its lemma."""

    @staticmethod
    def get_default_config() -> dict[str, object]:
        """What Rasa's Tokenizer asks for; intents are not split."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of a message; a text of blanks is one token."""
        text = str(message.get(attribute))
        with passing_words():
            tokens = [
                Token(token.text, token.idx, lemma=fold(token.text))
                for token in tokenise(text)
                if not token.is_space
            ]
        return tokens or [Token(text, 0)]
