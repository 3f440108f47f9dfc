"""Who waits for a person is told once that people answer, and how to go on with the bot, before the
bot leaves messages unanswered."""

from sqlalchemy.orm import Session

from actions.support import LeaveToPerson, TalkToHuman
from storage.models import UserProfile
from tests.integration.conversation import Conversation

LEFT = "for_a_person"


def test_who_waits_is_told_once_before_messages_are_left(session: Session) -> None:
    customer = UserProfile(whatsapp_phone="919800000007")
    session.add(customer)
    session.commit()
    talk = Conversation(str(customer.id))
    talk.types("what is your contact number", TalkToHuman(), intent="talk_to_human")
    assert "utter_person_called" in talk.said
    # As if words were just added to the ticket, which says nothing about silence.
    talk.slots["step"] = "with_a_person"
    talk.types("do you have sugar free", LeaveToPerson(), intent=LEFT)
    assert "utter_people_answer" in talk.said
    talk.types("bulk order possible", LeaveToPerson(), intent=LEFT)
    assert talk.said == {}
