"""Ends a turn: writes all its results in one commit."""

from itertools import islice
from typing import Any

from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

from connectors import unclear
from connectors.event_log import write_events
from connectors.whatsapp.messages import bubbles
from connectors.whatsapp.turn.turn import Turn
from settings import crash_points
from shop.customers import conversations
from storage import engine
from trays import turn_end
from trays.messages import Fenced

# A turn and a take-over of the same customer by staff cannot overlap.
_LOCK_CUSTOMER = """
    SELECT coalesce(handed_over_until > clock_timestamp(), false) FROM user_profiles
    WHERE id = %s FOR SHARE
"""
# A customer has at most 20 tags, however many ads they come from.
_KEEP_TAG = """
    UPDATE user_profiles SET tags = array_append(tags, %(tag)s)
    WHERE id = %(id)s AND %(tag)s <> ALL (tags) AND cardinality(tags) < 20
"""
_KEEP_LANGUAGE = "UPDATE user_profiles SET language = %s WHERE id = %s"


def commit_turn(tracker: DialogueStateTracker, turn: Turn) -> None:
    """Writes the tracker's new events, the conversation, the replies and "processed"; commits.

    The actions wrote in the same transaction. Two round trips: the first locks the lane, then the
    customer, in the common lock order (trays/queries.sql), and writes everything but the replies;
    the second queues the replies, unless a person has the conversation.

    Raises:
        Fenced: another worker has the message; nothing is committed.
    """
    session, claim = turn.unit.session, turn.claim
    current = conversations.conversation_picture(tracker.current_slot_values())
    unclear.record_unclear(session, tracker, claim)
    session.flush()
    connection = engine.driver(session)
    with connection.pipeline():
        lane = turn_end.lock_lane(connection, claim)
        if turn.written:
            connection.execute(_KEEP_LANGUAGE, [turn.written, claim.customer_id])
        if turn.tag:
            connection.execute(_KEEP_TAG, {"tag": turn.tag, "id": claim.customer_id})
        customer = connection.execute(_LOCK_CUSTOMER, [claim.customer_id])
        new = islice(tracker.events, len(turn.start.events), None)
        write_events(connection, tracker.sender_id, new, turn.start.clock)
        conversations.write_conversation(connection, claim.customer_id, current)
    if lane.fetchone() is None:
        raise Fenced
    [is_with_person] = customer.fetchone() or [True]
    said = [] if is_with_person else bubbles.build_bodies(turn.said)
    crash_points.reach_crash_point("before-turn-commit")
    with connection.pipeline():
        turn_end.finish_message(connection, claim, said, said_in(tracker, current))
        connection.commit()
    turn.unit.commit()
    turn.committed = True
    crash_points.reach_crash_point("after-turn-commit")


def said_in(tracker: DialogueStateTracker, current: conversations.Picture | None) -> dict[str, Any]:
    """The current state of the conversation; its session is named by its start time."""
    started = [event for event in tracker.events if isinstance(event, SessionStarted)]
    session_id = str(started[-1].timestamp) if started else ""
    return (current or conversations.NOWHERE).in_session(session_id)
