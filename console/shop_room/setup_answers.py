"""What the bot answers to the questions of the first steps, and where the sample's words stand."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.translation import say, spoken_language
from shop.faq.answers import is_of_new_shop
from shop.faq.editing import answer_words
from shop.language.languages import name_of_language
from storage.models import FaqAnswer


@dataclass(frozen=True)
class SetupAnswer:
    """An answer: its words in the reader's language where it has one, and the part of a page where
    it is changed. is_own: not the sample's in any one language; sample_languages: the names of
    those in which an answer of the owner's own is still the sample's, else ""."""

    words: str
    page: str
    is_own: bool
    sample_languages: str


def read_setup_answer(session: Session, topic: str) -> SetupAnswer:
    """What the bot says of a topic now."""
    found = session.scalars(select(FaqAnswer).where(FaqAnswer.topic == topic)).first()
    if found is None:
        return SetupAnswer("", "/answers#new-topic", is_own=False, sample_languages="")
    said = {code: text for code, text in answer_words(found).items() if text.strip()}
    sample = [code for code, text in said.items() if is_of_new_shop(text)]
    is_own = len(sample) < len(said)
    words = said.get(spoken_language()) or found.answer
    names = ", ".join(say(name_of_language(code)) for code in sample) if is_own else ""
    return SetupAnswer(" ".join(words.split()), f"/answers#answer-{found.id}", is_own, names)
