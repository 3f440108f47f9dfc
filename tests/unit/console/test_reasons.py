"""Why a message did not arrive, in people's words."""

import pytest

from connectors.whatsapp.api.error_codes import FINAL
from console.inbox import reasons
from console.inbox.reasons import failure_reason


@pytest.mark.parametrize(
    ("kept", "is_open", "words", "helps"),
    [
        ("131047 Re-engagement message: x", False, "you can answer again once they write", False),
        ("WhatsApp will never take this message. (131047 x)", True, "written since", True),
        ("131026 Message undeliverable", True, "Imran could not be reached", True),
        ("131050 Stopped", True, "Imran wants no marketing", False),
        ("999999 Something new: of today", True, "999999 Something new: of today", True),
        ("the action server is away for 5 minutes", True, "the action server is away", True),
        (None, True, "no reason known", True),
    ],
)
def test_a_refusal_is_said_in_peoples_words(kept, is_open, words, helps):
    said = failure_reason(kept, "Imran", is_open=is_open)
    assert words in said.words
    assert said.helps == helps


def test_no_words_name_anything_but_the_customer():
    for code in FINAL:
        assert "{" not in failure_reason(f"{code} x", "Imran", is_open=False).words
    assert not set(reasons._PASSES) & set(reasons._STAYS)
