"""Changing what the bot answers to common questions."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.whatsapp.limits import INTERACTIVE_BODY, text_length
from storage.models import FaqAnswer

# With the open question behind it an answer still fits into one message.
LONGEST = INTERACTIVE_BODY.maximum - 224


class Unfit(ValueError):
    """An answer has 1 to 800 characters; a translation may be empty."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def list_answers(session: Session) -> Sequence[FaqAnswer]:
    """All answers in the owner's order."""
    return session.scalars(select(FaqAnswer).order_by(FaqAnswer.position, FaqAnswer.id)).all()


def change_answer(
    answer: FaqAnswer, words: str, translations: Mapping[str, str], *, is_active: bool
) -> None:
    """Says it in other words; live at once. Empty translations go.

    Raises:
        Unfit
    """
    if not words.strip() or any(
        text_length(text) > LONGEST for text in (words, *translations.values())
    ):
        raise Unfit
    answer.answer = words
    answer.translations = {code: text for code, text in translations.items() if text.strip()}
    answer.is_active = is_active
