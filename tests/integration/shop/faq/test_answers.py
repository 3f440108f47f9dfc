"""Answers to common questions, from the table that the owner edits."""

import json

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from actions.faq import TOPICS
from shop.faq.answers import find_answer


def write(session: Session, assignment: str, **values: str) -> None:
    session.execute(text(f"UPDATE faq_answers SET {assignment} WHERE topic = 'hours'"), values)


def test_a_new_shop_has_an_answer_to_each_question_in_both_languages(session: Session) -> None:
    for topic, _ in TOPICS.values():
        english, hindi = find_answer(session, topic), find_answer(session, topic, "hi")
        assert english
        assert hindi
        assert english != hindi
    assert "all day" in str(find_answer(session, "hours", "en"))


def test_the_owners_words_are_said(session: Session) -> None:
    write(session, "answer = :words", words="From noon to midnight")
    assert find_answer(session, "hours") == "From noon to midnight"


@pytest.mark.parametrize("translations", ["[]", "null", '{"hi": 7}', '{"hi": " "}', '{"ta": "x"}'])
def test_without_a_translation_it_is_said_as_written(session: Session, translations: str) -> None:
    write(session, "translations = :all", all=translations)
    assert find_answer(session, "hours", "hi") == find_answer(session, "hours")


def test_what_is_switched_off_blank_or_gone_is_no_answer(session: Session) -> None:
    write(session, "answer = ' ', translations = :none", none=json.dumps({}))
    assert find_answer(session, "hours") is None
    write(session, "answer = 'Always', is_active = false")
    assert find_answer(session, "hours") is None
    session.execute(text("DELETE FROM faq_answers"))
    assert find_answer(session, "payment") is None


def test_the_outside_may_add_a_topic_with_its_words_alone(session: Session) -> None:
    session.execute(text("INSERT INTO faq_answers (topic, answer) VALUES ('parking', 'Behind us')"))
    assert find_answer(session, "parking", "hi") == "Behind us"
