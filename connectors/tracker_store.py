"""Rasa's tracker store on our database: it ends a turn in one commit."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session, sessionmaker

from connectors import unclear
from connectors.whatsapp import bubbles
from connectors.whatsapp.turn import Turn, current, failing_the_turn
from settings import crash_points
from shop import conversations, handover
from storage import engine
from storage.models import UserProfile
from storage.prepare import prepare
from trays import inbox


class PostgresTrackerStore(SQLTrackerStore):
    """Keeps trackers in `events`, as Rasa's own store does.

    Within a turn (connectors/whatsapp/turn.py) the tracker's events, `conversation_state`, the
    replies and "processed" on the message are one commit, and any error is TurnFailed.
    Without one (rasa shell, REST) it saves plainly.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        # Not the parent's: it would make an engine, and the table, of its own.
        TrackerStore.__init__(self, domain, event_broker, **kwargs)
        prepare(engine.database_url())
        self.engine = engine.engine()
        self.sessionmaker = sessionmaker(self.engine)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        with failing_the_turn():
            return await asyncio.to_thread(self._read, sender_id, fetch_events_from_all_sessions)

    def _read(self, sender_id: str, all_sessions: bool) -> DialogueStateTracker | None:
        with self.sessionmaker() as session:
            stored = self._event_query(session, sender_id, all_sessions)
            events = [json.loads(event.data) for event in stored]
            if not events or self.domain is None:
                return None
            tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
            if (turn := current.get()) and _is_over(session, tracker, turn):
                _age(tracker)
            return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Saves the new events; ends the turn with them when they hold its message.

        Raises:
            TurnFailed: within a turn, whatever went wrong; nothing was saved.
        """
        await self.stream_events(tracker)
        with failing_the_turn():
            await asyncio.to_thread(self._save, tracker, current.get())

    def _save(self, tracker: DialogueStateTracker, turn: Turn | None) -> None:
        # Rasa saves an empty tracker first for a customer who has none: that ends no turn.
        ends = turn is not None and any(
            isinstance(event, UserUttered) and event.message_id == turn.claim.message_id
            for event in tracker.events
        )
        with self.sessionmaker.begin() as session:
            session.add_all(self._new_rows(session, tracker))
            if turn and ends:
                _end(session, tracker, turn)
                crash_points.reach("before-turn-commit")
        if turn and ends:
            crash_points.reach("after-turn-commit")
            turn.committed = True

    def _new_rows(self, session: Session, tracker: DialogueStateTracker) -> Iterator[Any]:
        for event in list(self._additional_events(session, tracker)):
            data = event.as_dict()
            yield self.SQLEvent(
                sender_id=tracker.sender_id,
                type_name=event.type_name,
                timestamp=data.get("timestamp"),
                intent_name=data.get("parse_data", {}).get("intent", {}).get("name"),
                action_name=data.get("name"),
                data=json.dumps(data),
            )


def _is_over(session: Session, tracker: DialogueStateTracker, turn: Turn) -> bool:
    """Whether the conversation's picture was swept away, or made to expire by hand."""
    under_way = conversations.picture(tracker.current_slot_values()) is not None
    return under_way and conversations.is_over(session, turn.claim.customer_id)


def _age(tracker: DialogueStateTracker) -> None:
    """Lets Rasa see that the session has expired; what is stored stays as it is."""
    if heard := tracker.get_last_event_for(UserUttered):
        heard.timestamp = 0.0


def _end(session: Session, tracker: DialogueStateTracker, turn: Turn) -> None:
    """Writes what a finished turn means besides the tracker's events.

    Whoever takes the conversation over waits for this commit, or we for theirs: then the bot's
    words are not queued. The lane is locked before the customer, as `accept` does it.
    """
    claim = turn.claim
    customer = session.get_one(UserProfile, claim.customer_id)
    seen = conversations.picture(tracker.current_slot_values())
    conversations.write(session, customer, seen)
    session.flush()
    connection = engine.driver(session)
    inbox.finish(connection, claim, [])
    session.refresh(customer, with_for_update={"read": True})
    customer.language = turn.written or customer.language
    unclear.note(session, customer, tracker, claim)
    if handover.is_with_person(customer, engine.now(session)):
        return
    for position, body in enumerate(bubbles.bodies(turn.said)):
        inbox.enqueue(connection, customer.id, body, claim.row, position)
    conversations.keep_said_in(session, claim.row, said_in(tracker, seen))


def said_in(tracker: DialogueStateTracker, seen: conversations.Picture | None) -> dict[str, Any]:
    """The conversation as it stands; its session is named by the time at which it started."""
    started = [event for event in tracker.events if isinstance(event, SessionStarted)]
    session_id = str(started[-1].timestamp) if started else ""
    return (seen or conversations.NOWHERE).in_session(session_id)
