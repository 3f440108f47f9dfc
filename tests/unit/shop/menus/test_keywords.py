import pytest

from shop.language.keyword_forms import normalise_keyword


@pytest.mark.parametrize("typed", ["hi", " Hi!! ", "HI", "hi .", "\thi\n"])
def test_case_blanks_and_end_marks_do_not_count(typed: str) -> None:
    assert normalise_keyword(typed) == "hi"


def test_emoji_scripts_and_marks_alone_stay() -> None:
    assert normalise_keyword("☕") == "☕"
    assert normalise_keyword("मेनू।") == "मेनू"
    assert normalise_keyword("?") == "?"
    assert normalise_keyword("place   order") == "place order"
