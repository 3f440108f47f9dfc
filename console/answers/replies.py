"""Views of the canned replies that staff can send in a conversation."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from console import conflicts
from console.authentication import staff_change, staff_page
from console.request_context import RequestContext
from shop.faq import canned_replies
from shop.faq.canned_replies import Reply, UnfitReply
from shop.language import older_texts
from shop.language.languages import names_of_languages, served_languages
from storage.models import CannedReply


def show_replies(
    desk: RequestContext,
    wrong: CannedReply | None = None,
    problem: str = "",
    typed: dict[str, str] | None = None,
) -> Response:
    """All replies, each in its own form; one that could not be saved as it was `typed`."""
    typed = typed or _typed_fields(desk)
    replies = canned_replies.list_replies(desk.session)
    subjects = {reply.id: subject_of_reply(reply.id) for reply in replies}
    marked = older_texts.read_older(desk.session, subjects.values())
    values: dict[str, Any] = {
        "replies": replies,
        "opened_with": {reply.id: _fields_of(reply) for reply in replies},
        "older": {key: marked.get(subject, set()) for key, subject in subjects.items()},
        "names": names_of_languages(),
        "most": canned_replies.MOST,
        "longest": canned_replies.LONGEST,
        "longest_name": canned_replies.LONGEST_NAME,
        "wrong": wrong.id if wrong else None,
        "is_new": bool(problem) and wrong is None,
        "typed_name": typed["name"],
        "typed_words": _words_in(typed),
        "problem": problem,
    }
    return desk.page("answers/replies.html", 422 if problem else 200, **values)


def add_reply_view(desk: RequestContext) -> Response:
    """Adds a reply."""
    try:
        typed = _typed_fields(desk)
        reply = canned_replies.add_reply(desk.session, typed["name"], _words_in(typed))
    except UnfitReply as unfit:
        return show_replies(desk, None, str(unfit))
    desk.record("added a reply", reply.name)
    return desk.go("/answers/replies", f"“{reply.name}” is at hand in every talk.")


def save_reply(desk: RequestContext) -> Response:
    """Changes a reply."""
    reply, form = _reply(desk), desk.form
    desk.session.refresh(reply, with_for_update=True)
    before, now = dict(reply.words), _fields_of(reply)
    typed, taken = conflicts.merge_edits(form, now, _typed_fields(desk))
    if taken:
        return show_replies(desk, reply, " ".join(taken.values()), typed)
    try:
        canned_replies.change_reply(desk.session, reply, typed["name"], _words_in(typed))
    except UnfitReply as unfit:
        return show_replies(desk, reply, str(unfit), typed)
    fitting = form.texts("fits")
    older_texts.mark_edit(desk.session, subject_of_reply(reply.id), before, reply.words, fitting)
    desk.record("changed a reply", reply.name)
    return desk.go("/answers/replies", f"“{reply.name}” is saved.")


def remove_reply(desk: RequestContext) -> Response:
    """Removes a reply."""
    reply = _reply(desk)
    older_texts.clear_mark(desk.session, subject_of_reply(reply.id))
    desk.session.delete(reply)
    desk.record("removed a reply", reply.name)
    return desk.go("/answers/replies", f"“{reply.name}” is removed.")


def subject_of_reply(reply: int) -> str:
    """The name of a reply's texts in shop/language/older_texts.py."""
    return f"reply {reply}"


def _reply(desk: RequestContext) -> CannedReply:
    return desk.find_row(CannedReply, "reply_id", "reply")


def _fields_of(reply: CannedReply | Reply) -> dict[str, str]:
    """What its form holds, by field."""
    words = {f"in.{code}": reply.words.get(code, "") for code in served_languages()}
    return {"name": reply.name, **words}


def _typed_fields(desk: RequestContext) -> dict[str, str]:
    names = ["name", *(f"in.{code}" for code in served_languages())]
    return {name: desk.form.text(name) for name in names}


def _words_in(fields: dict[str, str]) -> dict[str, str]:
    return {code: fields[f"in.{code}"] for code in served_languages()}


ROUTES = [
    Route("/answers/replies", staff_page(show_replies, "owner"), methods=["GET"]),
    Route("/answers/replies", staff_change(add_reply_view, "owner"), methods=["POST"]),
    Route("/answers/replies/{reply_id:row}", staff_change(save_reply, "owner"), methods=["POST"]),
    Route(
        "/answers/replies/{reply_id:row}/remove",
        staff_change(remove_reply, "owner"),
        methods=["POST"],
    ),
]
