"""Answers to common questions are the owner's words, at once."""

from datetime import time

import pytest
from sqlalchemy import select

from shop.faq import answers, editing
from storage.engine import session
from storage.models import AuditEntry, FaqAnswer, OpeningHours


def key(topic="hours"):
    with session() as opened:
        return opened.scalars(select(FaqAnswer.id).where(FaqAnswer.topic == topic)).one()


def said(topic="hours", language=None):
    with session() as opened:
        return answers.find_answer(opened, topic, language)


def test_an_answer_in_other_words(asha):
    words = {"answer": "From 9 to 9.", "in.hi": "9 से 9 तक।", "is_active": "on"}
    assert asha.sends(f"/answers/{key()}", **words).status_code == 303
    assert (said(), said(language="hi")) == ("From 9 to 9.", "9 से 9 तक।")
    assert "From 9 to 9." in asha.sees("/answers")
    with session() as opened:
        entry = opened.scalars(select(AuditEntry).where(AuditEntry.subject == "hours")).one()
        assert entry.details["after"] == "From 9 to 9."


def test_no_answer_and_no_translation(asha):
    asha.sends(f"/answers/{key()}", **{"answer": "From 9 to 9.", "in.hi": " "})
    assert said() is None
    asha.sends(f"/answers/{key()}", answer="From 9 to 9.", is_active="on")
    assert said(language="hi") == "From 9 to 9."


@pytest.mark.parametrize(
    "words",
    [
        {"answer": " "},
        {"answer": "x" * (editing.LONGEST + 1)},
        {"answer": "Yes", "in.hi": "x" * (editing.LONGEST + 1)},
    ],
)
def test_what_does_not_fit_is_not_saved_and_not_lost(asha, words):
    before = said()
    answer = asha.sends(f"/answers/{key()}", **words, is_active="on")
    assert answer.status_code == 422
    assert words.get("in.hi", words["answer"]).strip() in answer.text
    assert said() == before


def told_by_shop(page, topic):
    card = page.split(f'id="answer-{key(topic)}"')[1].split("</section>")[0]
    return "Customers are told, in their language, what Shop has" in card


def test_words_that_nobody_hears_say_so(asha):
    page = asha.sees("/answers")
    assert told_by_shop(page, "hours")
    assert told_by_shop(page, "delivery_area")
    assert not told_by_shop(page, "address")
    # Words of the owner's own are said, until hours are set.
    asha.sends(f"/answers/{key()}", answer="From 9 to 9.", is_active="on")
    assert not told_by_shop(asha.sees("/answers"), "hours")
    with session() as opened:
        opened.add(OpeningHours(weekday=1, opens=time(9), closes=time(21)))
    assert told_by_shop(asha.sees("/answers"), "hours")


def test_answers_are_for_owners(ravi, asha):
    assert ravi.gets("/answers").status_code == 403
    assert ravi.sends(f"/answers/{key()}", answer="x").status_code == 403
    assert asha.sends("/answers/999999", answer="x").status_code == 404


TOPIC = {
    "topic": "Parking",
    "questions": "Is there parking?\n where can  I park \nIs there parking?",
    "answer": "Behind the shop, free for an hour.",
    "in.hi": "दुकान के पीछे, एक घंटे तक मुफ़्त।",
}


def row(topic):
    with session() as opened:
        found = opened.scalars(select(FaqAnswer).where(FaqAnswer.topic == topic)).one_or_none()
        opened.expunge_all()
        return found


def test_a_topic_of_the_owners_own(asha):
    assert asha.sends("/answers", **TOPIC).status_code == 303
    assert row("Parking").questions == ["Is there parking?", "where can I park"]
    assert (said("Parking"), said("Parking", "hi")) == (TOPIC["answer"], TOPIC["in.hi"])
    assert "where can I park" in asha.sees("/answers")
    changed = {"answer": "Across the street.", "questions": "parking?", "is_active": "on"}
    assert asha.sends(f"/answers/{key('Parking')}", **changed).status_code == 303
    assert (row("Parking").questions, said("Parking")) == (["parking?"], "Across the street.")
    assert asha.sends(f"/answers/{key('Parking')}/remove").status_code == 303
    assert row("Parking") is None


@pytest.mark.parametrize(
    "other",
    [
        {"topic": " "},
        {"topic": "Hours"},
        {"topic": "x" * (editing.LONGEST_NAME + 1)},
        {"questions": " \n"},
        {"questions": "x" * (editing.LONGEST_QUESTION + 1)},
        {"questions": "\n".join(map(str, range(editing.MOST_QUESTIONS + 1)))},
        {"answer": ""},
    ],
)
def test_a_topic_that_does_not_fit_is_not_added_and_not_lost(asha, other):
    answer = asha.sends("/answers", **TOPIC | other)
    assert answer.status_code == 422
    assert TOPIC["in.hi"] in answer.text
    with session() as opened:
        assert all(not each.questions for each in opened.scalars(select(FaqAnswer)))


def test_a_topic_needs_questions_also_later(asha):
    asha.sends("/answers", **TOPIC)
    assert asha.sends(f"/answers/{key('Parking')}", answer="x", questions="").status_code == 422
    assert row("Parking").answer == TOPIC["answer"]


def test_a_topic_of_the_bots_own_stays(asha):
    assert asha.sends(f"/answers/{key('hours')}/remove").status_code == 404
    assert row("hours") is not None


def test_what_is_changed_in_one_language_is_older_in_the_other(asha):
    with session() as opened:
        number = opened.scalars(select(FaqAnswer.id).where(FaqAnswer.topic == "hours")).one()
    path, both = f"/answers/{number}", {"answer": "Till 9", "in.hi": "9 तक", "is_active": "on"}
    asha.sends(path, **both)
    assert "is older" not in asha.sees("/answers")
    changed = asha.sends(path, **{**both, "answer": "Till 10"})
    assert changed.headers["Location"] == f"/answers#answer-{number}"
    page = asha.sees("/answers")
    assert "Saved. Hindi is older now: change it too, or tick “They still fit”." in page
    assert "Hindi is older" in page.replace("Hindi is older now", "")
    assert "Customers who write Hindi get these words as they stand." in page
    asha.sends(path, **{**both, "answer": "Till 10"}, fits="hi")
    assert "is older" not in asha.sees("/answers")
    asha.sends(path, **{**both, "answer": "Till 10", "in.hi": "11 तक"})
    assert "English is older" in asha.sees("/answers")
    asha.sends(path, **{**both, "answer": "Till 11", "in.hi": ""})
    page = asha.sees("/answers")
    assert "is older" not in page
    assert "Empty: customers who write Hindi get the English words." in page
