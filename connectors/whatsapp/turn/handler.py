"""Turns an inbound message into Rasa's UserMessage and lets Rasa handle it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from connectors.whatsapp.messages.bubbles import build_bodies
from connectors.whatsapp.messages.speech import Bubble
from connectors.whatsapp.send.read_receipts import ReadReceipts
from connectors.whatsapp.turn import choice_words, late, product_question, referral, spoken_language
from connectors.whatsapp.turn.did_you_mean import apply_choice, chosen_intent
from connectors.whatsapp.turn.flood import flood_reply, is_one_too_many
from connectors.whatsapp.turn.left_to_person import leave_to_person
from connectors.whatsapp.turn.output import WhatsAppOutput
from connectors.whatsapp.turn.rasa_input import RasaInput, RasaInputs, disarm_text
from connectors.whatsapp.turn.shortage_words import answer_in_words
from connectors.whatsapp.turn.turn import Turn, TurnFailed, failing_the_turn
from shop.language import signs
from shop.language.responses import format_response
from storage import engine
from storage.models import UserProfile
from trays import turn_end
from trays.messages import Claim


class TurnHandler:
    """Handles turns with Rasa's agent, on the turn's own thread."""

    def __init__(self, agent: Agent, meanings: RasaInputs, seen: ReadReceipts) -> None:
        self._agent = agent
        self._meanings = meanings
        self._seen = seen
        self._server = asyncio.get_running_loop()

    async def handle(self, turn: Turn) -> None:
        """Handles one turn to its commit.

        Raises:
            TurnFailed: nothing was saved; the turn must be tried again.
        """
        with failing_the_turn():
            message = self._message(turn)
            if message is None:
                finish_without_rasa(turn, flood_reply(turn))
                return
            self._server.call_soon_threadsafe(self._seen.show, turn.claim.message_id)
            await self._understand(turn, message)
            turn.said += late.late_notice(turn)
            # Ends the read transaction, so that none is open while Rasa works.
            turn.unit.let_go()
        await self._agent.handle_message(message)
        if not turn.committed:
            raise TurnFailed("the turn was not committed", outage=not self._agent.is_ready())

    def _message(self, turn: Turn) -> UserMessage | None:
        """The message for Rasa; None if it needs no answer."""
        claim = turn.claim
        # Group messages are not for the bot; staff answer in conversations they have taken over.
        if turn.received.group_id or turn.start.is_with_person or is_one_too_many(turn):
            return None
        content = turn.received.content
        words = chosen_intent(claim, content)
        meaning = RasaInput(disarm_text(words.words)) if words else self._meanings.input_of(content)
        spoken_language.detect_language(turn, content)
        asked_about = product_question.referred_product((words or turn.received).product)
        return meaning and UserMessage(
            text=meaning.text,
            parse_data=meaning.parsed,
            output_channel=WhatsAppOutput(turn),
            sender_id=str(claim.customer_id),
            input_channel=WhatsAppOutput.name(),
            message_id=claim.message_id,
            metadata={
                "type": claim.message_type,
                "tapped": turn.start.named if is_tap(claim) else None,
                "quoted": None if is_tap(claim) else turn.start.named,
                "late": late.is_late(turn),
                **({"meant": words.as_metadata()} if words else {}),
                **({"about": asked_about} if asked_about else {}),
            },
        )

    async def _understand(self, turn: Turn, message: UserMessage) -> None:
        """Parses the message with Rasa and adds the language to the result."""
        if processor := self._agent.processor:
            is_asked = "shortage" in turn.start.open_matters
            parsed = await parse_words(processor, message, is_asked=is_asked)
            if chosen := chosen_in_words(turn, message, parsed):
                message.text = chosen
                parsed = await processor.parse_message(message)
            turn.tag = turn.received.referral
            if referral.opens_catalogue(turn, parsed):
                turn.said.append(referral.welcome_from_ad(turn))
                message.text = "/new_order"
                parsed = await processor.parse_message(message)
            decided = answer_in_words(turn, apply_choice(parsed, message.metadata))
            tapped = "meant" in (message.metadata or {})
            left = leave_to_person(turn, decided, message.text or "", was_tapped=tapped)
            message.parse_data = spoken_language.add_language(turn, left)


async def parse_words(
    processor: MessageProcessor, message: UserMessage, *, is_asked: bool = False
) -> Any:
    """Rasa's parse of a message, including the product that it refers to.

    Of a message that is decided without Rasa only the signs are read, if it is a cart of the
    catalogue or the customer is asked about something that ran out (`is_asked`).
    """
    is_cart = (message.metadata or {}).get("type", "order") == "order"
    if message.parse_data and not (is_cart or is_asked):
        return message.parse_data
    parsed = await processor.parse_message(message)
    if message.parse_data:
        return {**message.parse_data, signs.KEY: parsed.get(signs.KEY, [])}
    product = (message.metadata or {}).get("about")
    if product and (text := product_question.add_product_name(str(message.text), parsed, product)):
        message.text = text
        return await processor.parse_message(message)
    return parsed


def chosen_in_words(turn: Turn, message: UserMessage, parsed: dict[str, Any]) -> str | None:
    """The payload of the button that a typed answer to "which one?" means; None for other words."""
    is_typed = turn.claim.message_type == "text" and not (message.text or "").startswith("/")
    if not is_typed or late.is_late(turn):
        return None
    return choice_words.chosen_payload(turn.start.events, parsed)


def is_tap(claim: Claim) -> bool:
    """Whether the message is a tap; otherwise its context is a quoted message."""
    return claim.message_type in ("interactive", "button")


def finish_without_rasa(turn: Turn, said: Sequence[Bubble] = ()) -> None:
    """Marks a message as processed without Rasa."""
    turn_end.finish_message(engine.driver(turn.unit.session), turn.claim, build_bodies(said))
    turn.unit.commit()
    turn.committed = True


async def give_up_message(claim: Claim, reason: str) -> None:
    """Makes a message a dead letter and apologises to the customer."""
    await asyncio.to_thread(_give_up, claim, reason)


def _give_up(claim: Claim, reason: str) -> None:
    with engine.session() as session:
        language = session.get_one(UserProfile, claim.customer_id).language
        # Without Rasa, which may be the reason for the failure.
        apology = Bubble(format_response("utter_apology", language))
        turn_end.dead_letter(engine.driver(session), claim, reason, build_bodies([apology]))
