"""A notice takes the template that is chosen for it, and only one that Meta would take."""

import pytest

from shop.whatsapp import notice_templates
from shop.whatsapp.bodies import Template
from shop.whatsapp.notice_templates import choose_template, our_drafts, store_templates
from whatsapp_account.templates import PLACE, MetaTemplate

DEFAULT = Template("order_news", "en")


def listed(name="order_news", language="en", **changed):
    known = {
        "status": "APPROVED", "category": "UTILITY", "body": "{{1}} {{2}}", "parameters": 2,
        "is_plain": True, "reason": None,
    }  # fmt: skip
    return MetaTemplate(name, language, **(known | changed))


def test_the_template_of_the_settings_is_the_default(session):
    assert choose_template(session, "order_news", DEFAULT).template == DEFAULT
    store_templates(session, [listed()])
    assert choose_template(session, "order_news", DEFAULT).template == DEFAULT


def test_without_any_there_is_a_reason_for_staff(session):
    choice = choose_template(session, "reminder", None)
    assert (choice.template, choice.problem) == (None, "no template is set")


def test_one_is_chosen_for_each_notice(session):
    store_templates(session, [listed(), listed("order_accepted")])
    notice_templates.set_choice(session, "acceptance", "order_accepted")
    session.flush()
    chosen = [choose_template(session, n, DEFAULT).template for n in ("acceptance", "order_news")]
    assert [one.name for one in chosen] == ["order_accepted", "order_news"]
    notice_templates.set_choice(session, "acceptance", None)
    session.flush()
    assert choose_template(session, "acceptance", DEFAULT).template == DEFAULT


def test_the_customers_language_comes_first_where_it_is_approved(session):
    store_templates(
        session, [listed(), listed(language="hi"), listed(language="ta", status="PENDING")]
    )
    languages = [
        choose_template(session, "order_news", DEFAULT, code).template.language
        for code in ("hi", "ta", None)
    ]
    assert languages == ["hi", "en", "en"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"parameters": 3}, "it wants 3 values, and a notice fills in 2"),
        ({"is_plain": False}, "more than numbered values"),
        ({"status": "PAUSED"}, "Meta says paused"),
        ({"status": "REJECTED", "reason": "INVALID_FORMAT"}, "rejected (invalid format)"),
    ],
)
def test_what_meta_would_refuse_is_never_sent(session, changed, problem):
    store_templates(session, [listed(**changed)])
    choice = choose_template(session, "order_news", DEFAULT)
    assert choice.template is None
    assert problem in choice.problem


def test_one_that_is_gone_at_meta_is_told(session):
    store_templates(session, [listed(), listed("mine")])
    notice_templates.set_choice(session, "order_news", "mine")
    store_templates(session, [listed()])
    choice = choose_template(session, "order_news", DEFAULT)
    assert (choice.template, choice.problem) == (None, "Meta has no template mine")


def test_a_webhook_keeps_the_status_current(session):
    store_templates(session, [listed(status="PENDING")])
    for event, is_sent in (("APPROVED", True), ("PAUSED", False), ("REINSTATED", True)):
        notice_templates.store_template_status(session, "order_news", "en", event, "NONE")
        session.flush()
        assert bool(choose_template(session, "order_news", DEFAULT).template) is is_sent


def test_our_own_fill_two_values_as_metas_review_wants_them():
    for drafts in our_drafts().values():
        for draft in drafts:
            places = list(PLACE.finditer(draft.body))
            assert [place[1] for place in places] == ["1", "2"]
            assert places[0].start() > 0
            assert places[1].end() < len(draft.body)
            assert len(draft.examples) == 2
