"""How a turn is heard: the message's meaning goes to Rasa, or it is done without an answer."""

import asyncio
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from connectors.whatsapp import about, reading, speaking
from connectors.whatsapp.bubbles import Bubble, bodies
from connectors.whatsapp.meaning import Meaning, Meanings, disarmed
from connectors.whatsapp.meant import decide, meant
from connectors.whatsapp.output import WhatsAppOutput
from connectors.whatsapp.seen import Seen
from connectors.whatsapp.turn import Turn, TurnFailed, failing_the_turn
from shop import conversations, handover, wording
from storage import engine
from storage.models import UserProfile
from trays import inbox
from trays.messages import Claim


class Hearing:
    """Handles turns with Rasa's agent."""

    def __init__(self, agent: Agent, meanings: Meanings, seen: Seen) -> None:
        self._agent = agent
        self._meanings = meanings
        self._seen = seen

    async def hear(self, turn: Turn) -> None:
        """Handles one turn to its commit.

        Raises:
            TurnFailed: nothing of it was saved; it is to be tried again.
        """
        claim = turn.claim
        with failing_the_turn():
            message = await asyncio.to_thread(self._message, turn)
        if message is None:
            await asyncio.to_thread(finish_silently, claim)
            return
        self._seen.show(claim.message_id)
        with failing_the_turn():
            await self._understand(turn, message)
        await self._agent.handle_message(message)
        if not turn.committed:
            raise TurnFailed("the turn was not committed", outage=not self._agent.is_ready())

    def _message(self, turn: Turn) -> UserMessage | None:
        """The message as Rasa takes it; None where no answer is due."""
        claim = turn.claim
        # What is said in a group is not said to us, and a person answers for themselves.
        if claim.payload.get("group_id") or is_with_person(claim):
            return None
        content = reading.content(claim.payload)
        words = meant(claim, content)
        meaning = Meaning(disarmed(words.words)) if words else self._meanings.of(content)
        speaking.listen(turn, content)
        asked_about = about.product(words.payload if words else claim.payload)
        return meaning and UserMessage(
            text=meaning.text,
            parse_data=meaning.parsed,
            output_channel=WhatsAppOutput(turn),
            sender_id=str(claim.customer_id),
            input_channel=WhatsAppOutput.name(),
            message_id=claim.message_id,
            metadata={
                "type": claim.message_type,
                "tapped": tapped(claim),
                **({"meant": words.as_metadata()} if words else {}),
                **({"about": asked_about} if asked_about else {}),
            },
        )

    async def _understand(self, turn: Turn, message: UserMessage) -> None:
        """Has the message parsed as Rasa would, and adds the language to what was understood."""
        if processor := self._agent.processor:
            parsed = message.parse_data or await _parse(processor, message)
            message.parse_data = speaking.tell(turn, decide(parsed, message.metadata))


async def _parse(processor: MessageProcessor, message: UserMessage) -> Any:
    """What Rasa understands of a message, with the product that it was written about."""
    parsed = await processor.parse_message(message)
    product = (message.metadata or {}).get("about")
    if product and (text := about.together(str(message.text), parsed, product)):
        message.text = text
        return await processor.parse_message(message)
    return parsed


def is_with_person(claim: Claim) -> bool:
    """Whether a person has the conversation now; the turn's commit asks once more."""
    with engine.session() as session:
        customer = session.get_one(UserProfile, claim.customer_id)
        return handover.is_with_person(customer, engine.now(session))


def tapped(claim: Claim) -> dict[str, Any] | None:
    """The conversation in which we said what was tapped; None where nothing was, or unknown."""
    if claim.context_id is None or claim.message_type not in ("interactive", "button"):
        return None
    with engine.session() as session:
        return conversations.said_in(session, claim.customer_id, claim.context_id)


async def bury(claim: Claim, reason: str) -> None:
    """Gives a message up, and tells the customer kindly."""
    await asyncio.to_thread(_bury, claim, reason)


def finish_silently(claim: Claim) -> None:
    """Marks a message as processed that needs no answer."""
    with engine.session() as session:
        inbox.finish(engine.driver(session), claim, [])


def _bury(claim: Claim, reason: str) -> None:
    with engine.session() as session:
        language = session.get_one(UserProfile, claim.customer_id).language
        # Not said by Rasa, which may be why it failed.
        apology = Bubble(wording.say("utter_apology", language))
        inbox.bury(engine.driver(session), claim, reason, bodies([apology]))
