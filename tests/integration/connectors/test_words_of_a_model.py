"""A model says what data/responses says when it is loaded, whatever it was trained with."""

import asyncio
from pathlib import Path

import pytest
import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_core

from connectors.processor import install_processor
from shop.language.responses import find_variation

# A project so small has neither a pipeline nor entities.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
DOMAIN = {
    "version": "3.1",
    "intents": ["thank", "later"],
    "actions": ["utter_take_your_time", "utter_only_here"],
    "responses": {
        "utter_take_your_time": [{"text": "The words of the training."}],
        "utter_only_here": [{"text": "Words that data/responses does not have."}],
    },
}
RULES = [
    {"rule": "thank", "steps": [{"intent": "thank"}, {"action": "utter_take_your_time"}]},
    {"rule": "later", "steps": [{"intent": "later"}, {"action": "utter_only_here"}]},
]
CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "words",
    "language": "en",
    "policies": [{"name": "RulePolicy"}],
}


def train(project: Path) -> str:
    """A model that was trained with other words than ours."""
    files = {"config.yml": CONFIG, "domain.yml": DOMAIN}
    files["rules.yml"] = {"version": "3.1", "rules": RULES}
    for name, content in files.items():
        (project / name).write_text(yaml.safe_dump(content))
    config, domain, rules = (str(project / name) for name in files)
    return str(train_core(domain, config, rules, str(project)))


def test_the_words_are_those_of_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    model = train(tmp_path)
    install_processor()
    agent = Agent.load(model)
    (thanked,) = asyncio.run(agent.handle_text("/thank", sender_id="anybody"))
    assert thanked["text"] == find_variation("utter_take_your_time")["text"]
    # What only the model knows is still said, and what only we know an action can say.
    (later,) = asyncio.run(agent.handle_text("/later", sender_id="anybody"))
    assert later["text"] == "Words that data/responses does not have."
    assert "utter_order_confirmed" in agent.nlg.responses
    assert "utter_order_confirmed" not in agent.domain.action_names_or_texts
