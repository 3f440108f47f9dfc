"""What things are called in other languages (nlu/words/*/goods.yml): "doodh" is milk."""

from collections.abc import Mapping

from nlu.words import FOLDER
from nlu.words.tokens import fold_word
from shop.language.word_files import read_ways


def words_for_goods(spellings: Mapping[str, str]) -> dict[str, str]:
    """The catalogue's word for each foreign word for it that no product is called by.

    spellings: the catalogue's word by each of its forms.
    """
    return {
        other: spellings[word]
        for word, others in read_ways("goods", FOLDER).items()
        if word in spellings
        for other in map(fold_word, others)
        if other not in spellings
    }
