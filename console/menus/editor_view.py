"""Saves the form of the editor into a draft, and prepares a draft for display."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from console.menus.fields import content_from, words_from
from console.menus.operations import apply_operation
from console.request_context import RequestContext
from shop.language import languages
from shop.menus import link_map, shown
from shop.menus import targets as menu_targets
from shop.menus.editing import drafts, older_words
from shop.menus.editing.differences import describe_differences
from shop.menus.editing.drafts import Content, Outdated
from shop.menus.editing.preview import as_shown
from shop.menus.editing.review import review_menu
from shop.menus.kinds import waiting_options, waiting_parts
from shop.menus.last_good_version import Interactive
from shop.menus.shape import shape_menu
from shop.menus.translation import reword_menu, translated_words
from shop.opening.reading import read_settings
from shop.taps import menu_names
from shop.whatsapp import limits
from shop.whatsapp.json_parts import as_mapping
from storage.models import MenuDraft, WorkflowTemplate

_NAMES = {"en": "English", "hi": "Hindi", "ta": "Tamil", "te": "Telugu", "bn": "Bengali",
          "mr": "Marathi", "kn": "Kannada", "ml": "Malayalam", "gu": "Gujarati"}  # fmt: skip


class EditConflict(Exception):
    """Somebody else has changed this draft since the form was loaded: `theirs` is as they left it,
    `content` what the form holds."""

    def __init__(self, theirs: MenuDraft, content: Content, language: str) -> None:
        super().__init__(self.__doc__)
        self.theirs = theirs
        self.content = content
        self.language = language


def save_draft_form(desk: RequestContext, draft: MenuDraft) -> str:
    """Saves the form into the draft after the button's operation; returns the language to show.

    Raises:
        EditConflict: somebody else changed the draft meanwhile.
    """
    language, do = desk.form.text("language"), desk.form.text("do")
    verb, _, code = do.partition(":")
    content = _content(desk, draft, language, do)
    if verb == "translate" and code in language_choices(draft):
        content.translations[code] = shape_menu(content.menu_structure)
    if verb == "fits" and draft.template_id:
        older_words.keep_words(desk.session, draft.template_name, content.menu_structure, code)
    if verb == "untranslate":
        content.translations.pop(code, None)
    mine = desk.form.number("over") or desk.form.number("revision") or 0
    try:
        drafts.save_draft(desk.session, desk.staff, draft, mine, content)
    except Outdated:
        raise EditConflict(draft, content, language) from None
    wanted = code if verb in ("language", "translate") else language
    return wanted if wanted in content.translations else ""


def conflict_values(desk: RequestContext, conflict: EditConflict) -> dict[str, Any]:
    """The editor's values: what was typed here, and the draft as somebody else has saved it."""
    theirs, content = conflict.theirs, conflict.content
    mine = MenuDraft(
        id=theirs.id,
        template_id=theirs.template_id,
        based_on=theirs.based_on,
        revision=desk.form.number("revision") or 0,
        changed_by=desk.staff.name,
        **vars(content),
    )
    language = conflict.language if conflict.language in content.translations else ""
    values = editor_values(desk, mine, language)
    kept = editor_values(desk, theirs, language if language in theirs.translations else "")
    between = describe_differences(drafts.to_publish(theirs), drafts.to_publish(mine))
    return {**values, "theirs": theirs, "their_shown": kept["shown"], "between": between}


def editor_values(desk: RequestContext, draft: MenuDraft, language: str) -> dict[str, Any]:
    """The editor's values for a draft in a language."""
    content = drafts.to_publish(draft)
    found = review_menu(desk.session, content, is_new=draft.template_id is None)
    here = [finding for finding in found if finding.language == language]
    live = desk.session.get(WorkflowTemplate, draft.template_id) if draft.template_id else None
    newest = drafts.latest_version(desk.session, live) if live else None
    original = shape_menu(draft.menu_structure)
    structure = original
    if language:
        structure = reword_menu(
            structure, translated_words(draft.translations[language], structure)
        )
    targets = menu_targets.target_groups(desk.session)
    return {
        "draft": draft,
        "shop_name": read_settings(desk.session).shop_name,
        "path": desk.request.url.path.removesuffix("/publish"),
        "theirs": None,
        "language": language,
        "languages": language_choices(draft),
        "older": older_words.older_fields(desk.session, draft.template_name, original),
        "own_code": languages.DEFAULT,
        "original_words": translated_words(original, original),
        "own_language": language_name(languages.DEFAULT),
        "interactive": structure,
        "original": original,
        "shown": as_shown(desk.session, draft.template_name, structure, original),
        "added": shown.added_products(desk.session, draft.template_name, original),
        "waiting": waiting_options(draft.menu_structure),
        "findings": found,
        "by_path": {finding.path: finding.message for finding in reversed(here)},
        "blocked": sum(finding.severity == "error" for finding in found),
        "changes": describe_differences(live, content) if live else None,
        "overtaken": newest if live and newest != draft.based_on else None,
        "groups": targets,
        "limits": limits,
        "said": partial(menu_targets.said_among, targets),
    }


def language_choices(draft: MenuDraft) -> dict[str, str]:
    """The languages that the menu can be translated into, by code."""
    served = [code for code in languages.served_languages() if code != languages.DEFAULT]
    return {code: language_name(code) for code in sorted({*served, *draft.translations})}


def language_name(code: str) -> str:
    """`hi` → `Hindi`; an unknown code stays as it is."""
    return _NAMES.get(code, code)


def _content(desk: RequestContext, draft: MenuDraft, language: str, do: str) -> Content:
    """The form's content, after the operation `do`.

    Translations have the structure of the menu with other words, so they change with it."""
    content = content_from(desk.form, draft)
    if language:
        if language in content.translations:
            said = reword_menu(shape_menu(draft.menu_structure), words_from(desk.form))
            before = content.translations[language]
            content.translations[language] = _with_what_waits(said, before)
        return content
    structure = apply_operation(content.menu_structure, do)
    if do == "target":
        structure = _named_by_targets(desk, structure)
    kind: Any = structure.get("type", draft.template_type)
    translations = {
        code: _followed(structure, as_mapping(translated), do)
        for code, translated in content.translations.items()
    }
    changed = {"menu_structure": structure, "template_type": kind, "translations": translations}
    return Content(**{**vars(content), **changed})


def _followed(structure: Interactive, translated: Mapping[str, Any], do: str) -> Interactive:
    """A translation after its menu has changed, with its data kept for other menu types."""
    turned = apply_operation(dict(translated), do) if do.startswith("kind:") else translated
    return _with_what_waits(reword_menu(structure, translated_words(turned, structure)), turned)


def _with_what_waits(said: Interactive, before: Any) -> Interactive:
    return {**said, "action": {**as_mapping(said.get("action")), **waiting_parts(before)}}


def _named_by_targets(desk: RequestContext, structure: Interactive) -> Interactive:
    """The structure; options without a title get the name of the product that they lead to."""
    products = menu_targets.products_by_sku(desk.session)
    for path, option in link_map.option_paths(structure):
        product = products.get(menu_names.product_sku(option["id"]))
        if product and not option["title"]:
            option["title"] = product.name
            if path.startswith("section") and not option.get("description"):
                option["description"] = menu_targets.row_description(product)
    return structure
