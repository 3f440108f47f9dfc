"""What was not understood is taught from the list: a product's word, an answer, a keyword."""

import re

import pytest
from sqlalchemy import select

from shop.customers import unclear
from shop.faq import answers
from shop.language.keyword_forms import normalise_keyword
from shop.menus import cache
from shop.menus.keywords import read_keywords
from storage.engine import session
from storage.models import (
    AuditEntry,
    FaqAnswer,
    Product,
    UnclearMessage,
    UserProfile,
    WorkflowTemplate,
)

LIST = "/answers/unclear"
MESSAGES = {
    11: "brew of the day",
    12: "Brew of the day ",
    13: "can i park my car at yours",
    14: "aaj ka special",
    15: "stop",
}


@pytest.fixture(autouse=True)
def written(meera):
    """What Meera wrote and nobody understood."""
    with session() as opened:
        customer = opened.get_one(UserProfile, meera)
        for row, text in MESSAGES.items():
            unclear.store_unclear(opened, customer, row, text, "support")


def listed(worker):
    """The messages on the list, in the order of the page."""
    page = worker.sees(LIST)
    return re.findall(r'aria-label="Teach: ([^"]+)"', page)


def aliases(sku="coffee"):
    with session() as opened:
        return opened.scalars(select(Product.aliases).where(Product.sku == sku)).one()


def answer_row(topic):
    with session() as opened:
        found = opened.scalars(select(FaqAnswer).where(FaqAnswer.topic == topic)).one()
        opened.expunge_all()
        return found


def opens(word):
    with session() as opened:
        cache.menus_cache(opened).refresh()
        return read_keywords(opened).get(normalise_keyword(word))


def test_a_word_for_a_product(asha):
    assert listed(asha)[0] == "brew of the day"
    assert 'value="brew of the day"' in asha.sees(f"{LIST}/11")
    answer = asha.sends(f"{LIST}/11/product", word="brew of the day", product="coffee")
    assert answer.status_code == 303
    assert "brew of the day" in aliases()
    # Both messages of these words are off the list, and out of what is to be labelled.
    assert "brew of the day" not in listed(asha)
    with session() as opened:
        assert {each.cause_id for each in unclear.to_label(opened)} == {13, 14, 15}
    assert "“brew of the day” is another word for Coffee" in asha.sees(LIST)

    before = aliases()
    assert asha.sends(f"{LIST}/12/back").status_code == 303
    assert aliases() == [word for word in before if word != "brew of the day"]
    assert "brew of the day" in listed(asha)
    with session() as opened:
        actions = opened.scalars(
            select(AuditEntry.action).where(AuditEntry.subject == "coffee")
        ).all()
    assert actions == ["taught a word for", "took back what was taught"]


@pytest.mark.parametrize(
    ("word", "product", "said"),
    [
        ("tea", "coffee", "“tea” already means"),
        ("menu", "coffee", "already opens the menu"),
        ("x" * 41, "coffee", "At most"),
        ("", "coffee", "mean that already"),
        ("brew of the day", "nothing_sold", "mean that already"),
    ],
)
def test_a_word_that_means_something_else_is_refused_with_the_reason(asha, word, product, said):
    before = aliases()
    answer = asha.sends(f"{LIST}/11/product", word=word, product=product)
    assert answer.status_code == 422
    assert said in answer.text
    assert aliases() == before
    assert "brew of the day" in listed(asha)


def test_a_question_to_an_answer_that_the_bot_gives_by_itself(asha):
    key = answer_row("address").id
    assert asha.sends(f"{LIST}/13/question", answer_id=str(key)).status_code == 303
    assert answer_row("address").questions == [MESSAGES[13]]
    assert MESSAGES[13] not in listed(asha)
    # It stands with its answer, and stays when the answer is said in other words.
    assert MESSAGES[13] in asha.sees("/answers")
    asha.sends(f"/answers/{key}", answer="By the park.", questions=MESSAGES[13], is_active="on")
    assert answer_row("address").questions == [MESSAGES[13]]
    asha.sends(f"{LIST}/13/back")
    assert answer_row("address").questions == []
    assert answer_row("address").is_active
    assert MESSAGES[13] in listed(asha)


def test_a_question_that_has_no_answer_yet(asha):
    new = {"topic": "Parking", "answer": "Behind the shop.", "in.hi": "दुकान के पीछे।"}
    assert asha.sends(f"{LIST}/13/question", **new | {"answer": " "}).status_code == 422
    assert asha.sends(f"{LIST}/13/question", **new).status_code == 303
    row = answer_row("Parking")
    assert (row.questions, row.translations) == ([MESSAGES[13]], {"hi": new["in.hi"]})
    asha.sends(f"{LIST}/13/back")
    # The owner's words are kept; the bot says them no more.
    with session() as opened:
        assert answers.find_answer(opened, "Parking") is None
    assert answer_row("Parking").answer == new["answer"]
    asha.sends(f"{LIST}/13/question", answer_id=str(row.id))
    assert answer_row("Parking").is_active


def test_a_keyword_of_a_menu(asha):
    with session() as opened:
        before = opened.scalars(
            select(WorkflowTemplate.trigger_keywords).where(
                WorkflowTemplate.template_name == "main_menu"
            )
        ).one()
    assert opens("Aaj ka special!") is None
    assert asha.sends(f"{LIST}/14/menu", menu="main_menu").status_code == 303
    assert opens("Aaj ka special!").entities == {"menu": "main_menu"}
    assert MESSAGES[14] not in listed(asha)
    assert "opens the menu “Main menu”" in asha.sees(LIST)
    asha.sends(f"{LIST}/14/back")
    assert opens("Aaj ka special!") is None
    assert MESSAGES[14] in listed(asha)
    with session() as opened:
        query = select(WorkflowTemplate.trigger_keywords)
        named = query.where(WorkflowTemplate.template_name == "main_menu")
        assert opened.scalars(named).one() == before


def test_what_must_always_be_a_decision_becomes_no_keyword(asha):
    answer = asha.sends(f"{LIST}/15/menu", menu="main_menu")
    assert answer.status_code == 422
    assert "must always unsubscribe a customer" in answer.text
    assert opens("stop") is None


def test_the_same_words_come_back_where_they_are_still_not_understood(asha, meera):
    asha.sends(f"{LIST}/14/menu", menu="main_menu")
    with session() as opened:
        unclear.store_unclear(
            opened, opened.get_one(UserProfile, meera), 16, MESSAGES[14], "support"
        )
    assert MESSAGES[14] in listed(asha)


def test_whoever_asked_us_to_stop_is_not_read(asha, meera):
    with session() as opened:
        opened.get_one(UserProfile, meera).subscription = "unsubscribed"
    assert listed(asha) == []
    assert asha.gets(f"{LIST}/11").status_code == 404
    assert (
        asha.sends(f"{LIST}/11/product", word="brew of the day", product="coffee").status_code
        == 404
    )


def test_it_is_for_owners(asha, ravi):
    assert ravi.gets(LIST).status_code == 403
    assert (
        ravi.sends(f"{LIST}/11/product", word="brew of the day", product="coffee").status_code
        == 403
    )
    assert asha.gets(f"{LIST}/999").status_code == 404
    assert asha.sends(f"{LIST}/11/back").status_code == 404
    with session() as opened:
        assert opened.scalars(select(UnclearMessage.taught)).all() == [None] * len(MESSAGES)
