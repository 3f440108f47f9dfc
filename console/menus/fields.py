"""Converts the editor's form into Meta's `interactive` object."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from console.forms import Form
from shop.language import keyword_forms
from shop.menus.editing.drafts import Content, content_of
from shop.menus.kinds import waiting_parts
from shop.menus.last_good_version import Interactive
from shop.taps.menu_names import menu_name
from shop.whatsapp.json_parts import as_mapping
from shop.whatsapp.validation.interactive import MEDIA
from storage.models import MenuDraft

KEEP = "keep"


def content_from(form: Form, draft: MenuDraft) -> Content:
    """The draft's content with the menu as the form has it; translations stay as they are.

    A form with a translation's words (field `language`) does not change the menu.
    """
    if form.text("language"):
        return content_of(draft)
    return Content(
        template_name=menu_name(form.text("name"))
        if draft.template_id is None
        else draft.template_name,
        template_type=draft.template_type,
        trigger_keywords=keywords_from(form.text("keywords")),
        menu_structure=structure_from(form, draft.menu_structure),
        is_active=form.flag("is_active"),
        translations=dict(draft.translations),
    )


def words_from(form: Form) -> dict[str, str]:
    """A translation's words by field; empty ones fall back to the menu's words."""
    return {name: form.text(name) for name, _ in form if form.text(name)}


def keywords_from(written: str) -> list[str]:
    """The keywords, split at commas and new lines, without duplicates."""
    words = (" ".join(word.split()) for word in written.replace("\n", ",").split(","))
    return list({keyword_forms.normalise_keyword(word): word for word in words if word}.values())


def structure_from(form: Form, before: Interactive) -> Interactive:
    """The `interactive` object; empty optional parts are left out, as WhatsApp requires.

    before: the object so far, for parts that the form does not have."""
    actions = {"button": _buttons, "list": _list, "flow": _flow}
    kind = str(before.get("type"))
    made: Interactive = {"type": kind}
    if header := _header(form, before):
        made["header"] = header
    made["body"] = {"text": form.text("body")}
    if footer := form.text("footer"):
        made["footer"] = {"text": footer}
    if kind in actions:
        made["action"] = {**waiting_parts(before), **actions[kind](form)}
    else:
        made["action"] = before.get("action", {})
    return made


def _header(form: Form, before: Interactive) -> dict[str, Any] | None:
    kind = form.text("header_kind")
    if kind == "text":
        return {"type": "text", "text": form.text("header")}
    if kind == "image":
        return {"type": "image", "image": {"link": form.text("header_link")}}
    # A video, a document or a picture by Meta's media id, which the form cannot edit, is kept.
    kept = as_mapping(before.get("header"))
    return dict(kept) if kind == KEEP and kept.get("type") in MEDIA else None


def _buttons(form: Form) -> dict[str, Any]:
    replies = [_option(form, path, "title") for path in _paths(form, "button.{}")]
    return {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}


def _list(form: Form) -> dict[str, Any]:
    sections = list(_paths(form, "section.{}"))
    return {
        "button": form.text("list_button"),
        "sections": [_section(form, path, alone=len(sections) == 1) for path in sections],
    }


def _section(form: Form, path: str, *, alone: bool) -> dict[str, Any]:
    """A section; if it is the only one (`alone`), an empty title is left out."""
    rows = _paths(form, f"{path}.row.{{}}")
    made = {"rows": [_option(form, row, "title", "description") for row in rows]}
    title = form.text(f"{path}.title")
    return made if alone and not title else {"title": title, **made}


def _flow(form: Form) -> dict[str, Any]:
    flow = form.text("flow_id")
    which = {"flow_id": flow} if flow.isdigit() or not flow else {"flow_name": flow}
    parameters = {"flow_message_version": "3", **which, "flow_cta": form.text("flow_cta")}
    if screen := form.text("flow_screen"):
        parameters |= {"flow_action": "navigate"}
        return {
            "name": "flow",
            "parameters": {**parameters, "flow_action_payload": {"screen": screen}},
        }
    return {"name": "flow", "parameters": parameters}


def _option(form: Form, path: str, *parts: str) -> dict[str, str]:
    given = {part: form.text(f"{path}.{part}") for part in parts}
    made = {"id": form.text(f"{path}.id"), "title": given.pop("title")}
    return {**made, **{part: text for part, text in given.items() if text}}


def _paths(form: Form, pattern: str) -> Iterator[str]:
    """`button.0`, `button.1`, ... for as long as the form has a title field for it."""
    for number in count():
        path = pattern.format(number)
        if not form.flag(f"{path}.title"):
            return
        yield path
