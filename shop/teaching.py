"""Teaches the bot the meaning of a message that it did not understand, without training.

The owner says what the words mean: another word for a product, a question with an answer, or a
keyword of a menu. The words are added there, and the messages of the same words leave the list
(`unclear_messages.taught`); `take_back_lesson` undoes both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from settings.errors import DocstringError
from shop.faq import editing as answers
from shop.language.keyword_forms import normalise_keyword
from shop.menus.editing.drafts import change_keywords
from shop.products.editing import product_editing as products
from shop.products.editing.typed_values import split_typed_words
from shop.products.finding.search import nearest_products
from storage.models import FaqAnswer, Product, UnclearMessage, UserProfile, WorkflowTemplate

Kind = Literal["product", "question", "menu"]
MOST_LESSONS = 20


class AlreadyKnown(DocstringError, ValueError):
    """These words mean that already."""


@dataclass(frozen=True)
class Lesson:
    """What messages were taught to mean.

    `target` is a product's sku, an answer's topic or a menu's name; `words` what was added there.
    """

    kind: Kind
    target: str
    words: list[str]


@dataclass(frozen=True)
class Taught:
    """A lesson, and the newest of the messages that it was made of."""

    row: int
    lesson: Lesson


def find_message(session: Session, row: int) -> UnclearMessage | None:
    """A stored message, if its customer may be written to."""
    query = select(UnclearMessage).join(UserProfile)
    found = query.where(UnclearMessage.cause_id == row, UserProfile.subscription == "subscribed")
    return session.scalars(found).first()


def likely_products(session: Session, words: str) -> list[Product]:
    """All products, those first whose names are like the words."""
    near = [each.sku for each in nearest_products(session, words)]
    return sorted(products.all_products(session), key=lambda product: product.sku not in near)


def teach_product_word(session: Session, message: UnclearMessage, word: str, sku: str) -> Lesson:
    """Makes a word another one for a product.

    Raises:
        AlreadyKnown
        Unfit: of a product: the word is another product's name or a menu's keyword.
    """
    product = products.find_product(session, sku)
    known = {normalise_keyword(each) for each in product.aliases} if product else set()
    new = [each for each in split_typed_words(word) if normalise_keyword(each) not in known]
    if product is None or not new:
        raise AlreadyKnown
    said = ", ".join([*product.aliases, *new])
    products.change_product(session, product, {"aliases": said})
    return _settle(session, message, Lesson("product", sku, new))


def teach_question(session: Session, message: UnclearMessage, answer: FaqAnswer) -> Lesson:
    """Makes the message one more question to an answer, which is given from now on.

    Raises:
        AlreadyKnown
        shop.faq.editing.UnfitTopic: it is too long, or there are too many.
    """
    new = answers.fitting_questions([message.text])
    if answer.is_active and set(new) <= set(answer.questions):
        raise AlreadyKnown
    answer.questions = answers.fitting_questions([*answer.questions, *new])
    answer.is_active = True
    return _settle(session, message, Lesson("question", answer.topic, new))


def teach_answer(
    session: Session,
    message: UnclearMessage,
    topic: str,
    words: str,
    translations: Mapping[str, str],
) -> Lesson:
    """Adds a topic with its answer, to which the message is the first question.

    Raises:
        shop.faq.editing.Unfit, shop.faq.editing.UnfitTopic
    """
    answer = answers.add_topic(session, topic, [message.text], words, translations)
    return _settle(session, message, Lesson("question", answer.topic, list(answer.questions)))


def teach_keyword(session: Session, message: UnclearMessage, menu: WorkflowTemplate) -> Lesson:
    """Makes the whole message a keyword of a menu, which it opens from now on.

    Raises:
        AlreadyKnown
        Unfit: of a menu: it opens another menu, or means a decision of the customer's.
    """
    word = normalise_keyword(message.text)
    if word in map(normalise_keyword, menu.trigger_keywords):
        raise AlreadyKnown
    change_keywords(session, menu, [*menu.trigger_keywords, word])
    return _settle(session, message, Lesson("menu", menu.template_name, [word]))


def list_taught(session: Session, since: datetime) -> list[Taught]:
    """The newest lessons, each once, of messages since a time that are still kept."""
    query = (
        select(func.max(UnclearMessage.cause_id), UnclearMessage.taught)
        .where(UnclearMessage.created_at >= since, UnclearMessage.taught.is_not(None))
        .group_by(UnclearMessage.taught)
        .order_by(func.max(UnclearMessage.updated_at).desc())
        .limit(MOST_LESSONS)
    )
    return [Taught(row, Lesson(**taught)) for row, taught in session.execute(query)]


def take_back_lesson(session: Session, message: UnclearMessage) -> Lesson | None:
    """Removes what the message's lesson added; its messages are not understood again.

    A topic of the owner's own whose only question it was is kept and answered no more.

    Raises:
        shop.menus.editing.drafts.Unfit: the menu has an error of another kind.
    """
    if message.taught is None:
        return None
    lesson = Lesson(**message.taught)
    _TAKE_BACK[lesson.kind](session, lesson)
    same = UnclearMessage.taught == message.taught
    session.execute(update(UnclearMessage).where(same).values(taught=None))
    return lesson


def _take_word(session: Session, lesson: Lesson) -> None:
    product = products.find_product(session, lesson.target)
    if product is not None:
        product.aliases = _without(product.aliases, lesson.words)


def _take_question(session: Session, lesson: Lesson) -> None:
    query = select(FaqAnswer).where(FaqAnswer.topic == lesson.target)
    answer = session.scalars(query).first()
    if answer is None:
        return
    others = [each for each in answer.questions if each not in lesson.words]
    if others or not answers.is_own_topic(answer):
        answer.questions = others
    else:
        answer.is_active = False


def _take_keyword(session: Session, lesson: Lesson) -> None:
    query = select(WorkflowTemplate).where(WorkflowTemplate.template_name == lesson.target)
    if menu := session.scalars(query).first():
        change_keywords(session, menu, _without(menu.trigger_keywords, lesson.words))


_TAKE_BACK = {"product": _take_word, "question": _take_question, "menu": _take_keyword}


def _without(words: Sequence[str], taken: Sequence[str]) -> list[str]:
    forms = {normalise_keyword(each) for each in taken}
    return [each for each in words if normalise_keyword(each) not in forms]


def _settle(session: Session, message: UnclearMessage, lesson: Lesson) -> Lesson:
    """Takes all messages with these words off the list."""
    session.flush()
    same = _form(UnclearMessage.text) == _form(message.text)
    session.execute(
        update(UnclearMessage)
        .where(UnclearMessage.taught.is_(None), same)
        .values(taught=asdict(lesson))
    )
    return lesson


def _form(text: object) -> ColumnElement[str]:
    """The normal form of a message; messages with the same form count as the same."""
    return func.lower(func.btrim(text))
