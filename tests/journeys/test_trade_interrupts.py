"""The interrupt matrix of the steps of trade, cell by cell, with the real model in one process."""

from typing import Any

import pytest

from tests.journeys import matrix
from tests.journeys.matrix import Cell
from tests.journeys.one_process import OneProcess, Person

SHOP = """
    UPDATE shop_settings SET fulfilment = '{pickup,delivery,dine_in}', order_ahead_days = 6;
    INSERT INTO delivery_zones (name, postcodes) VALUES ('City', '{5600*,7000*}');
    INSERT INTO option_groups (id, name, minimum) VALUES (901, 'Size', 1);
    INSERT INTO options (id, group_id, name, price, position)
        VALUES (911, 901, 'Small', 0, 1), (912, 901, 'Large', 50, 2);
    INSERT INTO product_option_groups (sku, group_id) VALUES ('juice', 901);
"""


@pytest.fixture(scope="module")
def trading(one_process: OneProcess) -> OneProcess:
    for statement in SHOP.split(";"):
        if statement.strip():
            one_process.rows(statement)
    return one_process


@pytest.mark.parametrize("cell", matrix.cells(matrix.TRADE), ids=str)
def test_every_cell(trading: OneProcess, cell: Cell) -> None:
    asha = Person(trading)
    kept = None
    for deed in [*cell.before, *cell.reached]:
        plays(asha, deed)
        kept = asha.said[-1] if deed.get("keep") else kept
    orders, tickets = len(asha.orders()), len(asha.tickets())
    plays(asha, cell.does, kept)

    for words in cell.says:
        assert words in asha.text
    if cell.options is not None:
        assert offers(asha.titles, cell.options), asha.titles
    assert where(asha) == (matrix.place(cell.at), cell.cart)
    context = asha.state().get("context", {})
    assert {name: context.get(name) for name in cell.terms} == cell.terms
    assert len(asha.orders()) - orders == cell.orders
    assert len(asha.tickets()) - tickets == cell.tickets


@pytest.mark.parametrize(
    "answers",
    [
        [{"taps": "🛍️ Pick up"}],
        [{"taps": "🛵 Delivery"}, {"types": "flat 9, 45 Park Street, Kolkata 700016"}],
        [{"taps": "🛵 Delivery"}, {"types": "thanks"}, {"types": "flat 9, 45 Park Street 700016"}],
        [{"taps": "🍽️ Eat here"}, {"types": "5"}],
    ],
)
@pytest.mark.parametrize(
    "asked",
    [
        ["2 coffees tomorrow at 6 pm"],
        ["2 coffees", "tomorrow at 6 pm"],
        ["2 juices, tomorrow 6 pm", "TAP"],
    ],
)
def test_a_time_that_was_said_first_stands_in_the_summary(
    trading: OneProcess, asked: list[str], answers: list[dict[str, Any]]
) -> None:
    """Said for tomorrow: today's six o'clock may be too near to deliver."""
    asha = Person(trading)
    for words in asked:
        plays(asha, {"taps": "Large ₹140"} if words == "TAP" else {"types": words})
    for answer in answers:
        plays(asha, answer)
    assert asha.state()["current_step"] == "confirmation"
    assert "6:00 PM" in asha.text


def plays(asha: Person, deed: dict[str, Any], kept: Any = None) -> None:
    if "types" in deed:
        asha.types(deed["types"])
    elif "taps" in deed:
        asha.taps(deed["taps"], on=kept if "of" in deed else None)
    else:
        asha.sends(deed["sends"])


def offers(titles: list[str], options: list[str]) -> bool:
    """Whether these are the first options, by how they begin; none where none is named."""
    if not options:
        return titles == []
    begin = zip(titles, options, strict=False)
    return len(titles) >= len(options) and all(title.startswith(each) for title, each in begin)


def where(asha: Person) -> tuple[str, list[str]]:
    """Where somebody is, and the lines of the cart there: `coffee 2`."""
    state = asha.state()
    if not state:
        return matrix.NOWHERE, []
    context = state["context"]
    items = context.get("items") or ([context] if "product" in context else [])
    lines = [f"{item['product']} {item.get('quantity') or ''}".strip() for item in items]
    return f"{state['conversation_flow']} / {state['current_step']}", lines
