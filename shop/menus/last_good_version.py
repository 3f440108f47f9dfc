"""Decides whether a menu can be shown, and which older version is shown if not."""

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from shop.menus.blanks import drop_blanks
from shop.whatsapp.json_parts import as_mapping
from shop.whatsapp.validation.interactive import find_refusals

Interactive = dict[str, Any]
Leads = Callable[[str], bool]


class Written(Protocol):
    """A menu in the table, or a version of it; its JSON may be anything."""

    @property
    def template_name(self) -> str: ...
    @property
    def template_type(self) -> str: ...
    @property
    def trigger_keywords(self) -> Sequence[Any]: ...
    @property
    def menu_structure(self) -> Any: ...
    @property
    def translations(self) -> Any: ...


@dataclass(frozen=True)
class Menu:
    """A menu that can be shown: every part is of its kind and within WhatsApp's limits.

    It may have more options than one message takes: they are laid out as pages.
    """

    template_name: str
    template_type: str
    trigger_keywords: tuple[str, ...]
    menu_structure: Interactive
    translations: Mapping[str, Interactive]


@dataclass(frozen=True)
class Verdict:
    """The menu to show (None: nothing), and the reasons if it differs from the row."""

    menu: Menu | None
    reasons: tuple[str, ...] = ()


def judge_menu(
    written: Written,
    leads: Leads,
    history: Callable[[], Iterable[Written]],
    *,
    fills_itself: bool = False,
) -> Verdict:
    """The menu as it is shown.

    history: its versions from the oldest, called only if it cannot be shown as written; the last
    valid one is used. New dead links make a version invalid; old dead links are removed.
    fills_itself: whether rows are added to it, as new products to the catalogue; then it is shown
    even if none of the written rows is left.
    """
    reasons = tuple(_reasons(written, leads))
    menu = _sound(written)
    if menu is None or _dead_ends(menu.menu_structure, leads):
        menu = _last_fit([*history(), written], leads) or (menu if fills_itself else None)
    return Verdict(menu and _without_dead_ends(menu, leads), reasons)


def list_menu_options(interactive: Interactive) -> list[dict[str, Any]]:
    """The options of a valid menu, in order: each has an `id` and a `title`."""
    action = interactive.get("action", {})
    replies = [button.get("reply", {}) for button in action.get("buttons", [])]
    rows = [row for section in action.get("sections", []) for row in section.get("rows", [])]
    return [option for option in [*replies, *rows] if "id" in option]


def keep_options(interactive: Interactive, kept: Callable[[dict[str, Any]], bool]) -> None:
    """Removes the options that are not kept, and sections that become empty."""
    action = interactive.get("action", {})
    if "buttons" in action:
        action["buttons"] = [each for each in action["buttons"] if kept(each.get("reply", {}))]
    for section in action.get("sections", []):
        section["rows"] = [row for row in section.get("rows", []) if kept(row)]
    if "sections" in action:
        action["sections"] = [section for section in action["sections"] if section["rows"]]


def add_row(interactive: Interactive, section: str, row: dict[str, str]) -> None:
    """Adds a row to the section with this title, at the end.

    A menu of buttons gets a button; one that only opens a flow stays as it is.
    """
    action = interactive["action"]
    if "buttons" in action:
        reply = {"id": row["id"], "title": row["title"]}
        action["buttons"].append({"type": "reply", "reply": reply})
    if "sections" not in action:
        return
    last = next((each for each in action["sections"] if each.get("title") == section), None)
    if last is None:
        action["sections"].append(last := {"title": section, "rows": []})
    last["rows"].append(row)


def _last_fit(versions: Iterable[Written], leads: Leads) -> Menu | None:
    last = None
    for menu in filter(None, map(_sound, versions)):
        dead = _dead_ends(menu.menu_structure, leads)
        if last is None:
            last = (
                menu
                if len(dead) < len(list_menu_options(menu.menu_structure)) or not dead
                else None
            )
        elif dead <= _dead_ends(last.menu_structure, leads):
            last = menu
    return last


def _sound(written: Written) -> Menu | None:
    """The menu, if WhatsApp would take it."""
    structure, _ = _checked(written.menu_structure, written.template_type)
    if structure is None:
        return None
    translations = as_mapping(written.translations).items()
    translated = {code: _checked(each, written.template_type)[0] for code, each in translations}
    return Menu(
        template_name=written.template_name,
        template_type=written.template_type,
        trigger_keywords=tuple(word for word in written.trigger_keywords if isinstance(word, str)),
        menu_structure=structure,
        translations={code: each for code, each in translated.items() if each},
    )


def _without_dead_ends(menu: Menu, leads: Leads) -> Menu:
    for interactive in (menu.menu_structure, *menu.translations.values()):
        keep_options(interactive, lambda option: leads(option["id"]))
    return menu


def _reasons(written: Written, leads: Leads) -> Iterator[str]:
    """Everything that keeps the menu from being shown as written."""
    yield from _faults(written.menu_structure, written.template_type, leads)
    if not isinstance(written.translations, Mapping):
        yield "translations must be an object"
    for code, translated in as_mapping(written.translations).items():
        faults = _faults(translated, written.template_type, leads)
        yield from (f"{code}: {fault}" for fault in faults)


def _faults(interactive: object, kind: str, leads: Leads) -> Iterator[str]:
    whole, refusals = _checked(interactive, kind)
    yield from refusals
    if whole is not None:
        yield from (f"“{end}” leads nowhere" for end in sorted(_dead_ends(whole, leads)))


def _checked(interactive: object, kind: str) -> tuple[Interactive | None, list[str]]:
    """The complete object, with the row's type if it names none; else why WhatsApp refuses it."""
    if not isinstance(interactive, Mapping):
        return None, ["the menu must be an object"]
    whole: Interactive = {"type": kind, **copy.deepcopy(interactive)}
    drop_blanks(whole)
    if refusals := [str(each.as_error()) for each in find_refusals(whole, counts=False)]:
        return None, refusals
    # Data for menus of another type is not checked, since it is not sent.
    for name, owner in (("buttons", "button"), ("sections", "list")):
        if whole["type"] != owner:
            whole["action"].pop(name, None)
    return whole, []


def _dead_ends(interactive: Interactive, leads: Leads) -> set[str]:
    return {option["id"] for option in list_menu_options(interactive) if not leads(option["id"])}
