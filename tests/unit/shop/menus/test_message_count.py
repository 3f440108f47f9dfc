"""Menus that add a message are warned of, and only these: as they are really sent."""

import pytest

from connectors.whatsapp.messages.bubbles import build_bodies
from connectors.whatsapp.messages.speech import Bubble
from shop.menus.editing.message_count import more_messages

PICTURE = {"type": "image", "image": {"link": "https://shop.example/menu.jpg"}}


def buttons(count, header=None):
    replies = [{"type": "reply", "reply": {"id": f"p{n}", "title": f"Dish {n}"}}
               for n in range(count)]  # fmt: skip
    menu = {"type": "button", "body": {"text": "Choose"}, "action": {"buttons": replies}}
    return menu | ({"header": header} if header else {})


def rows(count):
    each = [{"id": f"p{n}", "title": f"Dish {n}"} for n in range(count)]
    action = {"button": "Open", "sections": [{"title": "All", "rows": each}]}
    return {"type": "list", "body": {"text": "Choose"}, "action": action}


def messages_of(menu, key="main_menu"):
    """How many messages it takes until every option was shown."""
    bodies, page, shown = [], 1, set()
    while True:
        sent = build_bodies([Bubble(interactive=menu, more=key, page=page)])
        new = {option for option in _ids(sent) if not option.startswith("more:")} - shown
        if not new:
            return len(bodies)
        bodies, page, shown = bodies + sent, page + 1, shown | new


def _ids(bodies):
    for body in bodies:
        action = body.get("interactive", {}).get("action", {})
        yield from (button["reply"]["id"] for button in action.get("buttons", ()))
        yield from (row["id"] for each in action.get("sections", ()) for row in each["rows"])


@pytest.mark.parametrize(
    ("menu", "places"),
    [
        (buttons(3), []),
        (buttons(3, PICTURE), []),
        (buttons(4), []),
        (buttons(4, PICTURE), ["header"]),
        (buttons(4, {"type": "text", "text": "Today"}), []),
        (rows(10), []),
        (rows(11), ["sections"]),
        (rows(30), ["sections"]),
        ({}, []),
    ],
)
def test_what_adds_a_message_is_warned_of(menu, places):
    found = dict(more_messages(menu))
    assert list(found) == places
    sent = messages_of(menu) if menu else 1
    assert (sent > 1) == bool(found)
    if "sections" in found:
        assert f"take up to {sent} messages" in found["sections"]
