"""What a shop calls its things reaches the customer as it is written."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from connectors.exact_responses import ExactResponses
from settings import ROOT
from shop.language.responses import format_response

DOMAIN = Domain.from_dict(
    {
        "responses": {
            "utter_summary": [
                {
                    "text": "Your order:\n{lines}\n\nCorrect {{really}}?",
                    "buttons": [
                        {"title": "{title}", "payload": '/inform_quantity{{"quantity": "1"}}'}
                    ],
                }
            ]
        }
    }
)
NLG = ExactResponses(EndpointConfig(), DOMAIN)
TRACKER = DialogueStateTracker("somebody", [])
ODD = ["Cola 500[ml]", "{lines}", "{0[x]}", "100% *bold* _it_ ~no~ `code`", "a\nb", "شاي", "{{}}"]


def said(**values: str) -> dict:
    found = asyncio.run(NLG.generate("utter_summary", TRACKER, "whatsapp", **values))
    assert found
    return found


@settings(deadline=None)
@given(some.text())
def test_any_value_is_said_as_it_is_written(value: str) -> None:
    response = said(lines=value, title=value)
    assert response["text"] == f"Your order:\n{value}\n\nCorrect {{really}}?"
    assert response["buttons"][0] == {
        "title": value,
        "payload": '/inform_quantity{"quantity": "1"}',
    }
    assert format_response("utter_word_total", None, total=value) == f"Total: {value}"


@pytest.mark.parametrize("value", ODD)
def test_odd_names_are_said_as_they_are_written(value: str) -> None:
    assert value in said(lines=value, title=value)["text"]


def test_a_missing_value_leaves_the_response_as_it_is() -> None:
    assert "{lines}" in said(title="x")["text"]


def test_rasa_makes_it_from_the_endpoints() -> None:
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    assert isinstance(NaturalLanguageGenerator.create(endpoints.nlg, DOMAIN), ExactResponses)
