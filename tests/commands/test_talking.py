"""Commands at which somebody types: `rasa shell`, `rasa shell nlu`, `rasa interactive`."""

import pytest
from sqlalchemy.orm import Session

from benchmarks.machine import free_port
from storage.models import Order
from tests.commands.running import Terminal
from tests.integration.shop.orders.trading import settle

_SECOND = "\x1b[B"  # the arrow down, in a list of answers


@pytest.fixture
def delivering(database_url: str, session: Session) -> Session:
    """A shop whose orders are fetched or brought."""
    settle(session, fulfilment=["pickup", "delivery"])
    session.commit()
    return session


def test_shell(database_url: str, delivering: Session) -> None:
    """The bot answers with the words that customers get, its buttons as a list to choose from; an
    order that is brought is asked for its way and its address, and placed."""
    with Terminal("shell", "--port", str(free_port()), database_url=database_url) as terminal:
        terminal.shows("Bot loaded")
        terminal.types("2 coffees")
        terminal.shows("How would you like to get your order?")
        terminal.shows("Type out your own message")
        terminal.types(_SECOND)
        terminal.shows("Where shall we bring your order?")
        terminal.types("flat 4, 12 MG Road 560001")
        terminal.shows("Delivery to flat 4, 12 MG Road 560001")
        terminal.shows("Type out your own message")
        terminal.types("")
        terminal.shows("Order Confirmed!")
        terminal.types("goodbye")
        terminal.shows("Goodbye")
        terminal.types("/stop")
        assert terminal.ends() == 0
    [order] = delivering.query(Order).all()
    assert (order.fulfilment, order.items[0]["quantity"]) == ("delivery", 2)
    assert (order.address or {})["postcode"] == "560001"


def test_shell_nlu(database_url: str) -> None:
    """What a message is understood as is shown as JSON."""
    with Terminal("shell", "nlu", "-m", "models", database_url=database_url) as terminal:
        terminal.shows("NLU model loaded")
        terminal.types("2 coffees please")
        terminal.shows('"name": "new_order"')
        terminal.shows('"value": "coffee"')


def test_interactive(database_url: str) -> None:
    """A message is typed, its intent is asked about, and the next action is shown."""
    told = ("interactive", "--model", "models", "--port", str(free_port()))
    with Terminal(*told, "--skip-visualization", database_url=database_url) as terminal:
        terminal.shows("Bot loaded")
        terminal.types("good morning")
        terminal.shows("greet")
        terminal.types("")
        terminal.shows("action_show_menu")
