import pytest

from shop.consent import meaning


@pytest.mark.parametrize("typed", ["STOP", " stop! ", "Unsubscribe", "बंद करो", "रोको।"])
def test_stop(typed: str) -> None:
    assert meaning(typed).intent == "stop"


@pytest.mark.parametrize("typed", ["START", "start.", "शुरू"])
def test_start(typed: str) -> None:
    assert meaning(typed).intent == "start"


@pytest.mark.parametrize("typed", ["we must stop this", "don't stop", "start my order", ""])
def test_a_sentence_is_neither(typed: str) -> None:
    assert meaning(typed) is None
