"""The end of a turn: all that it means is written and committed at once."""

from itertools import islice
from typing import Any

from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

from connectors import unclear
from connectors.event_log import write_events
from connectors.whatsapp import bubbles
from connectors.whatsapp.turn import Turn
from settings import crash_points
from shop import conversations, handover
from storage import engine
from storage.models import UserProfile
from trays import inbox


def commit_turn(tracker: DialogueStateTracker, turn: Turn) -> None:
    """Writes the tracker's new events, the conversation, the replies and "processed"; commits.

    What the turn's actions wrote is in the same transaction. Whoever takes the conversation over
    waits for this commit, or we for theirs: then the bot's words are not queued. The lane is locked
    before the customer, as everywhere (trays/queries.sql).

    Raises:
        Fenced: another worker has the message; nothing is committed.
    """
    session, claim = turn.unit.session, turn.claim
    customer = session.get_one(UserProfile, claim.customer_id)
    current = conversations.picture(tracker.current_slot_values())
    session.flush()
    connection = engine.driver(session)
    inbox.finish(connection, claim, [])
    new = islice(tracker.events, len(turn.start.events), None)
    write_events(connection, tracker.sender_id, new, turn.start.lag)
    conversations.write(session, customer, current)
    session.refresh(customer, with_for_update={"read": True})
    customer.language = turn.written or customer.language
    unclear.note(session, customer, tracker, claim)
    if not handover.is_with_person(customer, engine.now(session)):
        for position, body in enumerate(bubbles.bodies(turn.said)):
            inbox.enqueue(connection, customer.id, body, claim.row, position)
        conversations.keep_said_in(session, claim.row, said_in(tracker, current))
    crash_points.reach("before-turn-commit")
    turn.unit.commit()
    turn.committed = True
    crash_points.reach("after-turn-commit")


def said_in(tracker: DialogueStateTracker, current: conversations.Picture | None) -> dict[str, Any]:
    """The conversation as it stands; its session is named by the time at which it started."""
    started = [event for event in tracker.events if isinstance(event, SessionStarted)]
    session_id = str(started[-1].timestamp) if started else ""
    return (current or conversations.NOWHERE).in_session(session_id)
