"""Views of the answers: each in its own form, and a form for a new topic."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console import conflicts
from console.authentication import staff_change, staff_page
from console.refusals import NotFound
from console.request_context import RequestContext
from shop.faq import answers, editing
from shop.fulfilment.zones import read_zones
from shop.language import languages, older_texts
from shop.opening import editing as opening_editing
from storage.models import FaqAnswer

TITLES = {
    "hours": "When are you open?",
    "delivery_area": "Where do you deliver?",
    "delivery_charge": "What does delivery cost?",
    "address": "Where is the shop?",
    "payment": "How can I pay?",
    "offers": "Are there coupons or offers?",
}


def show_answers(
    desk: RequestContext,
    wrong: FaqAnswer | None = None,
    problem: str = "",
    typed: dict[str, str] | None = None,
) -> Response:
    """All answers; one that could not be saved is shown as `typed`, with the reason.

    A problem without an answer belongs to the form for a new topic.
    """
    typed = typed or _typed_fields(desk)
    listed = editing.list_answers(desk.session)
    marked = older_texts.read_older(
        desk.session, [editing.subject_of_answer(each) for each in listed]
    )
    values: dict[str, Any] = {
        "answers": listed,
        "said": {each.id: _by_language(each.answer, each.translations) for each in listed},
        "opened_with": {each.id: _fields_of(each) for each in listed},
        "older": {each.id: marked.get(editing.subject_of_answer(each), set()) for each in listed},
        "titles": TITLES,
        "told_by": {each.topic: _told_by(desk, each) for each in listed},
        "built_in": editing.BUILT_IN,
        "names": {code: languages.name_of_language(code) for code in _all_codes()},
        "default": languages.DEFAULT,
        "longest": editing.LONGEST,
        "longest_name": editing.LONGEST_NAME,
        "wrong": wrong,
        "is_new": bool(problem) and wrong is None,
        "typed_topic": desk.form.text("topic"),
        "typed_questions": typed["questions"],
        "typed_words": _by_language(typed["answer"], _translations_in(typed)),
        "empty_words": dict.fromkeys(_all_codes(), ""),
        "problem": problem,
    }
    return desk.page("answers/answers.html", 422 if problem else 200, **values)


def save_answer(desk: RequestContext) -> Response:
    """Saves one answer."""
    answer, form = _answer(desk), desk.form
    desk.session.refresh(answer, with_for_update=True)
    before, said = answer.answer, editing.answer_words(answer)
    kept = {code: text for code, text in answer.translations.items() if code not in _codes()}
    now = _fields_of(answer)
    typed, taken = conflicts.merge_edits(form, now, _typed_fields(desk))
    if taken:
        return show_answers(desk, answer, " ".join(taken.values()), typed)
    try:
        editing.change_answer(
            answer,
            typed["answer"],
            kept | _translations_in(typed),
            is_active=form.flag("is_active"),
            questions=typed["questions"].splitlines(),
        )
    except (editing.Unfit, editing.UnfitTopic) as unfit:
        return show_answers(desk, answer, str(unfit), typed)
    subject, says = editing.subject_of_answer(answer), editing.answer_words(answer)
    older_texts.mark_edit(desk.session, subject, said, says, form.texts("fits"))
    desk.record("changed the answer", answer.topic, before=before, after=answer.answer)
    return desk.go(
        f"/answers#answer-{answer.id}", f"{_title(answer)} Saved.{_say_older(desk, answer)}"
    )


def add_own_topic(desk: RequestContext) -> Response:
    """Adds a topic of the owner's own."""
    form = desk.form
    try:
        answer = editing.add_topic(
            desk.session,
            form.text("topic"),
            form.text("questions").splitlines(),
            form.text("answer"),
            _translations_in(_typed_fields(desk)),
        )
    except (editing.Unfit, editing.UnfitTopic) as unfit:
        return show_answers(desk, None, str(unfit))
    desk.record("added a topic", answer.topic, questions=len(answer.questions))
    return desk.go("/answers", f"{answer.topic}: answered from now on.")


def remove_topic(desk: RequestContext) -> Response:
    """Removes a topic that the owner added; built-in topics cannot be removed."""
    answer = _answer(desk)
    if not editing.is_own_topic(answer):
        raise NotFound("topic")
    older_texts.clear_mark(desk.session, editing.subject_of_answer(answer))
    desk.session.delete(answer)
    desk.record("removed a topic", answer.topic, before=answer.answer)
    return desk.go("/answers", f"{answer.topic} is removed.")


def translation_languages() -> dict[str, str]:
    """The languages beside English that an answer may be translated into, by code."""
    return {code: languages.name_of_language(code) for code in _codes()}


def _title(answer: FaqAnswer) -> str:
    return TITLES.get(answer.topic, answer.topic)


def _say_older(desk: RequestContext, answer: FaqAnswer) -> str:
    """What is said after "Saved." when one language is older than the other now, else ""."""
    subject = editing.subject_of_answer(answer)
    older = older_texts.read_older(desk.session, [subject]).get(subject, set())
    names = ", ".join(languages.name_of_language(code) for code in sorted(older))
    return f" {names} is older now: change it too, or tick “They still fit”." if names else ""


def _told_by(desk: RequestContext, answer: FaqAnswer) -> str:
    """The section of the room Shop that customers are told instead of this answer, or "".

    The answers that a new shop comes with on hours and delivery are never sent (actions/faq.py).
    """
    if answer.topic == "hours":
        is_set = any(opening_editing.read_week(desk.session).values())
        return "hours" if is_set or answers.is_of_new_shop(answer.answer) else ""
    if answer.topic in ("delivery_area", "delivery_charge"):
        is_set = bool(read_zones(desk.session))
        return "zones" if is_set or answers.is_of_new_shop(answer.answer) else ""
    return ""


def _answer(desk: RequestContext) -> FaqAnswer:
    return desk.find_row(FaqAnswer, "answer_id", "answer")


def _typed_fields(desk: RequestContext) -> dict[str, str]:
    names = ["answer", "questions", *(f"in.{code}" for code in _codes())]
    return {name: desk.form.text(name) for name in names}


def _translations_in(fields: Mapping[str, str]) -> dict[str, str]:
    return {code: fields[f"in.{code}"] for code in _codes()}


def _fields_of(answer: FaqAnswer) -> dict[str, str]:
    """The values of an answer's form, by field."""
    words = {f"in.{code}": answer.translations.get(code, "") for code in _codes()}
    return {"answer": answer.answer, "questions": "\n".join(answer.questions), **words}


def _by_language(words: str, translations: Mapping[str, str]) -> dict[str, str]:
    """An answer by language, in the order of the languages."""
    return {languages.DEFAULT: words, **{code: translations.get(code, "") for code in _codes()}}


def _all_codes() -> list[str]:
    return [languages.DEFAULT, *_codes()]


def _codes() -> list[str]:
    return [code for code in languages.served_languages() if code != languages.DEFAULT]


ROUTES = [
    Route("/answers", staff_page(show_answers, "owner"), methods=["GET"]),
    Route("/answers", staff_change(add_own_topic, "owner"), methods=["POST"]),
    Route("/answers/{answer_id:row}", staff_change(save_answer, "owner"), methods=["POST"]),
    Route("/answers/{answer_id:row}/remove", staff_change(remove_topic, "owner"), methods=["POST"]),
]
