"""The workbench of the editor: what it keeps of the form, and what it shows of a draft."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from console.desk import Desk
from console.menus.fields import content_from, words_from
from console.menus.operations import operate
from console.refusals import Refused
from shop import languages, menu_editing, menu_limits, menu_map, menu_targets, menus
from shop.menu_differences import differences
from shop.menu_editing import Content, Outdated
from shop.menu_fields import mapping
from shop.menu_findings import findings
from shop.menu_fitness import Interactive
from shop.menu_kinds import kept, waiting
from shop.menu_preview import as_shown
from shop.menu_shape import shaped
from shop.menu_words import reworded, words_of
from storage.models import MenuDraft, WorkflowTemplate

_NAMES = {"en": "English", "hi": "Hindi", "ta": "Tamil", "te": "Telugu", "bn": "Bengali",
          "mr": "Marathi", "kn": "Kannada", "ml": "Malayalam", "gu": "Gujarati"}  # fmt: skip


def keep(desk: Desk, draft: MenuDraft) -> str:
    """Keeps what is in the form, changed by what its button does; returns the language to show.

    Raises:
        Refused: somebody else changed the draft meanwhile.
    """
    language, do = desk.form.text("language"), desk.form.text("do")
    verb, _, code = do.partition(":")
    content = _content(desk, draft, language, do)
    if verb == "translate" and code in choices(draft):
        content.translations[code] = shaped(content.menu_structure)
    if verb == "untranslate":
        content.translations.pop(code, None)
    try:
        revision = desk.form.number("revision") or 0
        menu_editing.save(desk.session, desk.staff, draft, revision, content)
    except Outdated as outdated:
        raise Refused(409, f"{draft.changed_by}: {outdated} Load the page again.") from None
    wanted = code if verb in ("language", "translate") else language
    return wanted if wanted in content.translations else ""


def values(desk: Desk, draft: MenuDraft, language: str) -> dict[str, Any]:
    """Everything that the editor shows of a draft in a language."""
    content = menu_editing.to_publish(draft)
    found = findings(desk.session, content, is_new=draft.template_id is None)
    here = [finding for finding in found if finding.language == language]
    live = desk.session.get(WorkflowTemplate, draft.template_id) if draft.template_id else None
    newest = menu_editing.latest_version(desk.session, live) if live else None
    original = shaped(draft.menu_structure)
    structure = original
    if language:
        structure = reworded(structure, words_of(draft.translations[language], structure))
    targets = menu_targets.groups(desk.session)
    return {
        "draft": draft,
        "language": language,
        "languages": choices(draft),
        "own_language": language_name(languages.DEFAULT),
        "interactive": structure,
        "original": original,
        "shown": as_shown(desk.session, draft.template_name, structure, original),
        "added": menus.additions(desk.session, draft.template_name, original),
        "waiting": waiting(draft.menu_structure),
        "findings": found,
        "by_path": {finding.path: finding.message for finding in reversed(here)},
        "blocked": sum(finding.severity == "error" for finding in found),
        "changes": differences(live, content) if live else None,
        "overtaken": newest if live and newest != draft.based_on else None,
        "groups": targets,
        "limits": menu_limits,
        "said": partial(menu_targets.said_among, targets),
    }


def choices(draft: MenuDraft) -> dict[str, str]:
    """The languages that the menu can be in beside its own, by code."""
    served = [code for code in languages.served() if code != languages.DEFAULT]
    return {code: language_name(code) for code in sorted({*served, *draft.translations})}


def language_name(code: str) -> str:
    """`hi` → `Hindi`; codes that are not known stay as they are."""
    return _NAMES.get(code, code)


def _content(desk: Desk, draft: MenuDraft, language: str, do: str) -> Content:
    """The form's content; a translation is the menu with other words, and follows the menu."""
    content = content_from(desk.form, draft)
    if language:
        if language in content.translations:
            said = reworded(shaped(draft.menu_structure), words_from(desk.form))
            before = content.translations[language]
            content.translations[language] = _with_what_waits(said, before)
        return content
    structure = operate(content.menu_structure, do)
    if do == "target":
        structure = _named_by_targets(desk, structure)
    kind: Any = structure.get("type", draft.template_type)
    translations = {
        code: _followed(structure, mapping(translated), do)
        for code, translated in content.translations.items()
    }
    changed = {"menu_structure": structure, "template_type": kind, "translations": translations}
    return Content(**{**vars(content), **changed})


def _followed(structure: Interactive, translated: Mapping[str, Any], do: str) -> Interactive:
    """A translation after its menu has changed; what waits comes back in it, too."""
    turned = operate(dict(translated), do) if do.startswith("kind:") else translated
    return _with_what_waits(reworded(structure, words_of(turned, structure)), turned)


def _with_what_waits(said: Interactive, before: Any) -> Interactive:
    return {**said, "action": {**mapping(said.get("action")), **kept(before)}}


def _named_by_targets(desk: Desk, structure: Interactive) -> Interactive:
    """An option without words gets those of the product that it leads to."""
    products = menu_targets.products(desk.session)
    for path, option in menu_map.paths(structure):
        product = products.get(menus.product_sku(option["id"]))
        if product and not option["title"]:
            option["title"] = product.name
            if path.startswith("section") and not option.get("description"):
                option["description"] = menu_targets.described(product)
    return structure
