"""The emulator's account: asked as Meta is, changed by tests, refused as Meta refuses."""

import pytest
import requests

from emulator.account import APP
from emulator.config import BUSINESS_ACCOUNT
from tests.integration.emulator.world import NUMBER, SECRET, TOKEN, VERIFY, eventually

BODY = {"type": "BODY", "text": "Order {{1}}: {{2}} Bye.", "example": {"body_text": [["1", "2"]]}}
DRAFT = {"name": "news", "language": "en", "category": "UTILITY", "components": [BODY]}


@pytest.fixture
def ask(phone):
    """`ask("GET", path)` with the shop's token, or another."""

    def ask(method, path, body=None, token=TOKEN, **query):
        headers = {"Authorization": f"Bearer {token}"}
        url = f"{phone.url}/v23.0/{path}"
        answer = requests.request(method, url, headers=headers, json=body, params=query, timeout=30)
        return answer.status_code, answer.json()

    return ask


def test_the_number_has_the_fields_that_were_asked_for(ask):
    status, found = ask("GET", NUMBER, fields="verified_name,throughput")
    assert (status, found) == (
        200,
        {"verified_name": "Chai Corner", "throughput": {"level": "STANDARD"}, "id": NUMBER},
    )


def test_a_field_of_another_version_is_refused(ask):
    status, found = ask("GET", NUMBER, fields="whatsapp_business_manager_messaging_limit")
    assert (status, found["error"]["code"]) == (400, 100)
    assert ask("GET", NUMBER, fields="messaging_limit_tier")[0] == 200


def test_only_the_apps_own_token_sees_its_webhook(ask):
    assert ask("GET", f"{APP}/subscriptions")[1]["error"]["code"] == 190
    status, found = ask("GET", f"{APP}/subscriptions", token=f"{APP}|{SECRET}")
    assert (status, found["data"][0]["object"]) == (200, "whatsapp_business_account")


def test_a_webhook_is_taken_after_a_handshake(ask, shop):
    wanted = {
        "object": "whatsapp_business_account", "fields": "messages",
        "callback_url": f"http://127.0.0.1:{shop.port}/webhook", "verify_token": "wrong",
    }  # fmt: skip
    where, token = f"{APP}/subscriptions", f"{APP}|{SECRET}"
    assert ask("POST", where, wanted, token)[1]["error"]["code"] == 2200
    assert ask("POST", where, wanted | {"verify_token": VERIFY}, token)[1] == {"success": True}
    [found] = ask("GET", where, token=token)[1]["data"]
    assert [field["name"] for field in found["fields"]] == ["messages"]


def test_a_template_is_reviewed_and_the_shop_is_told(ask, shop):
    status, made = ask("POST", f"{BUSINESS_ACCOUNT}/message_templates", DRAFT)
    assert (status, made["status"]) == (200, "PENDING")
    [told] = eventually(lambda: [v for hook in shop.webhooks for v in hook.values if "event" in v])
    assert (told["message_template_name"], told["event"]) == ("news", "APPROVED")


@pytest.mark.parametrize(
    ("changed", "subcode"),
    [
        ({"components": [BODY | {"text": "{{1}} and {{2}} end."}]}, 2388299),
        ({"components": [BODY | {"text": "Order {{1}}: {{2}}"}]}, 2388299),
        ({"components": [BODY | {"example": {"body_text": ["1", "2"]}}]}, 2388043),
        ({"name": "Not So"}, None),
    ],
)
def test_a_template_that_metas_review_would_not_take(ask, changed, subcode):
    status, found = ask("POST", f"{BUSINESS_ACCOUNT}/message_templates", DRAFT | changed)
    assert (status, found["error"].get("error_subcode")) == (400, subcode)


def test_the_same_template_is_not_made_twice(ask):
    where = f"{BUSINESS_ACCOUNT}/message_templates"
    ask("POST", where, DRAFT)
    assert ask("POST", where, DRAFT)[1]["error"]["error_subcode"] == 2388024


def test_templates_come_in_pages(ask, phone):
    for number in range(3):
        phone.control("POST", "/templates", {"name": f"t{number}", "language": "en", "body": "x"})
    where = f"{BUSINESS_ACCOUNT}/message_templates"
    first = ask("GET", where, limit=3)[1]
    assert "next" in first["paging"]
    rest = ask("GET", where, limit=3, after=first["paging"]["cursors"]["after"])[1]
    names = [each["name"] for each in first["data"] + rest["data"]]
    assert names == ["hello_world", "t0", "t1", "t2"]
    assert "next" not in rest["paging"]


def test_a_control_that_nobody_knows_is_refused(phone):
    answer = requests.patch(f"{phone.url}/emulator/account", json={"quality": "RED"}, timeout=30)
    assert (answer.status_code, "unknown" in answer.json()["error"]) == (400, True)
