"""Translations of menus: the same menu with other texts, by the fields of the editor."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from shop.menus.last_good_version import Interactive
from shop.menus.link_map import option_paths
from shop.menus.shape import shape_menu
from shop.whatsapp.json_parts import as_mapping, as_sequence

Words = Mapping[str, str]


def translated_words(translated: object, menu: Interactive) -> dict[str, str]:
    """A translation's texts, by the fields of the original menu.

    Options are matched by target, so they may have moved since.
    """
    said, own = shape_menu(translated), shape_menu(menu)
    found = dict(_frame(said))
    options = {option["id"]: option for _, option in option_paths(said)}
    for path, option in option_paths(own):
        for part in ("title", "description"):
            if text := options.get(option["id"], {}).get(part):
                found[f"{path}.{part}"] = text
    titles = [section.get("title") for section in as_sequence(said["action"].get("sections"))]
    if len(titles) == len(as_sequence(own["action"].get("sections"))):
        found |= {f"section.{place}.title": title for place, title in enumerate(titles) if title}
    return found


def reword_menu(menu: Interactive, words: Words) -> Interactive:
    """The menu with these texts; fields without one keep the original."""
    made = copy.deepcopy(menu)
    for node, key, path in _texts(made):
        if words.get(path):
            node[key] = words[path]
    return made


def _texts(menu: Interactive) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Every text of a menu: where it stands, and its field."""
    action = menu.get("action")
    places = [
        (menu.get("body"), "text", "body"),
        (menu.get("header"), "text", "header"),
        (menu.get("footer"), "text", "footer"),
        (action, "button", "list_button"),
        (as_mapping(action).get("parameters"), "flow_cta", "flow_cta"),
    ]
    for number, section in enumerate(as_sequence(as_mapping(action).get("sections"))):
        places.append((section, "title", f"section.{number}.title"))
    for path, option in option_paths(menu):
        places += [(option, part, f"{path}.{part}") for part in ("title", "description")]
    for node, key, path in places:
        if isinstance(node, dict) and isinstance(node.get(key), str):
            yield node, key, path


def _frame(menu: Interactive) -> Iterator[tuple[str, str]]:
    for node, key, path in _texts(menu):
        if path in ("body", "header", "footer", "list_button", "flow_cta"):
            yield path, node[key]
