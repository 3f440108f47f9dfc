"""Every fault of the account is named, with its cure; each is one that the emulator can have."""

import time

import pytest

from connectors.whatsapp.receive.account_changes import parse_account, parse_quality
from connectors.whatsapp.receive.notes import store_notes
from doctor.mending import NotMended, repair_point
from tests.integration.doctor.conftest import TEMPLATE

DAY = 86_400
HTTP_ONLY = {
    "Address"
}  # the webhook of the tests has no https, which is refused but to an emulator


def problem(entity, code, words="It is blocked.", state="BLOCKED"):
    known = {"entity": entity, "state": state, "code": code, "words": words, "cure": "Appeal."}
    return {"problems": [known]}


# what Meta has, what the shop has set, the point, its state, words of it and of its cure
FAULTS = {
    "a void token": (
        {"token_is_valid": False}, {}, "Token", "trouble", "not valid", "Generate token"),
    "a foreign token": (
        {}, {"whatsapp_access_token": "x"}, "Token", "trouble", "refuses", "Generate token"),
    "a token that ends soon": (
        {"token_expires_at": int(time.time()) + 3 * DAY}, {}, "Token's expiry", "trouble",
        "expires on", "never expiring"),
    "a token that ends one day": (
        {"token_expires_at": int(time.time()) + 50 * DAY}, {}, "Token's expiry", "look",
        "expires on", "never expiring"),
    "a token that may not manage": (
        {"rights": ["whatsapp_business_messaging"]}, {}, "Token's rights", "trouble",
        "whatsapp_business_management", "System users"),
    "an unknown number": (
        {}, {"whatsapp_phone_number_id": "1"}, "Number", "trouble", "phone number id that is set",
        "WHATSAPP_PHONE_NUMBER_ID"),
    "a number that is not registered": (
        {"status": "PENDING"}, {}, "Number", "trouble", "is pending", "Register"),
    "a number elsewhere": (
        {"platform_type": "ON_PREMISE"}, {}, "Number", "trouble", "on premise", "Move it"),
    "a name that is refused": (
        {"name_status": "DECLINED"}, {}, "Display name", "trouble", "declined", "Phone numbers"),
    "a bad reputation": (
        {"quality_rating": "RED"}, {}, "Quality", "trouble", "block or report", "Write less"),
    "more than the number may send": (
        {}, {"messages_per_second": 500}, "Throughput", "trouble", "we would send 500",
        "MESSAGES_PER_SECOND=80"),
    "a number that the app uses, too": (
        {"is_on_biz_app": True},
        {},
        "Throughput",
        "trouble",
        "20 messages a second",
        "MESSAGES_PER_SECOND=20",
    ),
    "a low limit": (
        {"messaging_limit": "TIER_250"}, {}, "Messaging limit", "look", "250 customers", "Verify"),
    "no payment method": (
        problem("WABA", 141006), {}, "Payment method", "trouble", "refused", "Add payment method"),
    "an unverified business": (
        problem("BUSINESS", 141010), {}, "Business verification", "look", "not verified",
        "Start verification"),
    "an account that is locked": (
        problem("WABA", 131031), {}, "May send: account", "trouble", "It is blocked", "Appeal"),
    "an app that is not subscribed": (
        {"is_subscribed": False}, {}, "App at the account", "trouble", "no message arrives",
        "Subscribe"),
    "a secret of another app": (
        {}, {"whatsapp_app_secret": "x"}, "App secret", "trouble", "401", "App settings > Basic"),
    "fields that are missing": (
        {"fields": ["messages", "account_update"]}, {}, "Fields", "trouble",
        "smb_message_echoes, user_preferences", "Subscribe"),
    "no field messages": (
        {"fields": ["account_update"]}, {}, "Fields", "trouble", "Nothing arrives", "Subscribe"),
    "no webhook": (
        {"callback_url": ""}, {}, "Fields", "trouble", "no webhook", "callback URL"),
    "a wrong path": (
        {"callback_url": "https://bot.example/hook"}, {}, "Address", "trouble", "no path of ours",
        "/webhooks/whatsapp/webhook"),
    "no https": ({}, {}, "Address", "trouble", "no https", "https"),
    "a host that does not answer": (
        {"callback_url": "https://127.0.0.1:9/webhooks/whatsapp/webhook"}, {}, "Address",
        "trouble", "does not answer", "certificate"),
    "no such template": (
        {}, {"whatsapp_notice_template": "nothing"}, "News of an order", "trouble",
        "has no template nothing", "Create it"),
    "no template at all": (
        {}, {"whatsapp_notice_template": ""}, "News of an order", "look", "No template",
        "Create ours"),
    "an unknown version": (
        {}, {"whatsapp_api_version": "v1.0"}, "WhatsApp answers", "trouble", "v1.0",
        "WHATSAPP_API_VERSION"),
    "an API that is away": (
        {}, {"whatsapp_api_url": "http://127.0.0.1:9"}, "WhatsApp answers", "trouble",
        "No answer", "443"),
}  # fmt: skip


