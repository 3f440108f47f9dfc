"""What changed between two versions of a menu, in sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from shop.language.languages import name_of_language
from shop.menus.link_map import Menu, option_paths
from shop.menus.targets import describe_link

Option = Mapping[str, Any]
_KINDS = {"button": "buttons", "list": "list", "flow": "Flow"}


def describe_differences(before: Menu, after: Menu) -> list[str]:
    """One sentence per change; empty if both are the same."""
    return [
        *_frame(before, after),
        *_message(before.menu_structure, after.menu_structure),
        *_languages(before.translations, after.translations),
    ]


def _message(before: object, after: object) -> list[str]:
    found = [
        *_changed_words(before, after),
        *_sections(before, after),
        *_changed_options(before, after),
    ]
    return found or ([] if before == after else ["Details that customers do not see"])


def _frame(before: Menu, after: Menu) -> Iterator[str]:
    if before.template_name != after.template_name:
        yield f"Name: {before.template_name} → {after.template_name}"
    if before.template_type != after.template_type:
        yield f"Kind: {_KINDS[before.template_type]} → {_KINDS[after.template_type]}"
    if before.is_active != after.is_active:
        yield "Switched on" if after.is_active else "Switched off"
    old, new = list(before.trigger_keywords), list(after.trigger_keywords)
    yield from (f"Keyword “{word}” added" for word in new if word not in old)
    yield from (f"Keyword “{word}” removed" for word in old if word not in new)
    if sorted(old) == sorted(new) and old != new:
        yield "Keywords in another order"


def _changed_words(before: object, after: object) -> Iterator[str]:
    for name, keys in (
        ("Text", ("body", "text")),
        ("Headline", ("header", "text")),
        ("Picture", ("header", "image", "link")),
        ("Small line", ("footer", "text")),
        ("List button", ("action", "button")),
        ("Flow’s button", ("action", "parameters", "flow_cta")),
        ("Flow", ("action", "parameters", "flow_id")),
        ("Flow", ("action", "parameters", "flow_name")),
    ):
        old, new = _at(before, keys), _at(after, keys)
        if (old or None) != (new or None):
            yield f"{name}: {_quoted(old)} → {_quoted(new)}"


def _sections(before: object, after: object) -> Iterator[str]:
    old, new = _titles(before), _titles(after)
    if len(old) == len(new):
        yield from (
            f"Section {_quoted(a)} is now {_quoted(b)}"
            for a, b in zip(old, new, strict=True)
            if a != b
        )
    else:
        yield from (
            f"Section {_quoted(title)} added" for title in new if title and title not in old
        )
        yield from (
            f"Section {_quoted(title)} removed" for title in old if title and title not in new
        )


def _changed_options(before: object, after: object) -> Iterator[str]:
    """Options match if they have the same target, or else the same title."""
    old, new = _by_id(before), _by_id(after)
    gone = {_called(old[key][1]): key for key in old if key not in new}
    for key in [key for key in new if key not in old]:
        if was := gone.pop(_called(new[key][1]), None):
            before, after = describe_link(was), describe_link(key)
            yield f"{_called(new[key][1])} leads to “{after}”, no longer to “{before}”"
        else:
            yield f"{_called(new[key][1])} added, leads to “{describe_link(key)}”"
    yield from (f"{words} removed" for words in gone)
    both = [key for key in new if key in old]
    for key in both:
        yield from _option(old[key], new[key])
    if both != [key for key in old if key in new]:
        order = ", ".join(_called(new[key][1]) for key in new)
        yield f"New order: {order}"


def _option(before: tuple[str, Option], after: tuple[str, Option]) -> Iterator[str]:
    (old_place, old), (new_place, new) = before, after
    if old.get("title") != new.get("title"):
        yield f"{_called(old)} is now {_called(new)}"
    if old.get("description") != new.get("description"):
        described = f"{_quoted(old.get('description'))} → {_quoted(new.get('description'))}"
        yield f"{_called(new)}, description: {described}"
    if old_place != new_place:
        yield f"{_called(new)} moved to another section"


def _languages(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for code in sorted({*before, *after}):
        language = name_of_language(code)
        if code not in before:
            yield f"{language} added"
        elif code not in after:
            yield f"{language} removed"
        else:
            yield from (f"{language}: {change}" for change in _message(before[code], after[code]))


def _by_id(interactive: object) -> dict[str, tuple[str, Option]]:
    """Options by reply id, each with the place (section) where it stands."""
    return {
        str(option.get("id")): (path.partition(".row.")[0] if ".row." in path else "", option)
        for path, option in option_paths(interactive)
    }


def _titles(interactive: object) -> Sequence[object]:
    sections = _at(interactive, ("action", "sections"))
    listed: Iterable[object] = sections if isinstance(sections, list) else ()
    return [_at(section, ("title",)) for section in listed]


def _at(node: object, keys: Iterable[str]) -> object:
    for key in keys:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def _called(option: Option) -> str:
    return _quoted(option.get("title"))


def _quoted(value: object) -> str:
    return f"“{value}”" if value else "nothing"
