"""A menu in another language: the same menu with other words, by the fields of the editor."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from shop.menu_fields import mapping, sequence
from shop.menu_fitness import Interactive
from shop.menu_map import paths
from shop.menu_shape import shaped

Words = Mapping[str, str]


def words_of(translated: object, menu: Interactive) -> dict[str, str]:
    """What a translation says, by the fields of the menu that it translates.

    Options are found by what they lead to, so that they may have moved since.
    """
    said, own = shaped(translated), shaped(menu)
    found = dict(_frame(said))
    options = {option["id"]: option for _, option in paths(said)}
    for path, option in paths(own):
        for part in ("title", "description"):
            if text := options.get(option["id"], {}).get(part):
                found[f"{path}.{part}"] = text
    titles = [section.get("title") for section in sequence(said["action"].get("sections"))]
    if len(titles) == len(sequence(own["action"].get("sections"))):
        found |= {f"section.{place}.title": title for place, title in enumerate(titles) if title}
    return found


def reworded(menu: Interactive, words: Words) -> Interactive:
    """The menu with these words; what is not said in them stays as it is."""
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
        (mapping(action).get("parameters"), "flow_cta", "flow_cta"),
    ]
    for number, section in enumerate(sequence(mapping(action).get("sections"))):
        places.append((section, "title", f"section.{number}.title"))
    for path, option in paths(menu):
        places += [(option, part, f"{path}.{part}") for part in ("title", "description")]
    for node, key, path in places:
        if isinstance(node, dict) and isinstance(node.get(key), str):
            yield node, key, path


def _frame(menu: Interactive) -> Iterator[tuple[str, str]]:
    for node, key, path in _texts(menu):
        if path in ("body", "header", "footer", "list_button", "flow_cta"):
            yield path, node[key]
