import pytest

from shop.consent import intent


@pytest.mark.parametrize("typed", ["STOP", " stop! ", "Unsubscribe", "बंद करो", "रोको।"])
def test_stop(typed: str) -> None:
    assert intent(typed) == "stop"


@pytest.mark.parametrize("typed", ["START", "start.", "शुरू"])
def test_start(typed: str) -> None:
    assert intent(typed) == "start"


@pytest.mark.parametrize(
    "typed", ["Delete my data!", "forget me", "mera data delete karo", "मेरा डेटा हटा दो।"]
)
def test_being_forgotten(typed: str) -> None:
    assert intent(typed) == "delete_data"


@pytest.mark.parametrize(
    "typed", ["we must stop this", "don't stop", "start my order", "delete my order", ""]
)
def test_a_sentence_is_none_of_them(typed: str) -> None:
    assert intent(typed) is None
