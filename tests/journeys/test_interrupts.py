"""The interrupt matrix, cell by cell: one sensible bubble, the right place, nothing by accident."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from settings import ROOT
from shop.language.responses import format_response
from tests.journeys import matrix, unclear
from tests.journeys.matrix import Cell
from tests.journeys.play import Customer
from tests.journeys.stack import Stack
from tests.journeys.unclear import asks_a_question, guesses

AT_ONCE = 6

VERBS = {"types": "text", "taps": "tap"}


class Player:
    """Plays the deeds of a cell as one customer; knows the numbers of their orders."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.order = f"ORD-{customer.phone[-9:]}"
        self.kept = ""
        customer.stack.rows(
            "INSERT INTO orders (order_id, customer_phone, items, total, status, created_at)"
            " VALUES (%s, %s, %s, 120, 'preparing', now() - interval '1 day')",
            self.order,
            customer.phone,
            '[{"product": "coffee", "product_name": "Coffee", "price": 120, "quantity": 1}]',
        )

    def plays(self, deed: dict[str, Any]) -> str:
        """Does it and waits for the bubble; returns the id of the customer's message."""
        done = self.customer.does(**self._as_control(deed))
        bubble = self.customer.next_bubble()
        self.customer.last = bubble
        if deed.get("keep"):
            self.kept = bubble["id"]
        return done

    def new_orders(self) -> list[dict[str, Any]]:
        return [one for one in self.customer.orders() if one["order_id"] != self.order]

    def named(self, words: str) -> str:
        """The words with the customer's own order numbers in them."""
        orders = {"{order}": self.order}
        if "{unclear}" in words or "{guess}" in words:
            orders |= {"{unclear}": unclear.asks(asks_a_question), "{guess}": first_guess()}
        if "{placed}" in words or "{latest}" in words:
            placed = [order["order_id"] for order in self.new_orders()]
            orders |= {"{placed}": placed[0], "{latest}": placed[-1]}
        for name, number in orders.items():
            words = words.replace(name, number)
        return words

    def _as_control(self, deed: dict[str, Any]) -> dict[str, Any]:
        if "sends" in deed:
            return dict(deed["sends"])
        [said] = {VERBS[verb]: self.named(deed[verb]) for verb in VERBS if verb in deed}.items()
        return dict([said]) | ({"on": self.kept} if "of" in deed else {})


@pytest.fixture(scope="module")
def played(request: pytest.FixtureRequest, stack: Stack) -> Iterator[dict[str, Future[None]]]:
    """The cells of this run, several at a time: a customer mostly waits for the bubble."""
    items = (item for item in request.session.items if item.path == request.path)
    chosen = [item.callspec.params["cell"] for item in items if hasattr(item, "callspec")]
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        yield {str(cell): pool.submit(play, cell, Customer(stack, str(cell))) for cell in chosen}
    finally:
        # Interrupted, the run does not wait for all that were to come.
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("cell", matrix.cells(), ids=str)
def test_every_cell(played: dict[str, Future[None]], cell: Cell) -> None:
    played[str(cell)].result()


def play(cell: Cell, asha: Customer) -> None:
    """Goes there, does it, and looks at the bubble and at the tables."""
    player = Player(asha)
    for deed in [*cell.before, *cell.reached]:
        player.plays(deed)
    orders, made = len(asha.orders()), len(asha.tickets())
    message = player.plays(cell.does)

    text = asha.last["text"]
    for words in cell.says:
        assert player.named(words) in text
    if cell.options is not None:
        assert titles(asha) == [player.named(title) for title in cell.options]
    assert where(asha) == (matrix.place(cell.at), cell.cart)
    assert len(asha.orders()) - orders == cell.orders
    assert len(asha.tickets()) - made == cell.tickets
    assert answers_to(asha, message) == 1


def test_the_document_is_in_step() -> None:
    written = (ROOT / "docs" / "interrupts.md").read_text(encoding="utf-8")
    assert written == matrix.document(), "python -m tests.journeys.matrix > docs/interrupts.md"


def first_guess() -> str:
    """What the button says that is most likely meant."""
    text = unclear.asks(asks_a_question)
    [parsed] = [one for one in unclear.understood("en") if one["text"] == text]
    return format_response(f"utter_meant_{guesses(parsed)[0]}")


def titles(customer: Customer) -> list[str]:
    return [option["title"] for option in customer.last.get("options") or []]


def where(customer: Customer) -> tuple[str, list[str]]:
    """Where the customer is, and the lines of the cart there: `coffee 2`."""
    state = customer.state()
    if not state:
        return matrix.NOWHERE, []
    [row] = state
    context = row["context"]
    items = context.get("items") or ([context] if "product" in context else [])
    lines = [f"{item['product']} {item.get('quantity') or ''}".strip() for item in items]
    return f"{row['conversation_flow']} / {row['current_step']}", lines


def answers_to(customer: Customer, message: str) -> int:
    """How many messages we sent because of this one."""
    return len(
        customer.stack.rows(
            "SELECT 1 FROM whatsapp_messages AS said JOIN whatsapp_messages AS heard"
            " ON said.cause_id = heard.id WHERE heard.message_id = %s",
            message,
        )
    )
