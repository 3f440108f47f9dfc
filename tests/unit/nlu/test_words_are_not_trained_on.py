"""A changed sentence of data/responses changes the domain, and nothing that is trained on."""

from pathlib import Path

import pytest
import yaml
from rasa.graph_components.providers.domain_for_core_training_provider import (
    DomainForCoreTrainingProvider,
)
from rasa.shared.importers.importer import TrainingDataImporter

import settings


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose only difference to ours is its size."""
    # The menus come from the seeds.
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    write(tmp_path / "domain.yml", intents=["thank"])
    write(tmp_path / "nlu.yml", nlu=[{"intent": "thank", "examples": "- thanks\n- thank you\n"}])
    write(tmp_path / "rules.yml", rules=[{"rule": "thank", "steps": [{"intent": "thank"}]}])
    return tmp_path


def write(file: Path, **content: object) -> None:
    file.write_text(yaml.safe_dump({"version": "3.1", **content}))


def read(project: Path, words: str) -> TrainingDataImporter:
    """The project as Rasa reads it, in which thanks are answered with these words."""
    write(project / "responses.yml", responses={"utter_thank": [{"text": words}]})
    files = [str(project / f"{name}.yml") for name in ("nlu", "rules", "responses")]
    config = str(settings.ROOT / "config.yml")
    return TrainingDataImporter.load_from_config(config, str(project / "domain.yml"), files)


def test_other_words_are_the_same_training_data(project: Path) -> None:
    before, after = read(project, "Welcome!"), read(project, "You are welcome.")
    assert before.get_nlu_data().fingerprint() == after.get_nlu_data().fingerprint()
    assert after.get_nlu_data().responses == {}
    assert after.get_domain().responses == {"utter_thank": [{"text": "You are welcome."}]}
    prune = DomainForCoreTrainingProvider.create_pruned_version
    pruned = [prune(each.get_domain()).fingerprint() for each in (before, after)]
    assert pruned[0] == pruned[1]


def test_words_that_rasa_learns_from_stay(project: Path) -> None:
    write(project / "rules.yml", responses={"utter_faq/hours": [{"text": "From ten to eight."}]})
    data = read(project, "Welcome!").get_nlu_data()
    assert data.responses == {"utter_faq/hours": [{"text": "From ten to eight."}]}
