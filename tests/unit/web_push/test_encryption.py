"""Messages are encrypted as RFC 8291 says: its own example, and what a browser reads of ours."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from tests.integration.web_push.browser import PushedBrowser
from web_push.encoding import decode_text, encode_bytes
from web_push.encryption import CURVE, LONGEST, encrypt_message

# RFC 8291, section 5 and appendix A.
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6T"
    "lzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4"
    "a-fN"
)


def test_the_example_of_the_standard():
    number = int.from_bytes(decode_text(SENDER), "big")
    body = encrypt_message(
        b"When I grow up, I want to be a watermelon",
        decode_text(RECEIVER),
        decode_text(SECRET),
        ec.derive_private_key(number, CURVE),
        decode_text(SALT),
    )
    assert encode_bytes(body) == BODY


@pytest.mark.parametrize("message", [b"", b"one order", b"x" * LONGEST])
def test_a_browser_reads_what_was_sent(message):
    browser = PushedBrowser("https://push.example/1")
    to = browser.subscription
    body = encrypt_message(message, decode_text(to.p256dh), decode_text(to.auth))
    assert len(body) <= 4096
    assert browser.read(body) == message


def test_no_two_bodies_are_alike():
    to = PushedBrowser("https://push.example/1").subscription
    bodies = {
        encrypt_message(b"the same", decode_text(to.p256dh), decode_text(to.auth)) for _ in range(3)
    }
    assert len(bodies) == 3


def test_what_does_not_fit_is_refused():
    to = PushedBrowser("https://push.example/1").subscription
    with pytest.raises(ValueError, match="longer than"):
        encrypt_message(b"x" * (LONGEST + 1), decode_text(to.p256dh), decode_text(to.auth))
    with pytest.raises(ValueError, match=r"."):
        encrypt_message(b"x", b"\x04" + b"\x01" * 64, decode_text(to.auth))


def test_a_wrong_secret_reads_nothing():
    browser, other = (PushedBrowser(f"https://push.example/{n}") for n in (1, 2))
    to = browser.subscription
    body = encrypt_message(b"x", decode_text(to.p256dh), decode_text(to.auth))
    with pytest.raises(InvalidTag):
        other.read(body)
