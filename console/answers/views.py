"""One page with every answer, each in its own form, and a form for a topic of the owner's own."""

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

TITLES = {
    "hours": "When are you open?",
    "delivery_area": "Where do you deliver?",
    "delivery_charge": "What does delivery cost?",
    "address": "Where is the shop?",
    "payment": "How can I pay?",
}


def show_answers(
    desk: RequestContext, wrong: FaqAnswer | None = None, problem: str = ""
) -> Response:
    """All answers; one that could not be saved is shown as typed, with the reason.

    A problem of no answer is one of the new topic.
    """
    values: dict[str, Any] = {
        "answers": editing.list_answers(desk.session),
        "titles": TITLES,
        "built_in": editing.BUILT_IN,
        "languages": other_languages(),
        "longest": editing.LONGEST,
        "longest_name": editing.LONGEST_NAME,
        "wrong": wrong,
        "is_new": bool(problem) and wrong is None,
        "typed": desk.form,
        "typed_translations": _typed_translations(desk),
        "problem": problem,
    }
    return desk.page("answers/answers.html", 422 if problem else 200, **values)


def save_answer(desk: RequestContext) -> Response:
    """Saves one answer."""
    answer, form = _answer(desk), desk.form
    before = answer.answer
    kept = {code: text for code, text in answer.translations.items() if code not in _codes()}
    try:
        editing.change_answer(
            answer,
            form.text("answer"),
            kept | _typed_translations(desk),
            is_active=form.flag("is_active"),
            questions=_typed_questions(desk),
        )
    except (editing.Unfit, editing.UnfitTopic) as unfit:
        return show_answers(desk, answer, str(unfit))
    desk.record("changed the answer", answer.topic, before=before, after=answer.answer)
    return desk.go("/answers", f"{TITLES.get(answer.topic, answer.topic)} Saved.")


def add_topic(desk: RequestContext) -> Response:
    """Adds a topic of the owner's own."""
    form = desk.form
    try:
        answer = editing.add_topic(
            desk.session,
            form.text("topic"),
            _typed_questions(desk),
            form.text("answer"),
            _typed_translations(desk),
        )
    except (editing.Unfit, editing.UnfitTopic) as unfit:
        return show_answers(desk, None, str(unfit))
    desk.record("added a topic", answer.topic, questions=len(answer.questions))
    return desk.go("/answers", f"{answer.topic}: answered from now on.")


def remove_topic(desk: RequestContext) -> Response:
    """Removes a topic of the owner's own; the bot's own stay."""
    answer = _answer(desk)
    if not editing.is_own(answer):
        raise NotFound("topic")
    desk.session.delete(answer)
    desk.record("removed a topic", answer.topic, before=answer.answer)
    return desk.go("/answers", f"{answer.topic} is removed.")


def other_languages() -> dict[str, str]:
    """The languages beside English that an answer may be translated into, by code."""
    return {code: language_name(code) for code in _codes()}


def _answer(desk: RequestContext) -> FaqAnswer:
    answer = desk.session.get(FaqAnswer, desk.path("answer_id"))
    if answer is None:
        raise NotFound("answer")
    return answer


def _typed_questions(desk: RequestContext) -> list[str]:
    return desk.form.text("questions").splitlines()


def _typed_translations(desk: RequestContext) -> dict[str, str]:
    return {code: desk.form.text(f"in.{code}") for code in _codes()}


def _codes() -> list[str]:
    return [code for code in languages.served_languages() if code != languages.DEFAULT]


ROUTES = [
    Route("/answers", staff_page(show_answers, "owner"), methods=["GET"]),
    Route("/answers", staff_change(add_topic, "owner"), methods=["POST"]),
    Route("/answers/{answer_id:row}", staff_change(save_answer, "owner"), methods=["POST"]),
    Route("/answers/{answer_id:row}/remove", staff_change(remove_topic, "owner"), methods=["POST"]),
]
