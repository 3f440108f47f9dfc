"""One page with every answer, each in its own form."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console.authentication import staff_change, staff_page
from console.menus.editor_view import language_name
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.faq import editing
from shop.language import languages
from storage.models import FaqAnswer

_TITLES = {
    "hours": "When are you open?",
    "delivery_area": "Where do you deliver?",
    "delivery_charge": "What does delivery cost?",
    "address": "Where is the shop?",
    "payment": "How can I pay?",
}


def show_answers(
    desk: RequestContext, wrong: FaqAnswer | None = None, problem: str = ""
) -> Response:
    """All answers; one that could not be saved is shown as typed, with the reason."""
    values: dict[str, Any] = {
        "answers": editing.list_answers(desk.session),
        "titles": _TITLES,
        "languages": {code: language_name(code) for code in _codes()},
        "longest": editing.LONGEST,
        "wrong": wrong,
        "typed": desk.form,
        "problem": problem,
    }
    return desk.page("answers/answers.html", 422 if problem else 200, **values)


def save_answer(desk: RequestContext) -> Response:
    """Saves one answer."""
    answer = desk.session.get(FaqAnswer, desk.path("answer_id"))
    if answer is None:
        raise NotFound("answer")
    before, form = answer.answer, desk.form
    kept = {code: text for code, text in answer.translations.items() if code not in _codes()}
    translations = {**kept, **{code: form.text(f"in.{code}") for code in _codes()}}
    try:
        editing.change_answer(
            answer, form.text("answer"), translations, is_active=form.flag("is_active")
        )
    except editing.Unfit as unfit:
        return show_answers(desk, answer, str(unfit))
    desk.record("changed the answer", answer.topic, before=before, after=answer.answer)
    return desk.go("/answers", f"{_TITLES.get(answer.topic, answer.topic)} Saved.")


def _codes() -> list[str]:
    return [code for code in languages.served_languages() if code != languages.DEFAULT]


ROUTES = [
    Route("/answers", staff_page(show_answers, "owner"), methods=["GET"]),
    Route("/answers/{answer_id:row}", staff_change(save_answer, "owner"), methods=["POST"]),
]
