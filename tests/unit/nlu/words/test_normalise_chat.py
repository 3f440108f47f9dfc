"""Chat made readable."""

import pytest

from nlu.words.normalise_chat import normalise_text, translate_hindi
from nlu.words.transliterate import to_latin


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("plz hlp me", "please help me"),
        ("hw r u", "how are you"),
        ("Heyyyy", "hey"),
        ("I’m late", "i am late"),
        ("pls cancel my ordr!", "please cancel my order!"),
        ("👍", "yes"),
        ("ऑर्डर", "order"),
    ],
)
def test_mend(text: str, mended: str) -> None:
    assert normalise_text(text) == mended


@pytest.mark.parametrize(
    ("hindi", "latin"),
    [
        ("कहां है", "kahan hai"),
        ("समोसा", "samosa"),
        ("चाय", "chay"),
        ("दो", "do"),
        ("२", "2"),
        ("coffee भेजो", "coffee bhejo"),
        ("ज़रूरत", "zarurat"),
    ],
)
def test_to_latin(hindi: str, latin: str) -> None:
    assert to_latin(hindi) == latin


@pytest.mark.parametrize("text", ["mera order kahan hai", "मेरा ऑर्डर कहां है"])
def test_gloss_gives_hindi_in_english_in_whatever_script(text: str) -> None:
    assert translate_hindi(normalise_text(text)) == "my order where is"
