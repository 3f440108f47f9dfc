import pytest

from shop.keywords import normal


@pytest.mark.parametrize("typed", ["hi", " Hi!! ", "HI", "hi .", "\thi\n"])
def test_case_blanks_and_end_marks_do_not_count(typed: str) -> None:
    assert normal(typed) == "hi"


def test_emoji_scripts_and_marks_alone_stay() -> None:
    assert normal("☕") == "☕"
    assert normal("मेनू।") == "मेनू"
    assert normal("?") == "?"
    assert normal("place   order") == "place order"
