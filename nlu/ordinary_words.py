"""Words that mean themselves and are never a misspelled product."""

from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from nlu.language import fold
from nlu.vocabulary import vocabulary

# Met in chats, and within a slip or two of a common product ("bhaiya" is no bhajiya).
_NEAR_PRODUCTS = """
bhaiya bhaiyya bhai bhaya bhiya bhej bheja bhejo bheje bana banao baba babu bata batao toffee cover
coffer offer offee team teen tear year tell than them then time some same simone sandwiched juicy
just water later latter latest letter better butter matter master paper pizzas roll rolls role bun
burn burner tend test text chain chair chal chalo chat chahi chahe chaho chah char cash case cafe
office officer before refer suffer differ effort could cool cold code come came pakka pakad pakar
sama saman samay samajh samaj some someone somebody something sometimes cake take make like lake
"""


@cache
def _words() -> frozenset[str]:
    known = vocabulary()
    return frozenset(
        {fold(word) for word in (*STOP_WORDS, *_NEAR_PRODUCTS.split())}
        | known.courtesy | known.order_words | known.measures | known.extras | known.ends_reach
        | known.no_quantity_before | known.no_quantity_after | known.numbers.keys()
    )  # fmt: skip


def is_ordinary(word: str) -> bool:
    """Whether a folded word needs no correction."""
    return word in _words()
