"""Support: an issue becomes a ticket."""

import pytest

from tests.journeys.play import Customer


def test_an_issue_becomes_a_ticket(asha: Customer) -> None:
    asha.types("hi")
    asha.sees("Welcome!")
    asha.taps("Get Support")
    asha.sees("🆘 How can we support you?", options=["Delivery Issue", "Payment Issue", "Other"])
    asha.is_at("support", "issue_selection")
    asha.taps("Delivery Issue")
    asha.sees("what happened")
    asha.is_at("support", "describing_issue", {"issue": "delivery"})
    asha.types("the samosas were cold")
    asha.sees("TKT-")
    [ticket] = asha.stack.rows("SELECT * FROM tickets WHERE customer_phone = %s", asha.phone)
    assert ticket["ticket_id"] in asha.last["text"]
    assert (ticket["category"], ticket["description"]) == ("delivery", "the samosas were cold")
    asha.is_nowhere()


def test_a_person_can_be_asked_for_anywhere(asha: Customer) -> None:
    asha.types("coffee")
    asha.sees("Great choice!")
    asha.types("I want to talk to a person")
    asha.sees("person", "TKT-")
    assert asha.orders() == []


def test_who_taps_for_a_person_has_written_nothing(asha: Customer) -> None:
    asha.types("person")
    asha.sees("person", "TKT-")
    assert [ticket["description"] for ticket in asha.tickets()] == [""]


@pytest.mark.parametrize(
    ("before", "words", "said"),
    [
        ("hi", "Delete my data!", "delete your data"),
        ("coffee", "mera data delete karo", "delete your data"),
        ("there is a problem with the delivery", "forget me", "delete your data"),
        ("track my order", "मेरा डेटा डिलीट करो", "अपना डेटा मिटवाना"),
    ],
)
def test_who_wants_to_be_forgotten_gets_a_ticket(
    asha: Customer, before: str, words: str, said: str
) -> None:
    asha.types(before)
    asha.next_bubble()
    asha.types(words)
    asha.sees(said, "TKT-")
    [ticket] = asha.tickets()
    assert ticket["ticket_id"] in asha.last["text"]
    assert (ticket["category"], ticket["description"]) == ("data deletion", words)
    asha.is_nowhere()


def test_a_tickets_state_is_said_to_its_customer_alone(asha: Customer, ravi: Customer) -> None:
    asha.types("I want to talk to a person")
    asha.sees("TKT-")
    [ticket] = asha.stack.rows("SELECT * FROM tickets WHERE customer_phone = %s", asha.phone)
    number = ticket["ticket_id"]
    asha.types(f"what about {number.lower()}?")
    asha.sees(number, "answer here")
    asha.stack.rows("UPDATE tickets SET status = 'closed' WHERE ticket_id = %s", number)
    asha.types(number)
    asha.sees(number, "closed")
    ravi.types(number)
    ravi.sees("cannot find")
