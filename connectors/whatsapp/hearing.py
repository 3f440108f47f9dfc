"""How a turn is heard: the message's meaning goes to Rasa, or it is done without an answer."""

import asyncio

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from connectors.whatsapp import reading
from connectors.whatsapp.bubbles import Bubble, bodies
from connectors.whatsapp.meaning import Meanings
from connectors.whatsapp.output import WhatsAppOutput
from connectors.whatsapp.turn import Turn, TurnFailed, failing_the_turn
from storage import engine
from trays import inbox
from trays.messages import Claim

# Said when a message failed again and again; no response of the domain, since Rasa may be why.
APOLOGY = Bubble(
    "Sorry, something went wrong on our side and I could not answer that. "
    'Please try again, or write "person" and somebody from our team will help you.'
)


class Hearing:
    """Handles turns with Rasa's agent."""

    def __init__(self, agent: Agent, meanings: Meanings) -> None:
        self._agent = agent
        self._meanings = meanings

    async def hear(self, turn: Turn) -> None:
        """Handles one turn to its commit.

        Raises:
            TurnFailed: nothing of it was saved; it is to be tried again.
        """
        claim = turn.claim
        with failing_the_turn():
            text = await asyncio.to_thread(self._meanings.of, reading.content(claim.payload))
        if text is None:
            await asyncio.to_thread(finish_silently, claim)
            return
        await self._agent.handle_message(
            UserMessage(
                text=text,
                output_channel=WhatsAppOutput(turn),
                sender_id=str(claim.customer_id),
                input_channel=WhatsAppOutput.name(),
                message_id=claim.message_id,
                metadata={"type": claim.message_type, "context_id": claim.context_id},
            )
        )
        if not turn.committed:
            raise TurnFailed("the turn was not committed", outage=not self._agent.is_ready())


async def bury(claim: Claim, reason: str) -> None:
    """Gives a message up, and tells the customer kindly."""
    await asyncio.to_thread(_bury, claim, reason)


def finish_silently(claim: Claim) -> None:
    """Marks a message as processed that needs no answer."""
    with engine.session() as session:
        inbox.finish(engine.driver(session), claim, [])


def _bury(claim: Claim, reason: str) -> None:
    with engine.session() as session:
        inbox.bury(engine.driver(session), claim, reason, bodies([APOLOGY]))
