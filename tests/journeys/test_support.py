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
    asha.sees(number, "answer you here")
    asha.stack.rows("UPDATE tickets SET status = 'closed' WHERE ticket_id = %s", number)
    asha.types(number)
    asha.sees(number, "closed")
    ravi.types(number)
    ravi.sees("cannot find")


def asks_what_happened(customer: Customer, words: str = "payment issue") -> None:
    customer.types(words)
    customer.sees("I am sorry", "what happened", options=["Talk to a person", "Main Menu"])


@pytest.mark.parametrize(
    ("words", "said", "at"),
    [
        ("I want coffee", "Great choice!", "quantity_input"),
        ("coffee", "Great choice!", "quantity_input"),
        ("do you have tea?", "Great choice!", "quantity_input"),
        ("2 samosas please", "Samosa × 2 = ₹80", "confirmation"),
        ("ORD-12345", "I cannot find", "awaiting_order_id"),
    ],
)
def test_a_brief_wish_leads_away_from_what_happened(
    asha: Customer, words: str, said: str, at: str
) -> None:
    asks_what_happened(asha)
    asha.types(words)
    asha.sees(said)
    assert asha.state()[0]["current_step"] == at
    assert asha.tickets() == []


@pytest.mark.parametrize("words", ["cold coffee", "only one tea came", "ORD-12345 is late"])
def test_what_happened_may_name_products_and_orders(asha: Customer, words: str) -> None:
    asks_what_happened(asha)
    asha.types(words)
    asha.sees("TKT-", options=["Main Menu"])
    assert [ticket["description"] for ticket in asha.tickets()] == [words]


@pytest.mark.parametrize("words", ["?", "...", "ok"])
def test_nothing_said_is_asked_again_briefly(asha: Customer, words: str) -> None:
    asks_what_happened(asha)
    asha.types(words)
    bubble = asha.sees("what happened?", options=["Talk to a person", "Main Menu"])
    assert "sorry to hear" not in bubble["text"]
    asha.is_at("support", "describing_issue", {"issue": "payment"})
    asha.types("the samosas were cold")
    asha.sees("TKT-")


@pytest.mark.parametrize("question", ["payment issue", "I need help"])
@pytest.mark.parametrize("words", ["never mind", "nothing", "no"])
def test_a_no_leaves_support(asha: Customer, question: str, words: str) -> None:
    asha.types(question)
    asha.next_bubble()
    asha.types(words)
    asha.sees("let's leave that", options=["Place Order", "Track Order", "Main Menu"])
    asha.is_nowhere()
    assert asha.tickets() == []


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("delivery", "delivery"),
        ("payment", "payment"),
        ("other", "other"),
        ("late", "delivery"),
        ("my delivery is late", "delivery"),
        ("it never arrived", "delivery"),
    ],
)
def test_an_issue_can_be_typed(asha: Customer, words: str, issue: str) -> None:
    asha.types("I need help")
    asha.sees("How can we support you?")
    asha.types(words)
    asha.sees("what happened")
    asha.is_at("support", "describing_issue", {"issue": issue})
    asha.types("nobody came to my door")
    asha.sees("TKT-")
    assert [ticket["category"] for ticket in asha.tickets()] == [issue]


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("I was charged twice", "payment"),
        ("2 coffees were missing in my order", "delivery"),
        ("I gave the wrong address for my order", "delivery"),
    ],
)
def test_a_full_complaint_is_said_once(asha: Customer, words: str, issue: str) -> None:
    asha.types(words)
    asha.sees("TKT-", options=["Main Menu"])
    [ticket] = asha.tickets()
    assert (ticket["category"], ticket["description"]) == (issue, words)
    asha.is_nowhere()


def test_words_after_a_picture_belong_to_its_ticket(asha: Customer) -> None:
    asks_what_happened(asha, "there is a problem with the delivery")
    asha.does(image=True)
    asha.sees("TKT-")
    asha.types("the samosas were squashed")
    [ticket] = asha.tickets()
    asha.sees("added", ticket["ticket_id"])
    assert asha.tickets()[0]["description"] == "(image) the samosas were squashed"
    asha.types("and I was charged twice")
    asha.sees("added", ticket["ticket_id"])
    assert asha.tickets()[0]["description"].endswith("squashed\nand I was charged twice")


@pytest.mark.parametrize("words", ["any update on my ticket?", "track my ticket", "ticket status"])
def test_a_ticket_is_found_without_its_number(asha: Customer, words: str) -> None:
    asha.types(words)
    asha.sees("You have no ticket")
    asha.types("I want to talk to a person")
    asha.sees("TKT-", options=["Main Menu"])
    [ticket] = asha.tickets()
    asha.types(words)
    asha.sees(ticket["ticket_id"], "answer you here")
    number = ticket["ticket_id"]
    asha.stack.rows("UPDATE tickets SET status = 'closed' WHERE ticket_id = %s", number)
    asha.types(words)
    asha.sees(number, "closed")
