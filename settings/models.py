"""Finds the model in use in `models/`, sets damaged models aside, and decides whether to train.

The name of a model says what it was trained on and whether `make train` has examined it
(nlu/train.py):

    20261130-081038-c6da7646-passed.tar.gz

has the time of the training, a hash of the sources, and `-passed` if it was examined and accepted.
A model of the sources that are here is used, best one that has passed; else the one with the latest
time in its name. The times of files do not matter, so that a copy or a fresh clone does not train
again. Rasa's own commands take the file that was changed last: `mark_model_in_use` makes it this
one.

`python -m settings.models` sets damaged models aside and fails if there is none. deploy/ runs it
before Rasa workers that our supervisor does not start.
"""

import contextlib
import gzip
import hashlib
import os
import re
import sys
import tarfile
import time
import zlib
from collections.abc import Iterable
from pathlib import Path

from settings import ROOT

MODELS = ROOT / "models"
CANDIDATES = MODELS / "candidate"  # a model is here until it is put to use
SOURCES = (
    *("config.yml", "domain.yml", "data", "nlu"),
    *("storage/seeds/products.yml", "storage/seeds/greeting.yml", "storage/seeds/menus.yml"),
)
# Files that do not change what a model learns: responses are read when a model is loaded
# (connectors/processor.py), and the others only name, examine or collect.
NOT_TRAINED_ON = (
    *("data/responses", "data/languages", "nlu/checks", "nlu/evaluation"),
    *("nlu/evaluate.py", "nlu/label.py", "nlu/label_products.py", "nlu/model_names.py"),
    *("nlu/rasa_reports.py", "nlu/train.py"),
)
DAMAGED = ".damaged"
ENDING = ".tar.gz"
PASSED = "-passed"
_NAME = re.compile(rf"\d{{8}}-\d{{6}}-([0-9a-f]{{8}})({PASSED})?{re.escape(ENDING)}")
_TIME = re.compile(r"\d{8}-\d{6}")
_PIECE = 1 << 20


class DamagedModel(Exception):
    """The newest model is damaged and cannot be set aside; the message names it."""


def set_damaged_aside() -> None:
    """Renames damaged models that would be used, so that the next best one is.

    Each is reported on stderr.

    Raises:
        DamagedModel: one could not be renamed.
    """
    for model in order_models():
        if is_whole(model):
            return
        aside = model.with_name(model.name + DAMAGED)
        try:
            model.rename(aside)
        except OSError as error:
            reason = f"{model} is damaged and cannot be renamed ({error.strerror}): remove it"
            raise DamagedModel(reason) from None
        print(
            f"WARNING: the newest model, {model.name}, is damaged. It is now {aside.name}, "
            "and another model is used.",
            file=sys.stderr,
            flush=True,
        )


def is_whole(model: Path) -> bool:
    """Whether the archive can be read to its end and is not empty."""
    try:
        with gzip.open(model) as content:
            while content.read(_PIECE):
                pass
        with tarfile.open(model) as archive:
            return archive.next() is not None
    except (tarfile.TarError, EOFError, OSError, zlib.error):
        return False


def newest_model(directory: Path | None = None) -> Path | None:
    """The model to use from a directory, by default `models/`, or None."""
    return next(iter(order_models(directory)), None)


def order_models(directory: Path | None = None) -> list[Path]:
    """The models of a directory, by default `models/`, the one to use first."""
    found = list((directory or MODELS).glob(f"*{ENDING}"))
    sources = hash_sources() if found[1:] else None

    def rank(model: Path) -> tuple[bool, bool, str]:
        is_ours = trained_on(model) == sources
        dated = _TIME.match(model.name)
        return is_ours, is_ours and has_passed(model), dated[0] if dated else ""

    return sorted(sorted(found), key=rank, reverse=True)


def mark_model_in_use() -> None:
    """Makes the model to use the file that was changed last, which Rasa's own commands take."""
    models = order_models()
    if any(_changed(other) >= _changed(models[0]) for other in models[1:]):
        # A read-only checkout stays as it is: make run names the model that its workers load.
        with contextlib.suppress(OSError):
            os.utime(models[0], (time.time(), max(time.time(), *map(_later, models))))


def trained_on(model: Path) -> str | None:
    """The hash of a model's sources; None if its name has none."""
    match = _NAME.fullmatch(model.name)
    return match[1] if match else None


def has_passed(model: Path) -> bool:
    """Whether `make train` has examined the model and accepted it."""
    return model.name.endswith(f"{PASSED}{ENDING}")


def is_stale() -> bool:
    """Whether there is no model, or the one in use was trained on other sources than today's."""
    model = newest_model()
    return model is None or trained_on(model) != hash_sources()


def must_train() -> bool:
    """Whether `make run` must train: the model is stale, unless `make train` has refused a model of
    these sources and an older one exists."""
    return is_stale() and (newest_model() is None or not was_refused())


def was_refused() -> bool:
    """Whether `make train` has refused a model of these sources."""
    candidate = newest_model(CANDIDATES)
    return candidate is not None and trained_on(candidate) == hash_sources()


def warn_of_model() -> str | None:
    """A warning if the model in use has other sources or was not examined, else None."""
    model = newest_model()
    if model is None:
        return None
    if is_stale():
        return f"the model {model.name} was trained on other sources than are here: `make train`"
    if not has_passed(model):
        return (
            f"the model {model.name} was not compared with the one before, and has played no "
            "story (`rasa train` asks nothing): `make train`"
        )
    return None


def hash_sources() -> str:
    """A hash of the path and content of every file that a model is trained on."""
    digest = hashlib.sha256()
    for path in sorted(list_sources()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:8]


def list_sources() -> Iterable[Path]:
    """The files that a model is trained on."""
    besides = [ROOT / name for name in NOT_TRAINED_ON]
    for name in SOURCES:
        path = ROOT / name
        for each in path.rglob("*") if path.is_dir() else (path,):
            if each.suffix in (".py", ".yml") and not any(map(each.is_relative_to, besides)):
                yield each


class ModelInUse:
    """The model that all workers of one `make run` load, also after restarts of a worker.

    A model that is trained meanwhile is used after the next `make run`.
    """

    def __init__(self) -> None:
        self._chosen: Path | None = None

    def arguments(self) -> tuple[str, ...]:
        """The arguments of `rasa run` that name the model; a damaged one is replaced by the newest.

        Raises:
            DamagedModel: the newest is damaged and could not be set aside.
        """
        if self._chosen is None or not is_whole(self._chosen):
            set_damaged_aside()
            mark_model_in_use()
            self._chosen = newest_model()
        return ("--model", str(self._chosen)) if self._chosen else ()


def main() -> int:
    """Returns 0; returns 1 after one line on stderr if a Rasa worker would have no model."""
    try:
        set_damaged_aside()
        mark_model_in_use()
    except DamagedModel as error:
        print(f"settings.models: {error}", file=sys.stderr)
        return 1
    if newest_model() is None:
        print("settings.models: there is no model in models/: `make train`", file=sys.stderr)
        return 1
    if warning := warn_of_model():
        print(f"settings.models: WARNING: {warning}", file=sys.stderr)
    return 0


def _changed(path: Path) -> float:
    return path.stat().st_mtime


def _later(path: Path) -> float:
    return _changed(path) + 1


if __name__ == "__main__":
    sys.exit(main())
