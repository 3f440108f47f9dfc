"""Numbers as people write them."""

import pytest

from nlu.quantities.numbers import find_numbers
from nlu.words.tokens import fold_word, split_tokens


def values(text: str) -> list[int | None]:
    return [
        number.value
        for number in find_numbers([fold_word(token.text) for token in split_tokens(text)])
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2", [2]),
        ("1,000", [1000]),
        ("२५", [25]),
        ("2️⃣", [2]),
        ("twenty five", [25]),
        ("twenty-five", [25]),
        ("one hundred and twenty", [120]),
        ("a couple of teas", [2]),
        ("half a dozen", [6]),
        ("half dozen", [6]),
        ("2 dozen", [24]),
        ("a couple of dozen", [24]),
        ("a million", [1_000_000]),
        ("ek do teen chaar paanch", [1, 2, 3, 4, 5]),
        ("एक तीन दस", [1, 3, 10]),
        ("ek sau bees", [120]),
        ("aadha darjan", [6]),
        ("0", [0]),
        ("-2", [-2]),
        ("minus two", [-2]),
        ("2.0", [2]),
        ("2 coffees and 3 samosas", [2, 3]),
        ("coffee x2", [2]),
        ("coffee ×2", [2]),
        ("2x", [2]),
    ],
)
def test_whole_numbers(text: str, found: list[int]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    "text", ["half", "2.5", "1/2", "½", "two and a half", "2-3", "two or three"]
)
def test_what_names_no_one_whole_number_has_no_value(text: str) -> None:
    assert values(text) == [None]


@pytest.mark.parametrize("text", ["", "coffee", "24/7", "5:30", "no thanks"])
def test_no_number(text: str) -> None:
    assert values(text) == []


def test_do_is_no_two_behind_an_english_sentence() -> None:
    assert values("scratch the tea, do coffee") == []
    assert values("please drop the samosa and do a coffee") == [1]
    # "do" stays two in Hindi, and a number stays one.
    assert values("tea chhodo, do coffee") == [2]
    assert values("scratch the tea, two coffees") == [2]
    assert values("skip tea do coffee dena") == [2]