def test_there_are_fifteen_different_ones_at_least():
    """Each is a point of its own, or another cure of one."""
    assert len({(title, cure) for *_, title, _, _, cure in FAULTS.values()}) >= 15
    assert len({title for _, _, title, *_ in FAULTS.values()}) >= 15


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_cure(meta, look, fault):
    account, changed, title, state, words, cure = FAULTS[fault]
    meta.has(**account)
    finding = look(**changed)[title]
    assert finding.state == state
    assert words in finding.words
    assert cure in f"{finding.cure} {finding.server}"


def test_a_good_account_has_no_complaint(look):
    found = look()
    assert {one.title for one in found.values() if one.state != "fine"} == HTTP_ONLY
    assert "+911140000100" in found["Number"].words
    assert "2,000 customers" in found["Messaging limit"].words
    assert "approved in en, with 2 parameters" in found["News of an order"].words


def test_a_wrong_verify_token_is_told_from_an_address_that_is_away(meta):
    from doctor.webhook import examine_address  # noqa: PLC0415

    emulated = meta.settings(whatsapp_verify_token="other").model_copy(update={"emulated": True})
    found = {one.title: one for one in examine_address(meta.webhook, emulated)}
    assert found["Address"].state == "fine"
    assert found["Verify token"].state == "trouble"
    assert found["Verify token"].server == "WHATSAPP_VERIFY_TOKEN"


@pytest.mark.parametrize(
    ("event", "state", "words", "cure"),
    [
        ({"event": "FLAGGED"}, "trouble", "quality as low", "Write less"),
        ({"event": "DOWNGRADE", "current_limit": "TIER_250"}, "look", "now tier 250", "rises"),
        (
            {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ADULT"}},
            "trouble",
            "a policy: adult",
            "review",
        ),
        ({"ban_info": {"waba_ban_state": "DISABLE"}}, "trouble", "has disabled", "at once"),
    ],
)
def test_what_meta_told_by_webhook_is_named(look, event, state, words, cure):
    assert look()["Notices from Meta"].state == "fine"
    parse = parse_quality if event.get("event") in ("FLAGGED", "DOWNGRADE") else parse_account
    store_notes((), (), parse("a field", {"event": "DISABLED_UPDATE", **event}).account)
    finding = look()["Notices from Meta"]
    assert finding.state == state
    assert words in finding.words
    assert cure in finding.cure
    # Also where the token is void, as it may be after a ban.
    assert look(whatsapp_access_token="x")["Notices from Meta"].state == state


@pytest.mark.parametrize(
    ("template", "state", "words"),
    [
        ({"status": "PAUSED"}, "trouble", "is paused"),
        ({"status": "REJECTED"}, "trouble", "is rejected"),
        ({"status": "PENDING"}, "look", "waits for Meta's review"),
        ({"body": "Order {{1}} of {{2}}: {{3}} Thank you."}, "trouble", "wants 3 values"),
        ({"body": "Order {{number}}: {{news}} Thank you."}, "trouble", "more than numbered"),
        (
            {"buttons": [{"type": "url", "text": "See", "url": "https://x.example/{{1}}"}]},
            "trouble",
            "more than numbered",
        ),
    ],
)
def test_a_template_that_cannot_be_sent_is_named(meta, look, template, state, words):
    meta.control("POST", "/templates", TEMPLATE | template)
    finding = look()["News of an order"]
    assert finding.state == state
    assert words in finding.words


def test_no_word_holds_a_secret(meta, look):
    meta.has(is_subscribed=False, token_is_valid=False)
    said = "".join(
        f"{one.words}{one.cure}{one.server}" for one in look(whatsapp_app_secret="hush").values()
    )
    assert not any(secret in said for secret in ("hush", "token-of-the-tests", "verify-of"))


def test_one_tap_subscribes_the_app(meta, look):
    meta.has(is_subscribed=False)
    assert look()["App at the account"].mend == "subscribe_app"
    repair_point("subscribe_app", meta.settings())
    assert look()["App at the account"].state == "fine"


def test_one_tap_subscribes_the_fields_and_has_meta_shake_hands(meta, look):
    meta.has(fields=["messages"])
    assert look()["Fields"].mend == "subscribe_fields"
    repair_point("subscribe_fields", meta.settings())
    assert look()["Fields"].state == "fine"


def test_fields_are_not_subscribed_without_the_handshake(meta):
    meta.has(fields=["messages"])
    with pytest.raises(NotMended, match="Callback verification failed"):
        repair_point("subscribe_fields", meta.settings(whatsapp_verify_token="other"))
