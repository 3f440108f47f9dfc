"""A copy of a tracker is what applying all its events again would make."""

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from connectors.tracker import ShopTracker

DOMAIN = Domain.from_yaml(
    "version: '3.1'\nslots:\n  cart: {type: any, mappings: [{type: custom}]}\n"
    "  step: {type: text, mappings: [{type: custom}]}\n"
)
EVENTS = [
    ActionExecuted("action_session_start"),
    SessionStarted(),
    ActionExecuted("action_listen"),
    UserUttered("2 coffees", {"name": "new_order"}, [], message_id="wamid.1"),
    ActionExecuted("action_new_order"),
    BotUttered("How many?"),
    SlotSet("cart", {"items": [1]}),
    ActiveLoop("quantity_form"),
    SlotSet("step", "quantity_input"),
    ActionExecuted("action_listen"),
    UserUttered("2", {"name": "inform_quantity"}, [], message_id="wamid.2"),
]


@pytest.mark.parametrize("count", range(len(EVENTS) + 1))
def test_a_copy_is_the_same(count: int) -> None:
    tracker = ShopTracker.from_events("somebody", EVENTS[:count], DOMAIN.slots)
    replayed = DialogueStateTracker.copy(tracker)
    copied = tracker.copy()
    assert isinstance(copied, ShopTracker)
    assert copied.current_state(EventVerbosity.ALL) == replayed.current_state(EventVerbosity.ALL)
    assert vars(copied).keys() == vars(replayed).keys()


def test_what_happens_to_a_copy_leaves_the_first_alone() -> None:
    tracker = ShopTracker.from_events("somebody", EVENTS, DOMAIN.slots)
    before = tracker.current_state(EventVerbosity.ALL)
    copied = tracker.copy()
    copied.update_with_events([SlotSet("step", "confirmation"), ActiveLoop(None)], DOMAIN)
    copied.update(ActionExecuted("action_listen"))
    copied.reject_action("quantity_form")
    assert tracker.current_state(EventVerbosity.ALL) == before
