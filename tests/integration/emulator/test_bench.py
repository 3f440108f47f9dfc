"""The test bench: every request is noted, webhooks are sent by hand, and there is no X-ray here."""

import json

import pytest
import requests

from connectors.whatsapp.receive.parsing import parse_webhook
from emulator.bench.examples import FILE
from tests.integration.emulator.world import ASHA, TOKEN, eventually

NAMES = [each["name"] for each in json.loads(FILE.read_text())]


def traffic(phone):
    return phone.control("GET", "/traffic")["requests"]


def test_every_request_is_noted_with_its_answer(talking, shop):
    talking.sends("Here you are")
    talking.graph({"nonsense": True})
    requests.get(f"{talking.url}/v23.0/1", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30)
    # Noted once it is answered, so after the shop has it.
    eventually(lambda: [each for each in traffic(talking) if each["way"] == "webhook"])
    noted = traffic(talking)
    asked = [(each["method"], each["http"]) for each in noted if each["way"] == "graph"]
    assert asked == [("POST", 200), ("POST", 400), ("GET", 400)]
    said = [
        each["body"]["text"]["body"]
        for each in noted
        if each["way"] == "graph" and each["http"] == 200
    ]
    assert said == ["Here you are"]
    assert {each["http"] for each in noted if each["way"] == "webhook"} == {200}
    assert TOKEN not in json.dumps(noted)
    talking.control("POST", "/reset")
    assert traffic(talking) == []


def test_a_webhook_that_is_not_answered_is_noted(phone, shop):
    shop.answers = [500]
    phone.says({"text": "hi"})
    eventually(lambda: [each for each in traffic(phone) if each["http"] == 500])


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_sent_as_it_stands_and_the_channel_reads_it(name, talking, shop):
    talking.sends("Hello")
    examples = talking.control("GET", f"/webhook-examples?customer={ASHA}")["examples"]
    [value] = [each["value"] for each in examples if each["name"] == name]
    assert "$" not in json.dumps(value)
    shop.webhooks.clear()
    assert talking.control("POST", "/webhooks", {"value": value}) == {"http": 200, "problem": None}
    [webhook] = [each for each in shop.webhooks if value.items() <= each.values[0].items()]
    found = parse_webhook(webhook.raw)
    assert found.dropped == 0
    assert found.messages or found.statuses or found.problems


def test_without_the_shops_data_there_is_no_x_ray(talking):
    said = talking.says({"text": "hi"})
    refused = talking.control("GET", f"/customers/{ASHA}/turns/{said['id']}", status=404)
    assert "EMULATOR_DATABASE" in refused["error"]
    assert talking.control("GET", "/state")["xray"] is False
