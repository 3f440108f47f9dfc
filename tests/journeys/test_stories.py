"""The stories of `rasa test` on the running bot: `make test-stories`.

Real actions, the real database, through the WhatsApp channel: the events that Rasa then has, the
step of `conversation_state`, and what is said. tests/journeys/stories.py has the format.
"""

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest

from shop.steps.steps import STEPS
from tests.journeys.play import Customer
from tests.journeys.shop import Shop
from tests.journeys.stack import Stack
from tests.journeys.stories import Step, Story, Turn, read_stories

AT_ONCE = 4
STORIES = read_stories()
# Rasa's own, which no story names.
OF_RASA = {"action_listen", "action_session_start"}
COFFEE = {"product": "coffee", "product_name": "Coffee", "price": 120, "quantity": 1}


class Actor:
    """Plays a story as one customer."""

    def __init__(self, customer: Customer, story: Story) -> None:
        self.customer = customer
        self.stack = customer.stack
        self.story = story
        self.last_event = 0

    def plays(self) -> None:
        if self.story.order:
            self._has_order(self.story.order)
        for deed in self.story.before:
            self.customer.does(**deed)
            self.customer.next_bubble()
            self._new_events()
        for turn in self.story.turns:
            self._plays(turn)

    def _plays(self, turn: Turn) -> None:
        message = self._does(turn.does)
        self.customer.message_becomes(message, "processed")
        if turn.is_silent:
            self.customer.sees_nothing_more(0.2)
        else:
            self.customer.sees(*turn.says)
        heard, came = as_steps(self._new_events())
        assert heard == turn.intent
        assert_story(turn.steps, came)
        self._is_where_it_says(came)

    def _does(self, deed: dict[str, Any]) -> str:
        """Taps what is offered; a tap that no bubble offers comes as one whose bubble is gone."""
        if "tap" in deed and not self._is_offered(deed["tap"]):
            reply = {"type": "button_reply", "button_reply": {"id": deed["tap"], "title": "Tap"}}
            deed = {"message": {"type": "interactive", "interactive": reply}}
        return self.customer.does(**deed)

    def _is_offered(self, reply_id: str) -> bool:
        chat = self.stack.control("GET", f"/customers/{self.customer.user_id}/chat")
        options = [option for bubble in chat["messages"] for option in bubble["options"]]
        return any(reply_id in (option["id"], option["title"]) for option in options)

    def _new_events(self) -> list[dict[str, Any]]:
        """Rasa's events since the last time."""
        rows = self.stack.rows(
            "SELECT id, data FROM events WHERE id > %s AND sender_id ="
            " (SELECT id::text FROM user_profiles WHERE user_id = %s) ORDER BY id",
            self.last_event,
            self.customer.user_id,
        )
        self.last_event = rows[-1]["id"] if rows else self.last_event
        return [json.loads(row["data"]) for row in rows]

    def _is_where_it_says(self, came: list[Step]) -> None:
        """`conversation_state` has the step that the slot has now, with its flow."""
        steps = [value[1] for kind, value in came if kind == "slot" and value[0] == "step"]
        if ("session", None) in came or (steps and steps[-1] is None):
            self.customer.is_nowhere()
        elif steps:
            self.customer.is_at(STEPS[steps[-1]].flow.name, steps[-1])

    def _has_order(self, number: str) -> None:
        self.stack.rows(
            "INSERT INTO orders (order_id, customer_phone, items, total, status)"
            " VALUES (%s, %s, %s, 120, 'preparing') ON CONFLICT (order_id) DO UPDATE"
            " SET customer_phone = excluded.customer_phone, customer_id = NULL",
            number,
            self.customer.phone,
            json.dumps([COFFEE]),
        )


def as_steps(events: list[dict[str, Any]]) -> tuple[str, list[Step]]:
    """The intent that was heard, and what came of it, as the steps of a story."""
    [heard] = [each for each in events if each["event"] == "user"]
    came: list[Step] = []
    for event in events[events.index(heard) + 1 :]:
        match event["event"]:
            case "action" if event["name"] not in OF_RASA:
                came.append(("action", event["name"]))
            case "active_loop":
                came.append(("active_loop", event["name"]))
            case "slot":
                came.append(("slot", (event["name"], event["value"])))
            case "session_started":
                came.append(("session", None))
    return heard["parse_data"]["intent"]["name"], came


def assert_story(expected: list[Step], came: list[Step]) -> None:
    """Just the story's actions ran; its forms and slots are among what came, in order."""
    assert of_kind("action", came) == of_kind("action", expected)
    left = iter(came)
    for step in expected:
        assert any(same(step, each) for each in left), f"{step} is missing in {came}"


def of_kind(kind: str, steps: list[Step]) -> list[Any]:
    return [value for each, value in steps if each == kind]


def same(expected: Step, found: Step) -> bool:
    """A slot's value as text: YAML has numbers where entities are words."""
    if expected[0] != "slot" or found[0] != "slot":
        return expected == found
    (name, wanted), (other, value) = expected[1], found[1]
    text = value.get("text") if isinstance(value, dict) else value
    return name == other and str(wanted) == str(text)


@pytest.fixture(scope="module")
def played(request: pytest.FixtureRequest, stack: Stack) -> Iterator[dict[str, Future[None]]]:
    """The stories of this run in the shop as it is, several at a time."""
    items = (item for item in request.session.items if item.path == request.path)
    chosen = [item.callspec.params["story"] for item in items if hasattr(item, "callspec")]
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        yield {
            str(story): pool.submit(Actor(Customer(stack, story.name[:60]), story).plays)
            for story in chosen
            if not story.changes_shop
        }
    finally:
        # Interrupted, the run does not wait for all that were to come.
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_story(story: Story, stack: Stack, shop: Shop, played: dict[str, Future[None]]) -> None:
    if not story.changes_shop:
        played[str(story)].result()
        return
    # Nobody else is ordering while the shop is another one.
    wait(played.values())
    shop.set(**story.shop) if story.shop else None
    for table, rows in story.rows.items():
        for row in rows:
            shop.add(table, **row)
    Actor(Customer(stack, story.name[:60]), story).plays()
