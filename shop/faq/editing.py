"""Changing what the bot answers to common questions, and adding topics of the owner's own."""

import re
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settings.errors import DocstringError
from shop.language.languages import DEFAULT, served_languages
from shop.products.editing.positions import last_position
from shop.whatsapp.limits import INTERACTIVE_BODY, text_length
from storage.models import FaqAnswer

# The longest answer that fits into one message with the open question after it.
LONGEST = INTERACTIVE_BODY.maximum - 224
# The limits of the owner's own topics.
LONGEST_NAME = 60
MOST_QUESTIONS = 30
LONGEST_QUESTION = 200
# Topics that the bot asks for by itself (actions/faq.py, actions/delivery_areas.py), each with the
# intent of a question about it.
BUILT_IN = {
    "hours": "faq_hours",
    "delivery_area": "faq_delivery",
    "delivery_charge": "faq_delivery",
    "address": "faq_location",
    "payment": "faq_payment",
    "offers": "faq_offers",
    "facilities": "faq_shop",
}


class Unfit(DocstringError, ValueError):
    """An answer has 1 to 800 characters; a translation may be empty."""


class UnfitTopic(DocstringError, ValueError):
    """A topic has a name that no other has, and 1 to 30 questions of up to 200 characters."""


def list_answers(session: Session) -> Sequence[FaqAnswer]:
    """All answers in the owner's order."""
    return session.scalars(select(FaqAnswer).order_by(FaqAnswer.position, FaqAnswer.id)).all()


def is_own_topic(answer: FaqAnswer) -> bool:
    """Whether it is a topic of the owner's own: only these have questions."""
    return answer.topic not in BUILT_IN


def subject_of_answer(answer: FaqAnswer) -> str:
    """How shop/language/older_texts.py names an answer's words."""
    return f"answer {answer.id}"


def answer_words(answer: FaqAnswer) -> dict[str, str]:
    """An answer's words by language; empty where it has none in one."""
    said = {DEFAULT: answer.answer, **answer.translations}
    return {code: said.get(code, "") for code in [*served_languages(), *said]}


def change_answer(
    answer: FaqAnswer,
    words: str,
    translations: Mapping[str, str],
    *,
    is_active: bool,
    questions: Sequence[str] = (),
) -> None:
    """Changes the answer, live at once. Empty translations are deleted.

    Raises:
        Unfit
        UnfitTopic: the questions do not fit, or a topic of the owner's own has none.
    """
    if not words.strip() or any(
        text_length(text) > LONGEST for text in (words, *translations.values())
    ):
        raise Unfit
    if is_own_topic(answer) or any(map(str.strip, questions)):
        answer.questions = fitting_questions(questions)
    else:
        answer.questions = []
    answer.answer = words
    answer.translations = {code: text for code, text in translations.items() if text.strip()}
    answer.is_active = is_active


def add_topic(
    session: Session,
    name: str,
    questions: Sequence[str],
    words: str,
    translations: Mapping[str, str],
) -> FaqAnswer:
    """Adds a topic of the owner's own, which is understood within seconds.

    Raises:
        Unfit
        UnfitTopic
    """
    topic = " ".join(name.split())
    taken = session.scalars(select(func.lower(FaqAnswer.topic))).all()
    if not 0 < text_length(topic) <= LONGEST_NAME or topic.casefold() in {*taken, *BUILT_IN}:
        raise UnfitTopic
    answer = FaqAnswer(topic=topic, position=last_position(session, FaqAnswer.position) + 1)
    change_answer(answer, words, translations, is_active=True, questions=questions)
    session.add(answer)
    session.flush()
    return answer


def fitting_questions(questions: Sequence[str]) -> list[str]:
    """The questions in one form, each once.

    Raises:
        UnfitTopic: there is none, there are too many, or one is too long.
    """
    found = list(dict.fromkeys(re.sub(r"\s+", " ", each).strip() for each in questions))
    found = [each for each in found if each]
    if not 0 < len(found) <= MOST_QUESTIONS or any(
        text_length(each) > LONGEST_QUESTION for each in found
    ):
        raise UnfitTopic
    return found
