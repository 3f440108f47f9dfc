"""The graph of links between active menus, and which menus can be reached."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.menus.last_good_version import Written
from shop.taps.meanings import Meaning, reply_meaning
from shop.taps.menu_names import CATALOGUE, MAIN, SUPPORT, for_everybody
from storage.models import Product, WorkflowTemplate

Interactive = dict[str, Any]

# The bot itself opens these: for a greeting, an order, a request for help.
BUILT_IN = (MAIN, CATALOGUE, SUPPORT)


class Menu(Written, Protocol):
    """A menu as it is, was, or might become."""

    @property
    def is_active(self) -> bool: ...


@dataclass(frozen=True)
class Link:
    """One option: `path` is its field in the editor, `menu` the menu that it opens, if any."""

    path: str
    title: str
    reply_id: str
    resolves: bool
    menu: str | None


@dataclass(frozen=True)
class Node:
    """An active menu with what can be tapped on it."""

    name: str
    keywords: tuple[str, ...]
    links: tuple[Link, ...]


MenuMap = Mapping[str, Node]


def draw_link_map(session: Session, candidate: Menu | None = None) -> MenuMap:
    """The current map, or the map as if the candidate had replaced the menu of its name."""
    active = session.scalars(select(WorkflowTemplate).where(WorkflowTemplate.is_active))
    shown: dict[str, Menu] = {menu.template_name: menu for menu in active}
    if candidate:
        shown.pop(candidate.template_name, None)
        if candidate.is_active:
            shown[candidate.template_name] = candidate
    skus = frozenset(session.scalars(select(Product.sku)))
    return {
        name: Node(name, tuple(menu.trigger_keywords), tuple(_links(menu, shown, skus)))
        for name, menu in sorted(shown.items())
    }


def leads_anywhere(session: Session, candidate: Menu) -> Callable[[str], bool]:
    """Whether a reply id would have a target if the candidate were published."""
    names, skus = (
        frozenset(draw_link_map(session, candidate)),
        frozenset(session.scalars(select(Product.sku))),
    )
    return lambda reply_id: reply_meaning(reply_id, names, skus) is not None


def reachable_menus(drawn: MenuMap) -> set[str]:
    """The menus that a customer can come to, by a keyword, by the bot or by tapping.

    The menu of a tier stands in for the one for everybody.
    """
    waiting = [name for name, node in drawn.items() if node.keywords or name in BUILT_IN]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [link.menu for link in drawn[name].links if link.menu]
            waiting += [other for other in drawn if for_everybody(other) == name]
    return found


def leading_to(drawn: MenuMap, name: str) -> list[str]:
    """The other menus with an option that opens this one."""
    return [
        node.name
        for node in drawn.values()
        if node.name != name and any(link.menu == name for link in node.links)
    ]


def option_paths(interactive: object) -> Iterable[tuple[str, dict[str, str]]]:
    """Every option with an id, and its field in the editor; tolerates malformed JSON."""
    action = _object(_object(interactive).get("action"))
    for number, button in enumerate(_objects(action.get("buttons"))):
        yield f"button.{number}", _object(button.get("reply"))
    for number, section in enumerate(_objects(action.get("sections"))):
        for place, row in enumerate(_objects(section.get("rows"))):
            yield f"section.{number}.row.{place}", row


def _links(menu: Menu, shown: Mapping[str, Menu], skus: frozenset[str]) -> Iterable[Link]:
    for path, option in option_paths(menu.menu_structure):
        reply_id = option.get("id")
        if isinstance(reply_id, str) and reply_id.strip():
            means = reply_meaning(reply_id, shown, skus)
            opens = _menu_opened(means) if means else None
            named = opens if opens in shown else None
            yield Link(path, str(option.get("title", "")), reply_id, means is not None, named)


def _menu_opened(means: Meaning) -> str | None:
    """The menu that the meaning opens; None if it has an entity such as a product."""
    if means.intent == "show_menu":
        return means.entities.get("menu", MAIN)
    return None if means.entities else _OPENS.get(means.intent)


_OPENS = {"greet": MAIN, "start": MAIN, "new_order": CATALOGUE, "support": SUPPORT}


def _object(value: object) -> dict[str, str]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[dict[str, str]]:
    return [_object(one) for one in value] if isinstance(value, list) else []
