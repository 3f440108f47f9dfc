"""Words that name a deed and do not ask for it."""

import pytest

from nlu.intents.negation_guard import is_doubtful


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("confirm_order", "dont confirm"),
        ("confirm_order", "i cant confirm"),
        ("confirm_order", "Should I confirm?"),
        ("confirm_order", "is it confirmed"),
        ("confirm_order", "I will confirm later"),
        ("confirm_order", "confirm mat karo"),
        ("affirm", "ok wait"),
        ("affirm", "is that right?"),
        ("affirm", "kyun"),
        ("cancel_order", "no dont cancel"),
        ("cancel_order", "cancel mat karo"),
        ("stop", "don't stop"),
    ],
)
def test_what_is_refused_put_off_or_asked(intent: str, text: str) -> None:
    assert is_doubtful(text, intent)


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("confirm_order", "yes please confirm it"),
        ("confirm_order", "can you confirm the order"),
        ("confirm_order", "no problem, place the order"),
        ("affirm", "why not"),
        ("cancel_order", "I don't want it any more, cancel"),
        ("cancel_order", "nahi chahiye cancel kar do"),
        ("cancel_order", "can you cancel my order?"),
        ("stop", "do not message me, stop this"),
    ],
)
def test_what_is_meant(intent: str, text: str) -> None:
    assert not is_doubtful(text, intent)
