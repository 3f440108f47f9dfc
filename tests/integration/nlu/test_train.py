"""`make train` on a small project: a good model is put to use, a worse or failing one is not."""

import shutil
import tarfile
from pathlib import Path

import pytest
import yaml

import settings
from nlu import train
from nlu.evaluate import trained_models
from nlu.evaluation.messages import read_messages
from nlu.evaluation.model import NotOfThisCode, ask_model

# A project so small has neither all of our intents nor scores to plot.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.* domain:UserWarning:rasa", "ignore:Attempting to set identical:UserWarning:rasa"
)
EXAMPLES = {
    "greet": ["hi", "hello", "good morning", "hey there", "namaste", "how are you"],
    "track_order": ["where is my order", "track my order", "order status", "mera order kahan hai"],
    "faq_price": ["how much is a coffee", "price of tea", "what does it cost", "kitne ka hai"],
    "thank": ["thanks", "thank you so much", "many thanks", "dhanyavaad", "thanks a lot"],
    "out_of_scope": ["who won the match", "tell me a joke", "weather today", "bitcoin price"],
}
SHUFFLED = dict(zip(EXAMPLES, [*list(EXAMPLES.values())[1:], EXAMPLES["greet"]], strict=True))
RULES = [
    {"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}
    for intent in EXAMPLES
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of Rasa's with our pipeline, in the working directory."""
    shutil.copy(settings.ROOT / "config.yml", tmp_path)
    responses = {f"utter_{intent}": [{"text": intent}] for intent in EXAMPLES}
    write(tmp_path / "domain.yml", intents=list(EXAMPLES), responses=responses)
    write(tmp_path / "data" / "rules.yml", rules=RULES)
    write(tmp_path / "messages.yml", messages=messages())
    learn(tmp_path, EXAMPLES)
    tell(tmp_path, "utter_greet")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(settings.ROOT))
    # Rasa's filters of warnings would come before those of the tests.
    monkeypatch.setattr("rasa.utils.common._filter_warnings", lambda **_: None)
    return tmp_path


def write(file: Path, **content: object) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(yaml.safe_dump({"version": "3.1"} | content, allow_unicode=True))


def messages() -> list[dict[str, str]]:
    return [
        {"text": f"{line} please", "intent": intent, "kind": "all"}
        for intent, lines in EXAMPLES.items()
        for line in lines
    ]


def learn(project: Path, examples: dict[str, list[str]]) -> None:
    """Gives the project these lines to learn from."""
    lines = {intent: "".join(f"- {line}\n" for line in each) for intent, each in examples.items()}
    write(
        project / "data" / "nlu.yml", nlu=[{"intent": i, "examples": e} for i, e in lines.items()]
    )


def tell(project: Path, answer: str, sentence: str = "good morning") -> None:
    """Gives it a story to play, in which this sentence is a greeting and is answered so."""
    steps = [{"user": sentence, "intent": "greet"}, {"action": answer}]
    write(project / "tests" / "test_greet.yml", stories=[{"story": "greeting", "steps": steps}])


def make_train(project: Path) -> int:
    return train.main(["--messages", str(project / "messages.yml")])


def of_other_code(model: Path) -> Path:
    """The same model, but for a component that is not there any more."""
    unpacked = model.parent / "unpacked"
    shutil.unpack_archive(model, unpacked)
    metadata = unpacked / "metadata.json"
    metadata.write_text(metadata.read_text().replace("nlu.sentence_features", "nlu.gone"))
    with tarfile.open(model.parent / "other.tar.gz", "w:gz") as archive:
        archive.add(unpacked, arcname="")
    return model.parent / "other.tar.gz"


def test_what_is_put_to_use(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert make_train(project) == 0
    (in_use,) = trained_models(train.MODELS)
    assert in_use.name.endswith("-passed.tar.gz")
    assert "In use: models/" in capfd.readouterr().out

    learn(project, SHUFFLED)
    assert make_train(project) == 1
    said = capfd.readouterr()
    assert "worse beyond noise" in said.err
    assert f"in use is {in_use} still." in said.err
    assert "accuracy " in said.out
    assert trained_models(train.MODELS) == [in_use]
    (worse,) = trained_models(train.CANDIDATES)

    with pytest.raises(NotOfThisCode, match="GraphSchemaException"):
        ask_model(of_other_code(worse), read_messages(project / "messages.yml"))

    # Who trained without asking does not become what the next one is compared with.
    newest = train.MODELS / "newest.tar.gz"
    shutil.copy(worse, newest)
    assert train.model_to_beat() == in_use
    newest.unlink()

    tell(project, "utter_thank")
    with pytest.raises(train.NotPutToUse, match="a story fails"):
        train.play_stories(in_use)

    # The action is right for the story's intent, but the sentence is read as another one.
    tell(project, "utter_greet", sentence="tell me a joke")
    with pytest.raises(train.NotPutToUse, match=r"failed_test_stories\.yml says where"):
        train.play_stories(in_use)
    failed = (train.CANDIDATES / "results" / "failed_test_stories.yml").read_text()
    assert "tell me a joke" in failed
