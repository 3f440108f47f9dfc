"""Trouble to order on the Graph API."""

import pytest
import requests

from tests.integration.emulator.world import ASHA, NUMBER, RAVI, TOKEN, eventually

TEXT = {"messaging_product": "whatsapp", "to": ASHA, "type": "text", "text": {"body": "Hello"}}


def texts(phone) -> list[str]:
    return [m["text"] for m in phone.chat()["messages"] if m["from"] == "shop"]


def test_a_code_for_the_next_sends(talking):
    talking.control("POST", "/faults", {"code": 131056, "times": 2})
    answers = [talking.graph(TEXT) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 200]
    assert answers[0].json()["error"]["code"] == 131056
    assert texts(talking) == ["Hello"]


def test_only_for_one_customer(talking):
    talking.says({"text": "hi"}, RAVI)
    talking.control("POST", "/faults", {"code": 130429, "to": "+" + RAVI})
    assert talking.graph(TEXT).status_code == 200
    assert talking.graph(TEXT | {"to": RAVI}).status_code == 429


def test_a_server_error_without_json(talking):
    talking.control("POST", "/faults", {"http": 500})
    answer = talking.graph(TEXT)
    assert answer.status_code == 500
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_a_dropped_connection(talking):
    talking.control("POST", "/faults", {"drop": True})
    with pytest.raises(requests.ConnectionError):
        talking.graph(TEXT)
    assert texts(talking) == []
    assert talking.graph(TEXT).status_code == 200


def test_dropped_after_it_was_accepted(talking, shop):
    talking.control("POST", "/faults", {"drop": True, "accept": True})
    with pytest.raises(requests.ConnectionError):
        talking.graph(TEXT | {"biz_opaque_callback_data": "row 7"})
    assert texts(talking) == ["Hello"]
    sent = eventually(lambda: [s for s in shop.statuses if s["status"] == "sent"])[0]
    assert sent["biz_opaque_callback_data"] == "row 7"


def test_no_answer_at_all(talking):
    talking.control("POST", "/faults", {"hang": 20})
    with pytest.raises(requests.Timeout):
        requests.post(
            f"{talking.url}/v23.0/{NUMBER}/messages",
            json=TEXT,
            headers={"Authorization": f"Bearer {TOKEN}"},
            timeout=0.5,
        )
    assert talking.graph(TEXT).status_code == 200


def test_accepted_and_then_failed(talking, shop):
    talking.control("POST", "/faults", {"fail": 131026})
    sent = talking.sends("Hello")
    assert talking.reached(sent, "failed")["error"]["code"] == 131026
    assert texts(talking) == []
    eventually(lambda: shop.steps_of(sent) == ["failed"])


def test_trouble_with_receipts_alone(talking, shop):
    talking.control("POST", "/faults", {"of": "reads", "http": 503})
    wamid = shop.messages[0]["id"]
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    assert talking.graph(TEXT).status_code == 200
    assert talking.graph(receipt).status_code == 503
    assert talking.graph(receipt).status_code == 200


def test_faults_can_be_listed_and_dropped(phone):
    listed = phone.control("POST", "/faults", {"code": 2, "times": 9})["faults"]
    assert [(fault["code"], fault["times"]) for fault in listed] == [(2, 9)]
    assert phone.control("DELETE", "/faults") == {"faults": []}


@pytest.mark.parametrize("wrong", [{}, {"code": 1, "drop": True}, {"cod": 1}])
def test_a_fault_must_be_clear(phone, wrong):
    phone.control("POST", "/faults", wrong, status=400)


def test_a_code_with_another_http_status(talking):
    talking.control("POST", "/faults", {"code": 130429, "http": 400})
    answer = talking.graph(TEXT)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 130429)
