"""The interrupt matrix (matrix.yml, trade_matrix.yml) as cells, and as docs/interrupts.md.

python -m tests.journeys.matrix > docs/interrupts.md
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from shop.steps.steps import STEPS

SOURCE = Path(__file__).with_name("matrix.yml")
# The steps of a shop that offers every way and takes orders ahead.
TRADE = Path(__file__).with_name("trade_matrix.yml")
FITTING = "the fitting answer"
NOWHERE = "nowhere"

TOP = """# What any message is answered with, wherever the customer is

Made from `tests/journeys/matrix.yml` (`python -m tests.journeys.matrix > docs/interrupts.md`);
`tests/journeys/test_interrupts.py` plays every cell on the running stack. The second half, from
`tests/journeys/trade_matrix.yml`, is of a shop that offers every way, takes orders six days ahead,
delivers to some PIN codes and sells juice in two sizes (`tests/journeys/test_trade_interrupts.py`).
`{order}` is an order of
the customer's that the shop is preparing, `{placed}` one that they placed on the way, `{latest}`
the last of these. `{unclear}` is something that the model is not sure about, most likely a common
question, `{guess}` the button that is this question; "…" are words left out, options stand in
brackets. What is not said does not happen: no order, no ticket.
"""


@dataclass(frozen=True)
class Cell:
    """One state of a conversation and one thing that a customer does in it."""

    state: str
    input: str
    reached: list[dict[str, Any]]
    before: list[dict[str, Any]]
    does: dict[str, Any]
    says: list[str]
    options: list[str] | None
    at: str
    cart: list[str] = field(default_factory=list)
    orders: int = 0
    tickets: int = 0
    terms: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.state}: {self.input}"


def cells(path: Path = SOURCE) -> list[Cell]:
    """Every cell of a matrix, state by state."""
    source = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [cell for name, state in source["states"].items() for cell in _row(source, name, state)]


def _row(source: dict[str, Any], name: str, state: dict[str, Any]) -> Iterator[Cell]:
    yield _cell(name, state, FITTING, {}, state[FITTING])
    unknown = set(state.get("but", {})) - set(source["inputs"])
    assert not unknown, f"{name} knows better about inputs that are none: {unknown}"
    for called, usual in source["inputs"].items():
        yield _cell(name, state, called, usual, state.get("but", {}).get(called, usual))


def _cell(
    name: str, state: dict[str, Any], called: str, usual: dict[str, Any], said: dict[str, Any]
) -> Cell:
    again, asks = said.get("asks again"), state["asks"]
    at = "same" if again else said["at"]
    return Cell(
        state=name,
        input=called,
        reached=state["reached"],
        before=usual.get("before", []),
        does=said.get("does") or usual["does"],
        says=[*said.get("says", []), *(asks["says"] if again else [])],
        options=asks["options"] if again else said.get("options"),
        at=state["at"] if at == "same" else at,
        cart=said.get("cart", state.get("cart", []) if at == "same" else []),
        orders=said.get("orders", 0),
        tickets=said.get("tickets", 0),
        terms=said.get("terms", {}),
    )


def place(at: str) -> str:
    """A step with its flow, as conversation_state says it."""
    return at if at == NOWHERE else f"{STEPS[at].flow.name} / {at}"


def document() -> str:
    """docs/interrupts.md: a table a state."""
    parts, state = [TOP], ""
    for cell in [*cells(), *cells(TRADE)]:
        if cell.state != state:
            state = cell.state
            reached = ", ".join(map(_deed, cell.reached))
            parts.append(f"\n## {state.capitalize()}\n\nReached so: {reached}.\n")
            parts.append("| what comes | the bubble | then at |\n|---|---|---|")
        parts.append(f"| {_came(cell)} | {_bubble(cell)} | {_then(cell)} |")
    return "\n".join(parts) + "\n"


def _came(cell: Cell) -> str:
    before = "".join(f"{_deed(deed)}, " for deed in cell.before)
    return f"**{cell.input}**: {before and f'({before}…) '}{_deed(cell.does)}"


def _deed(deed: dict[str, Any]) -> str:
    if "types" in deed:
        return f'types "{deed["types"]}"'
    if "taps" in deed:
        return f"taps *{deed['taps']}*" + (" on the old message" if "of" in deed else "")
    sent = deed["sends"]
    return f"sends {sent.get('type') or ', '.join(sent)}"


def _bubble(cell: Cell) -> str:
    words = " … ".join(cell.says)
    options = "" if cell.options is None else " ".join(f"[{title}]" for title in cell.options)
    return f"{words} {options}".strip()


def _then(cell: Cell) -> str:
    counts = ((cell.orders, "order"), (cell.tickets, "ticket"))
    made = [f"{count} {what}" for count, what in counts if count]
    cart = [f"cart: {', '.join(cell.cart)}"] if cell.cart else []
    terms = [f"{name.replace('_', ' ')}: {what}" for name, what in cell.terms.items()]
    return "; ".join([place(cell.at), *cart, *terms, *made])


if __name__ == "__main__":
    print(document(), end="")
