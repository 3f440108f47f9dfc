"""Tickets in what customers write."""

import pytest

from shop.support.tickets import are_asked_about, ticket_number_in


@pytest.mark.parametrize(
    "text",
    [
        "any update on my ticket?",
        "track my ticket",
        "ticket status",
        "My tickets",
        "mera ticket kahan tak pahuncha",
        "मेरे टिकट का क्या हुआ?",
        "टिकट स्टेटस",
    ],
)
def test_a_ticket_is_asked_about(text: str) -> None:
    assert are_asked_about(text)


@pytest.mark.parametrize(
    "text",
    [
        "track my order",
        "open a ticket for my order",
        "ticket",
        "naya ticket kholo mera",
        "I wrote to you last week and my ticket says nothing about a refund",
    ],
)
def test_no_ticket_is_asked_about(text: str) -> None:
    assert not are_asked_about(text)


def test_the_number_in_a_sentence() -> None:
    assert ticket_number_in("tkt 123456?") == "TKT-123456"
