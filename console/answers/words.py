"""Views of the bot's wording: a list of its responses, and a page to change one."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console import conflicts
from console.answers.samples import fill_samples
from console.answers.titles import title_of_journey, title_of_text
from console.authentication import staff_change, staff_page
from console.refusals import NotFound
from console.request_context import RequestContext
from console.translation import spoken_language
from shop.faq import response_editing
from shop.faq.response_editing import Wording
from shop.language import older_texts
from shop.language.languages import name_of_language, names_of_languages
from shop.opening.reading import read_settings
from storage.models import AuditEntry

CHANGED = "changed the bot's words"
_MOST_OF_HISTORY = 20


def show_list(desk: RequestContext) -> Response:
    """All responses by journey, or those that a search finds."""
    asked = desk.query("q")
    found = [each for each in response_editing.list_wordings(desk.session) if fits(each, asked)]
    subjects = {each.name: response_editing.subject_of_response(each.name) for each in found}
    marked = older_texts.read_older(desk.session, subjects.values())
    values: dict[str, Any] = {
        "older": {name: marked.get(subject, set()) for name, subject in subjects.items()},
        "names": names_of_languages(),
        "asked": asked,
        "language": spoken_language(),
        "count": len(found),
        "journeys": [
            (title_of_journey(journey), list(wordings))
            for journey, wordings in groupby(found, lambda each: each.journey)
        ],
        "problems": {},
    }
    if desk.is_htmx:
        return desk.part("answers/found.html", **values)
    return desk.page("answers/words.html", **values)


def fits(wording: Wording, asked: str) -> bool:
    """Whether the search words are in the response's name, its titles or its texts."""
    titles = (response_editing.title_of(wording.name), title_of_text(wording.name))
    words = " ".join((wording.name, *titles, *wording.said.values()))
    return asked.casefold() in words.casefold()


def show_wording(
    desk: RequestContext,
    problems: dict[str, list[str]] | None = None,
    texts: dict[str, str] | None = None,
) -> Response:
    """One response; `texts` could not be saved and are shown again, with the reasons."""
    wording = wording_of(desk)
    subject = response_editing.subject_of_response(wording.name)
    shop_name = read_settings(desk.session).shop_name
    return desk.page(
        "answers/wording.html",
        422 if problems else 200,
        wording=wording,
        texts=texts or wording.said,
        opened_with=_fields_of(wording.said),
        problems=problems or {},
        names={code: name_of_language(code) for code in wording.written},
        samples=previews(wording, texts or wording.said, shop_name),
        shop_name=shop_name,
        examples=_examples(wording, shop_name),
        longest=response_editing.LONGEST,
        history=history_of(desk, wording.name),
        older=older_texts.read_older(desk.session, [subject]).get(subject, set()),
    )


def preview_wording(desk: RequestContext) -> Response:
    """A preview of the typed texts, with their problems."""
    wording = wording_of(desk)
    texts, shop_name = typed_texts(desk, wording), read_settings(desk.session).shop_name
    return desk.part(
        "answers/preview.html",
        samples=previews(wording, texts, shop_name),
        shop_name=shop_name,
        names={code: name_of_language(code) for code in wording.written},
        problems=problems_of(wording, texts),
    )


def save_wording(desk: RequestContext) -> Response:
    """Saves the changed texts; a language that is put back gets its original text."""
    wording = wording_of(desk)
    texts, taken = _join_typed(desk, wording)
    if problems := problems_of(wording, texts) | taken:
        return show_wording(desk, problems, texts)
    changed = {code: text for code, text in texts.items() if text != wording.said[code]}
    for code, text in changed.items():
        response_editing.change_text(desk.session, wording, code, text)
        language = name_of_language(code)
        desk.record(CHANGED, wording.name, language=language, before=wording.said[code], after=text)
    fitting = desk.form.texts("fits")
    _mark_older(desk, wording, texts, fitting)
    notice = "Saved: said so from now on." if changed or fitting else "Nothing was changed."
    return desk.go(f"/answers/words/{wording.name}", notice)


def _join_typed(
    desk: RequestContext, wording: Wording
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What to save by language, and where somebody else has said it otherwise meanwhile."""
    now, sent = _fields_of(wording.said), _fields_of(typed_texts(desk, wording))
    joined, taken = conflicts.merge_edits(desk.form, now, sent)
    back = set(desk.form.texts("back"))
    texts = {
        code: text if code in back else joined[_field_of(code)]
        for code, text in wording.written.items()
    }
    return texts, {code: [taken[_field_of(code)]] for code in texts if _field_of(code) in taken}


def _fields_of(texts: Mapping[str, str]) -> dict[str, str]:
    return {_field_of(code): text for code, text in texts.items()}


def _field_of(language: str) -> str:
    return f"in.{language}"


def _mark_older(
    desk: RequestContext, wording: Wording, texts: dict[str, str], fitting: list[str]
) -> None:
    """Marks languages whose text is now older than another one that changed.

    The original texts fit each other, and so do the languages that the owner found `fitting`."""
    subject = response_editing.subject_of_response(wording.name)
    older_texts.mark_change(desk.session, subject, wording.said, texts)
    if texts == wording.written:
        older_texts.clear_mark(desk.session, subject)
    for code in fitting:
        older_texts.clear_mark(desk.session, subject, code)
        desk.record("found fitting", wording.name, language=name_of_language(code))


def wording_of(desk: RequestContext) -> Wording:
    found = response_editing.find_wording(desk.session, desk.path("response"))
    if found is None:
        raise NotFound("response")
    return found


def typed_texts(desk: RequestContext, wording: Wording) -> dict[str, str]:
    """The texts of the form by language, tidied as they would be saved."""
    return {
        code: response_editing.trim_text(desk.form.text(_field_of(code)))
        for code in wording.written
    }


def problems_of(wording: Wording, texts: dict[str, str]) -> dict[str, list[str]]:
    found = {
        code: response_editing.find_wording_problems(wording, code, text)
        for code, text in texts.items()
    }
    return {code: problems for code, problems in found.items() if problems}


def previews(wording: Wording, texts: dict[str, str], shop_name: str) -> dict[str, str]:
    """The texts by language with the shop's name and sample values; unchanged if a placeholder has
    no sample."""
    return {code: fill_samples(wording.name, code, text, shop_name) for code, text in texts.items()}


def _examples(wording: Wording, shop_name: str) -> dict[str, str]:
    """What stands in the place of each placeholder in the reader's language, as one line; "" where
    there is no sample."""
    filled = {
        name: fill_samples(wording.name, spoken_language(), f"{{{name}}}", shop_name)
        for name in wording.placeholders
    }
    return {
        name: "" if text == f"{{{name}}}" else " ".join(text.split())
        for name, text in filled.items()
    }


def history_of(desk: RequestContext, name: str) -> Iterable[AuditEntry]:
    """Who changed it, newest first."""
    query = select(AuditEntry).where(AuditEntry.subject == name, AuditEntry.action == CHANGED)
    return desk.session.scalars(query.order_by(AuditEntry.id.desc()).limit(_MOST_OF_HISTORY)).all()


ROUTES = [
    Route("/answers/words", staff_page(show_list, "owner"), methods=["GET"]),
    Route("/answers/words/{response}", staff_page(show_wording, "owner"), methods=["GET"]),
    # The view writes a line for each change, and none if nothing differs.
    Route(
        "/answers/words/{response}",
        staff_change(save_wording, "owner", audited=False),
        methods=["POST"],
    ),
    Route(
        "/answers/words/{response}/preview",
        staff_change(preview_wording, "owner", audited=False),
        methods=["POST"],
    ),
]
