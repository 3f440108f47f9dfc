"""`rasa test` on a model that is trained already, with samples; all stories are a stage of
`make test` of their own, and so is `rasa train`.
"""

import json
from pathlib import Path

import yaml

from settings import ROOT
from tests.commands.running import rasa

MARKED = "tests/nlu/entities/marked.yml"
SAMPLE = {
    "greet": ["good morning", "hello there", "hey there friend", "namaste ji"],
    "thank": ["thank you", "thanks a lot", "many thanks", "shukriya"],
    "track_order": ["track my order", "where is my order", "order status", "order kahan hai"],
}


def sample(folder: Path) -> str:
    """A few messages of three intents, as Rasa's NLU data."""
    entries = [
        {"intent": intent, "examples": "".join(f"- {each}\n" for each in examples)}
        for intent, examples in SAMPLE.items()
    ]
    path = folder / "sample.yml"
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True))
    return str(path)


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_core(tmp_path: Path) -> None:
    """Stories pass; no report on a policy that is not ours is written, and no bar is drawn."""
    story = "tests/stories/test_main_menu.yml"
    out = tmp_path / "results"
    done = rasa("test", "core", "--stories", story, "--out", str(out), "--no-plot")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Processed" not in done.stderr
    report = json.loads((out / "story_report.json").read_text())
    assert report["conversation_accuracy"]["accuracy"] == 1
    assert not [name for name in written(out) if "TED" in name]


def test_nlu(tmp_path: Path) -> None:
    """Intents are reported, and entities of data in which they are marked."""
    out = tmp_path / "results"
    done = rasa("test", "nlu", "--nlu", MARKED, "--out", str(out), "--no-plot")
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((out / "intent_report.json").read_text())
    assert {"new_order", "track_order", "greet"} <= set(report)
    entities = json.loads((out / "CatalogueEntities_report.json").read_text())
    # A label with a number is of that line of the order.
    assert {"product.1", "product.2", "quantity", "quantity.2", "order_id"} <= set(entities)
    assert entities["micro avg"]["f1-score"] > 0.95


def test_nlu_with_cross_validation(tmp_path: Path) -> None:
    """Trains on folds of a sample, in a folder of its own; no entity of it is marked."""
    out = tmp_path / "results"
    told = ("--cross-validation", "--folds", "2", "--out", str(out), "--no-plot")
    done = rasa("test", "nlu", "--nlu", sample(tmp_path), *told)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(SAMPLE) <= set(json.loads((out / "intent_report.json").read_text()))
    assert not [name for name in written(out) if "CatalogueEntities" in name]
    assert not (ROOT / "results" / "sample.yml").exists()
