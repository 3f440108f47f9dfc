"""What a customer is called: names on WhatsApp hold anything."""

import pytest

from shop.language.first_names import address_customer


@pytest.mark.parametrize(
    ("display_name", "english", "hindi"),
    [
        ("Asha Verma 🌸", "Asha", "Asha जी"),
        ("आशा वर्मा", "आशा", "आशा जी"),
        ("D'Souza", "D'Souza", "D'Souza जी"),
        ("José", "José", "José जी"),
        (None, "Hello", "नमस्ते"),
        ("", "Hello", "नमस्ते"),
        ("🌸 Asha", "Hello", "नमस्ते"),
        ("*King*", "Hello", "नमस्ते"),
        ("A", "Hello", "नमस्ते"),
        ("919800000001", "Hello", "नमस्ते"),
        ("{order_number}", "Hello", "नमस्ते"),
        ("x" * 21, "Hello", "नमस्ते"),
    ],
)
def test_a_first_name_or_a_greeting(display_name: str | None, english: str, hindi: str) -> None:
    assert address_customer(display_name, "en") == english
    assert address_customer(display_name, "hi") == hindi
