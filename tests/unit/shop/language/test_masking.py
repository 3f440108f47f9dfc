"""What names a person or an order is masked; what is counted stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.language.masking import mask_text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("call me on 9876543210", "call me on 0000000000"),
        ("+91 98765-43210 is my number", "+00 00000-00000 is my number"),
        ("+91 (98765) 43210", "+00 (00000) 00000"),
        ("98 76 54 32 10", "00 00 00 00 00"),
        ("९८७६५४३२१० पर फ़ोन करो", "0000000000 पर फ़ोन करो"),
        ("pin 560001", "pin 000000"),
        ("where is ORD-48213", "where is ORD-00000"),
        ("ord 77 kahan hai", "ord 00 kahan hai"),
        ("order no. 4821", "order no. 0000"),
        ("tkt#1234", "tkt#0000"),
        ("write to asha.k@mail.co.in today", "write to name@example.org today"),
        ("paid by asha@okbank", "paid by name@example.org"),
        ("card 4111\u200b1111\u200b1111\u200b1111", "card 0000\u200b0000\u200b0000\u200b0000"),
        ("4111,1111,1111,1111", "0000,0000,0000,0000"),
        ("12/4 MG Road, Indiranagar", "(an address)"),
        ("bring it. Flat 302, Rose apartments! thanks", "bring it. (an address)! thanks"),
        ("see https://pay.example/t/abc?x=1 now", "see www.example.org now"),
    ],
)
def test_what_finds_a_person_is_masked(text: str, after: str) -> None:
    assert mask_text(text) == after


@pytest.mark.parametrize(
    "text",
    [
        "2 coffees and 3 samosas",
        "12 chai",
        "at 7:30 pm",
        "₹120 each",
        "10-15 minutes",
        "2, 3 or 4",
        "a flat white",
    ],
)
def test_what_is_counted_stays(text: str) -> None:
    assert mask_text(text) == text


@given(st.text(), st.from_regex(r"[6-9][0-9]{9}", fullmatch=True), st.text())
def test_no_phone_number_is_left_whatever_stands_around(
    before: str, phone: str, after: str
) -> None:
    assert phone not in mask_text(before + phone + after)
