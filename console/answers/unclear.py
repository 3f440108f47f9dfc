"""Views of messages that were not understood, and of teaching the bot what they mean."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from console.answers import views
from console.authentication import staff_change, staff_page
from console.numbers import reading
from console.refusals import NotFound
from console.request_context import RequestContext
from shop import teaching
from shop.faq import editing as answers
from shop.language.masking import mask_text
from shop.menus.editing import drafts
from shop.products.editing import product_editing as products
from shop.products.editing.fields import LONGEST_ALIAS
from shop.taps.menu_names import title_of_menu
from shop.teaching import AlreadyKnown, Kind, Lesson
from storage.models import FaqAnswer, UnclearMessage, WorkflowTemplate

_DAYS = 30
_PATH = "/answers/unclear"


def show_unclear(desk: RequestContext) -> Response:
    """The latest messages that were not understood, the most frequent first, and the lessons."""
    since = reading.period_start(_DAYS)
    return desk.page(
        "answers/unclear.html",
        misunderstood=reading.list_misunderstood(desk.session, since),
        days=_DAYS,
        taught=[
            (each.row, describe_lesson(desk, each.lesson))
            for each in teaching.list_taught(desk.session, since)
        ],
    )


def show_teaching(desk: RequestContext, kind: Kind | None = None, problem: str = "") -> Response:
    """One message with a form for each of the three things that it may mean.

    kind: the form that was sent and has a `problem`; it is shown as typed."""
    message = _message(desk)
    words = mask_text(message.text).strip()
    values: dict[str, Any] = {
        "message": message,
        "words": words,
        "word": words if len(words) <= LONGEST_ALIAS else "",
        "longest_word": LONGEST_ALIAS,
        "products": teaching.likely_products(desk.session, words),
        "answers": answers.list_answers(desk.session),
        "titles": views.TITLES,
        "menus": _list_menus(desk),
        "languages": views.translation_languages(),
        "longest": answers.LONGEST,
        "longest_name": answers.LONGEST_NAME,
        "typed": desk.form,
        "failed": kind,
        "problem": problem,
    }
    return desk.page("answers/teach.html", 422 if problem else 200, **values)


def teach(desk: RequestContext, kind: Kind) -> Response:
    """Adds the words as the owner chose, and takes the message off the list."""
    message = _message(desk)
    try:
        lesson = _TEACH[kind](desk, message)
    except (
        *(AlreadyKnown, answers.Unfit, answers.UnfitTopic),
        *(products.Unfit, drafts.Unfit),
    ) as unfit:
        return show_teaching(desk, kind, _explain(unfit))
    desk.record(_RECORDED[kind], lesson.target, words=", ".join(lesson.words))
    return desk.go(_PATH, f"Taught: {describe_lesson(desk, lesson)}. Understood within seconds.")


def take_back(desk: RequestContext) -> Response:
    """Undoes a lesson, and puts the message back on the list."""
    try:
        lesson = teaching.take_back_lesson(desk.session, _message(desk))
    except drafts.Unfit as unfit:
        return show_teaching(desk, "menu", _explain(unfit))
    if lesson is None:
        raise NotFound("lesson")
    desk.record("took back what was taught", lesson.target, words=", ".join(lesson.words))
    return desk.go(_PATH, f"Taken back: {describe_lesson(desk, lesson)}.")


def describe_lesson(desk: RequestContext, lesson: Lesson) -> str:
    """A lesson as a sentence: `“kaapi” is another word for Coffee`."""
    words = ", ".join(f"“{each}”" for each in lesson.words)
    if lesson.kind == "product":
        product = products.find_product(desk.session, lesson.target)
        return f"{words} is another word for {product.name if product else lesson.target}"
    if lesson.kind == "menu":
        return f"{words} opens the menu “{title_of_menu(lesson.target)}”"
    return f"{words} asks “{views.TITLES.get(lesson.target, lesson.target)}”"


def _teach_product(desk: RequestContext, message: UnclearMessage) -> Lesson:
    word, sku = desk.form.text("word"), desk.form.text("product")
    return teaching.teach_product_word(desk.session, message, word, sku)


def _teach_question(desk: RequestContext, message: UnclearMessage) -> Lesson:
    form = desk.form
    if (key := form.number("answer_id")) is None:
        translations = {code: form.text(f"in.{code}") for code in views.translation_languages()}
        return teaching.teach_answer(
            desk.session, message, form.text("topic"), form.text("answer"), translations
        )
    answer = desk.session.get(FaqAnswer, key)
    if answer is None:
        raise NotFound("answer")
    return teaching.teach_question(desk.session, message, answer)


def _teach_menu(desk: RequestContext, message: UnclearMessage) -> Lesson:
    named = WorkflowTemplate.template_name == desk.form.text("menu")
    menu = desk.session.scalars(select(WorkflowTemplate).where(named)).first()
    if menu is None:
        raise NotFound("menu")
    return teaching.teach_keyword(desk.session, message, menu)


_TEACH: dict[Kind, Callable[[RequestContext, UnclearMessage], Lesson]] = {
    "product": _teach_product,
    "question": _teach_question,
    "menu": _teach_menu,
}
_VIEWS = {kind: partial(teach, kind=kind) for kind in _TEACH}
_RECORDED: dict[Kind, str] = {
    "product": "taught a word for",
    "question": "taught a question about",
    "menu": "taught a keyword of",
}


def _explain(unfit: Exception) -> str:
    """The reasons as sentences."""
    if isinstance(unfit, drafts.Unfit):
        return " ".join(each.message for each in unfit.findings if each.severity == "error")
    return str(unfit)


def _message(desk: RequestContext) -> UnclearMessage:
    message = teaching.find_message(desk.session, desk.path("row"))
    if message is None:
        raise NotFound("message")
    return message


def _list_menus(desk: RequestContext) -> Sequence[tuple[str, str]]:
    """Name and title of each menu that customers can open."""
    active = select(WorkflowTemplate.template_name).where(WorkflowTemplate.is_active)
    names = desk.session.scalars(active.order_by(WorkflowTemplate.template_name))
    return [(name, title_of_menu(name)) for name in names]


ROUTES = [
    Route(_PATH, staff_page(show_unclear, "owner"), methods=["GET"]),
    Route(f"{_PATH}/{{row:row}}", staff_page(show_teaching, "owner"), methods=["GET"]),
    Route(f"{_PATH}/{{row:row}}/back", staff_change(take_back, "owner"), methods=["POST"]),
    *(
        Route(f"{_PATH}/{{row:row}}/{kind}", staff_change(view, "owner"), methods=["POST"])
        for kind, view in _VIEWS.items()
    ),
]
