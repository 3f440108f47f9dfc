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
from tests.journeys.play import Customer, wait_until_understood
from tests.journeys.shop import Shop
from tests.journeys.stack import Stack
from tests.journeys.stories import Step, Story, Turn, read_stories

AT_ONCE = 4
STORIES = read_stories()
# Which of the two it is, each training decides anew; both get the same answer.
NOT_UNDERSTOOD = {"nlu_fallback", "out_of_scope"}
# Rasa's own, which no story names.
OF_RASA = {"action_listen", "action_session_start"}
NEW_SESSION: Step = ("session", None)
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
            self.customer.last = self.customer.next_bubble()
            self._new_events()
        for turn in self.story.turns:
            self._plays(turn)

    def _plays(self, turn: Turn) -> None:
        if turn.sold_out:
            sell_out(self.stack, turn.sold_out)
        message = self._does(turn.does)
        self.customer.message_becomes(message, "processed")
        if turn.is_silent:
            self.customer.sees_nothing_more(0.2)
        else:
            self.customer.sees(*turn.says)
        heard, came = as_steps(self._new_events())
        assert heard == turn.intent or {heard, turn.intent} <= NOT_UNDERSTOOD
        assert_story(turn.steps, came)
        self._is_where_it_says(came)

    def _does(self, deed: dict[str, Any]) -> str:
        """Taps what is offered; a tap that no bubble offers comes as one whose bubble is gone."""
        if "choose" in deed:
            deed = {"tap": self.customer.last["options"][deed["choose"] - 1]["id"]}
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
        moves = [each for each in came if each == NEW_SESSION or is_step(each)]
        step = moves[-1][1][1] if moves and is_step(moves[-1]) else None
        if step:
            self.customer.is_at(STEPS[step].flow.name, step)
        elif moves:
            self.customer.is_nowhere()

    def _has_order(self, number: str) -> None:
        self.stack.rows(
            "INSERT INTO orders (order_id, customer_phone, items, total, status)"
            " VALUES (%s, %s, %s, 120, 'pending') ON CONFLICT (order_id) DO UPDATE"
            " SET customer_phone = excluded.customer_phone, customer_id = NULL,"
            " status = excluded.status",
            number,
            self.customer.phone,
            json.dumps([COFFEE]),
        )


def sell_out(stack: Stack, *products: str) -> None:
    """Just these products are sold out."""
    stack.rows("UPDATE products SET is_available = NOT sku = ANY(%s)", list(products))


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
                came.append(NEW_SESSION)
    return heard["parse_data"]["intent"]["name"], came


def assert_story(expected: list[Step], came: list[Step]) -> None:
    """Just the story's actions ran, and each did to forms and slots what the story says."""
    wanted, found = by_action(expected), by_action(came)
    assert [name for name, _ in found] == [name for name, _ in wanted]
    for (name, steps), (_, done) in zip(wanted, found, strict=True):
        missing = [step for step in steps if not any(same(step, each) for each in done)]
        assert not missing, f"{name}: {missing} are missing in {done}"


def by_action(steps: list[Step]) -> list[tuple[str, list[Step]]]:
    """The forms and slots that each action changes; "" before the first one."""
    parts: list[tuple[str, list[Step]]] = [("", [])]
    for step in steps:
        if step[0] == "action":
            parts.append((step[1], []))
        else:
            parts[-1][1].append(step)
    return parts


def is_step(step: Step) -> bool:
    """Whether the slot `step` is set."""
    return step[0] == "slot" and step[1][0] == "step"


def same(expected: Step, found: Step) -> bool:
    """Whether it is what the story says. Values are compared as text: YAML has numbers where
    entities are words. A new session closes every form and empties every slot.
    """
    if found == NEW_SESSION:
        return expected in (("active_loop", None), ("slot", ("requested_slot", None)))
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
            if not story.is_played_alone and not story.only_predicted
        }
    finally:
        # Interrupted, the run does not wait for all that were to come.
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_story(story: Story, stack: Stack, shop: Shop, played: dict[str, Future[None]]) -> None:
    if story.only_predicted:
        pytest.skip(story.only_predicted)
    if not story.is_played_alone:
        played[str(story)].result()
        return
    # Nobody else is ordering while the shop is another one.
    wait(played.values())
    if story.shop:
        shop.set(**story.shop)
    if story.closed:
        shop.closed_now()
    added = [(table, row) for table, rows in story.rows.items() for row in rows]
    try:
        shop.add_all(added)
        for product in story.rows.get("products", []):
            wait_until_understood(stack, product["name"])
        Actor(Customer(stack, story.name[:60]), story).plays()
    finally:
        sell_out(stack)
        for table, row in reversed(added):
            shop.remove(table, **row)
