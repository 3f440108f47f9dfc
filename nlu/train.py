"""`make train`: trains a model, and puts it to use if it is good enough.

It is rejected, with exit status 1, if a story fails, or if it is worse beyond noise than the last
examined model on the messages of the test split. `make run` does the same if it has to train.
`rasa train` alone examines nothing, and says so.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rasa.__main__ import create_argument_parser
from rasa.shared.exceptions import RasaException
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.log_utils import configure_structlog

from nlu.catalogue.live_catalogue import keep_to_seeds
from nlu.evaluate import MESSAGES, evaluate_models, trained_models
from settings.models import ENDING, PASSED, has_passed

MODELS = Path("models")
CANDIDATES = MODELS / "candidate"  # as settings.models has it, in the working directory
STORIES = Path("tests")


class NotPutToUse(Exception):
    """The new model is not put to use; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains the project in the working directory, as Rasa does; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m nlu.train", description=__doc__)
    parser.add_argument(
        "--messages", type=Path, nargs="+", default=MESSAGES, help="the files of the test split"
    )
    options = parser.parse_args(arguments)
    keep_to_seeds()
    try:
        candidate = train_candidate()
        judge_model(candidate, options.messages)
    except NotPutToUse as reason:
        print(f"make train: the new model is not put to use: {reason}.", file=sys.stderr)
        print(f"make train: {_still_in_use()}", file=sys.stderr)
        return 1
    print(f"In use: {put_to_use(candidate)}")
    return 0


def train_candidate() -> Path:
    """Trains a model in CANDIDATES, which nothing uses yet, and returns its path.

    Raises:
        NotPutToUse: the training failed.
    """
    shutil.rmtree(CANDIDATES, ignore_errors=True)
    began = time.monotonic()
    _rasa("train", "--out", str(CANDIDATES), otherwise="the training failed")
    print(f"Trained in {time.monotonic() - began:.0f} s.", flush=True)
    return trained_models(CANDIDATES)[0]


def judge_model(candidate: Path, messages: Sequence[Path]) -> None:
    """Compares a new model with the last examined one, and has it play the stories.

    Raises:
        NotPutToUse: it is worse beyond noise, or a story fails.
    """
    comparison = evaluate_models(candidate, model_to_beat(), messages).comparison
    if comparison and comparison.worse:
        raise NotPutToUse(f"{comparison}. It stays in {candidate}")
    play_stories(candidate)


def model_to_beat() -> Path | None:
    """The last model that was examined, or else the newest; None if there is no model."""
    models = trained_models(MODELS)
    return next(filter(has_passed, models), models[0] if models else None)


def play_stories(model: Path) -> None:
    """Has a model play the stories of tests/.

    Raises:
        NotPutToUse: the model reads a sentence as another intent, or predicts another step, than a
            story says.
    """
    # Without --e2e, Rasa would believe a story's `intent:` and not read its `user:` sentence.
    stories = ("test", "core", "--e2e", "--stories", str(STORIES), "--fail-on-prediction-errors")
    # Results go there, since a server's account may not write into the project.
    results = CANDIDATES / "results"
    why = f"a story fails: {results / 'failed_test_stories.yml'} says where. It stays in {model}"
    _rasa(*stories, "--model", str(model), "--out", str(results), otherwise=why)


def put_to_use(candidate: Path) -> Path:
    """Moves a model to MODELS as the newest, which is what Rasa loads; returns its new path."""
    model = MODELS / f"{candidate.name.removesuffix(ENDING)}{PASSED}{ENDING}"
    os.utime(candidate)
    return candidate.replace(model)


def _still_in_use() -> str:
    models = trained_models(MODELS)
    if not models:
        return "there is no other model."
    examined = "" if has_passed(models[0]) else ", which was never examined either"
    return f"in use is {models[0]} still{examined}."


def _rasa(*arguments: str, otherwise: str) -> None:
    """Runs a Rasa command in this process: a new one would import Rasa again, which takes 10 s.

    Raises:
        NotPutToUse: the command failed; `otherwise` is the message.
    """
    asked = create_argument_parser().parse_args(arguments)
    configure_logging_and_warnings(asked.loglevel)
    configure_structlog(asked.loglevel)  # without it Rasa prints every rule that it checks
    try:
        asked.func(asked)
    except RasaException as error:
        raise NotPutToUse(f"{otherwise} ({type(error).__name__})") from error
    except SystemExit as end:
        if end.code:
            raise NotPutToUse(otherwise) from end


if __name__ == "__main__":
    sys.exit(main())
