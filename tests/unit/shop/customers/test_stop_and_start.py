import pytest

from shop.customers.stop_and_start import consent_intent


@pytest.mark.parametrize("typed", ["STOP", " stop! ", "Unsubscribe", "बंद करो", "रोको।"])
def test_stop(typed: str) -> None:
    assert consent_intent(typed) == "stop"


@pytest.mark.parametrize("typed", ["START", "start.", "शुरू"])
def test_start(typed: str) -> None:
    assert consent_intent(typed) == "start"


@pytest.mark.parametrize(
    "typed", ["Delete my data!", "forget me", "mera data delete karo", "मेरा डेटा हटा दो।"]
)
def test_being_forgotten(typed: str) -> None:
    assert consent_intent(typed) == "delete_data"


@pytest.mark.parametrize(
    "typed", ["we must stop this", "don't stop", "start my order", "delete my order", ""]
)
def test_a_sentence_is_none_of_them(typed: str) -> None:
    assert consent_intent(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Stop, thanks", "stop"),
        ("stop please", "stop"),
        ("pls stop", "stop"),
        ("STOP now pls!", "stop"),
        ("ok stop. thank you", "stop"),
        ("please unsubscribe", "stop"),
        ("please band karo", "stop"),
        ("start please", "start"),
        ("don't stop", None),
        ("please don't stop", None),
        ("non stop", None),
        ("stop there", None),
        ("thanks", None),
        ("please", None),
    ],
)
def test_courtesy_beside_a_decision(typed: str, meant: str | None) -> None:
    assert consent_intent(typed) == meant
