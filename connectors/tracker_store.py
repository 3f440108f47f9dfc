"""Rasa's tracker store on our database; saving a tracker commits the whole turn."""

import asyncio
from itertools import islice
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session, sessionmaker

from connectors import processor
from connectors.event_log import EventData, read_events, write_events
from connectors.tracker import ShopTracker
from connectors.whatsapp.turn.commit import commit_turn
from connectors.whatsapp.turn.turn import Turn, current, failing_the_turn
from shop.customers import conversations
from shop.language.own_words import use_own_words
from storage import engine
from storage.prepare import prepare_database

processor.install_processor()


class PostgresTrackerStore(SQLTrackerStore):
    """Keeps trackers in `events`, as Rasa's own store does.

    Within a turn (connectors/whatsapp/turn/turn.py) it reads nothing itself, and the tracker's
    events, what the actions wrote, `conversation_state`, the replies and "processed" on the
    message are one commit; any error is TurnFailed. Outside a turn (rasa shell, REST) it
    reads and saves like Rasa's own.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        # Not the parent's `__init__`, which would create its own engine and table.
        TrackerStore.__init__(self, domain, event_broker, **kwargs)
        prepare_database(engine.database_url(), with_backup=True)
        self.engine = engine.engine()
        use_own_words(self.engine)
        self.sessionmaker = sessionmaker(self.engine)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        turn = current.get()
        if turn is not None:
            with failing_the_turn():
                return self._in_turn(sender_id, turn)
        events = await asyncio.to_thread(
            self._read_events, sender_id, fetch_events_from_all_sessions
        )
        return self._tracker(sender_id, events)

    def _in_turn(self, sender_id: str, turn: Turn) -> DialogueStateTracker | None:
        tracker = self._tracker(sender_id, turn.start.events)
        if tracker and _is_over(tracker, turn):
            _age(tracker)
        return tracker

    def _read_events(self, sender_id: str, all_sessions: bool) -> list[EventData]:
        with self.sessionmaker() as session:
            events, _ = read_events(engine.driver(session), sender_id, all_sessions=all_sessions)
            return events

    def _tracker(self, sender_id: str, events: list[EventData]) -> DialogueStateTracker | None:
        if not events or self.domain is None:
            return None
        return ShopTracker.from_dict(sender_id, events, self.domain.slots)

    def init_tracker(self, sender_id: str) -> DialogueStateTracker:
        """A tracker without events."""
        history = self.max_event_history
        return ShopTracker(sender_id, self.domain.slots if self.domain else None, history)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Saves the new events; ends the turn with them when they hold its message.

        Raises:
            TurnFailed: within a turn, whatever went wrong; nothing was saved.
        """
        await self.stream_events(tracker)
        turn = current.get()
        if turn is None:
            await asyncio.to_thread(self._save, tracker)
        elif _holds_message(tracker, turn.claim.message_id):
            with failing_the_turn():
                commit_turn(tracker, turn)
        # Otherwise Rasa saves the empty tracker of a new customer: that does not end the turn.

    def _save(self, tracker: DialogueStateTracker) -> None:
        with self.sessionmaker.begin() as session:
            self._append(session, tracker)

    def _append(self, session: Session, tracker: DialogueStateTracker) -> None:
        connection = engine.driver(session)
        stored, clock = read_events(connection, tracker.sender_id)
        new = islice(tracker.events, len(stored), None)
        write_events(connection, tracker.sender_id, new, clock)


def _holds_message(tracker: DialogueStateTracker, message_id: str) -> bool:
    return any(
        isinstance(event, UserUttered) and event.message_id == message_id
        for event in reversed(tracker.events)
    )


def _is_over(tracker: DialogueStateTracker, turn: Turn) -> bool:
    """Whether the conversation's row was deleted as expired, or made to expire by hand."""
    was_under_way = conversations.conversation_picture(tracker.current_slot_values()) is not None
    return was_under_way and not turn.start.is_under_way


def _age(tracker: DialogueStateTracker) -> None:
    """Makes the session look expired to Rasa; stored events do not change."""
    if last := tracker.get_last_event_for(UserUttered):
        last.timestamp = 0.0
