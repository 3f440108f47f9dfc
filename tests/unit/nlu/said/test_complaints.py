"""What tells what happened, and what has to be asked for more."""

import pytest

from nlu.said.complaints import tells_what_happened


@pytest.mark.parametrize(
    "text",
    [
        "I was charged twice",
        "2 coffees were missing in my order",
        "the samosas were squashed and cold",
        "paise kat gaye lekin order nahi aaya",
        "मेरे पैसे दो बार कट गए",
    ],
)
def test_what_happened_is_told(text: str) -> None:
    assert tells_what_happened(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "payment issue",
        "there is a problem with the delivery",
        "I have an issue with my payment",
        "my delivery is late",
        "it never arrived",
        "delivery mein problem hai",
        "मेरे ऑर्डर में कुछ समस्या है",
    ],
)
def test_what_has_to_be_asked_for_more(text: str) -> None:
    assert not tells_what_happened(text)
