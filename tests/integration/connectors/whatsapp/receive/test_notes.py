"""What Meta says beside messages is kept: offers stopped in its menu, templates' statuses."""

import asyncio
import json
import time

import pytest
from sqlalchemy import select

from connectors.whatsapp.receive.deliveries import Receiving, Secrets, accept_delivery
from connectors.whatsapp.receive.notes import store_notes
from connectors.whatsapp.receive.signature import sign_body
from shop.alerts.current import find_current
from shop.whatsapp.notice_templates import store_templates
from storage.engine import session as transaction
from storage.models import Consent, MessageTemplate, UserProfile
from whatsapp_account.templates import MetaTemplate

NUMBER, SECRET = "100200300400500", "secret"


def deliver(field, value):
    body = json.dumps({"entry": [{"changes": [{"field": field, "value": value}]}]}).encode()

    async def accept(_messages, _receipts):
        raise AssertionError("there is no message")

    to = Receiving(Secrets(SECRET, "word"), NUMBER, accept, lambda _echoes: None, store_notes)
    return asyncio.run(accept_delivery(to, body, sign_body(SECRET, body)))


def preference(word, number=NUMBER):
    said = {
        "wa_id": "919800000001", "value": word, "category": "marketing_messages",
        "timestamp": 1_760_000_000 if word == "stop" else 1_760_000_100,
    }  # fmt: skip
    return {"metadata": {"phone_number_id": number}, "user_preferences": [said]}


def test_offers_stopped_in_whatsapps_menu(engine):
    for word in ("stop", "stop", "resume"):
        assert deliver("user_preferences", preference(word)) == 200
    with transaction() as opened:
        kept = opened.scalars(select(Consent).order_by(Consent.given_at)).all()
        assert [(c.topic, c.wants, c.way) for c in kept] == [
            ("offers", False, "whatsapp"), ("offers", True, "whatsapp"),
        ]  # fmt: skip
        assert opened.scalars(select(UserProfile.subscription)).all() == ["subscribed"]


def test_what_concerns_another_number_is_left(engine):
    assert deliver("user_preferences", preference("stop", "1")) == 200
    with transaction() as opened:
        assert opened.scalars(select(Consent)).all() == []


def test_a_template_is_paused_and_approved_again(engine):
    with transaction() as opened:
        known = MetaTemplate("order_news", "en", "APPROVED", "UTILITY", "", 2, True)
        store_templates(opened, [known])
    for event in ("PAUSED", "APPROVED"):
        value = {
            "event": event, "message_template_name": "order_news", "reason": "NONE",
            "message_template_language": "en", "message_template_id": 1,
        }  # fmt: skip
        assert deliver("message_template_status_update", value) == 200
        with transaction() as opened:
            assert opened.scalars(select(MessageTemplate.status)).all() == [event]


def quality(event, **more):
    return {"event": event, "display_phone_number": "+91 11 4000 0100", **more}


def ban(state):
    return {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": state}}


def restriction(days):
    ends = int(time.time()) + days * 86_400
    listed = [{"restriction_type": "RESTRICTED_X", "expiration": ends}]
    return {"event": "ACCOUNT_RESTRICTION", "restriction_info": listed}


QUALITY, ACCOUNT = "phone_number_quality_update", "account_update"


@pytest.mark.parametrize(
    ("deliveries", "expected"),
    [
        ([(QUALITY, quality("FLAGGED"))] * 2, [("quality_down", "911140000100 quality")]),
        ([(QUALITY, quality("FLAGGED")), (QUALITY, quality("UNFLAGGED"))], []),
        ([(QUALITY, quality("DOWNGRADE", current_limit="TIER_250"))],
         [("account_trouble", "911140000100 limit")]),
        ([(QUALITY, quality("DOWNGRADE")), (QUALITY, quality("UPGRADE"))], []),
        ([(ACCOUNT, {"event": "ACCOUNT_VIOLATION"})], [("account_trouble", "violation")]),
        ([(ACCOUNT, restriction(2))], [("account_trouble", "restriction")]),
        ([(ACCOUNT, restriction(-1))], []),
        ([(ACCOUNT, ban("DISABLE")), (ACCOUNT, {"event": "ACCOUNT_VIOLATION"}),
          (ACCOUNT, ban("REINSTATE"))], []),
        ([(ACCOUNT, {"event": "VERIFIED_ACCOUNT"})], []),
    ],
)  # fmt: skip
def test_what_meta_tells_of_the_account_needs_somebody(engine, deliveries, expected):
    for field, value in deliveries:
        assert deliver(field, value) == 200
    with transaction() as opened:
        found = [(one.kind, one.subject) for one in find_current(opened)]
    assert found == expected


def test_it_is_told_in_words(engine):
    deliver(QUALITY, quality("FLAGGED"))
    deliver(QUALITY, quality("DOWNGRADE", current_limit="TIER_250"))
    deliver(ACCOUNT, ban("SCHEDULE_FOR_DISABLE"))
    with transaction() as opened:
        assert {one.words for one in find_current(opened)} == {
            "Customers block or report +911140000100: Meta rates its quality as low",
            "Meta has lowered the messaging limit of +911140000100, now tier 250",
            "Meta will disable the WhatsApp account",
        }
