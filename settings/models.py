"""The trained models in `models/`: whether one must be trained, and which are damaged.

`python -m settings.models` puts damaged ones aside and fails without a model, before a Rasa worker
that nothing of ours starts (deploy/).
"""

import gzip
import sys
import tarfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from settings import ROOT

MODELS = ROOT / "models"
SOURCES = ("config.yml", "domain.yml", "data", "nlu", "storage/seeds")
# What is said is read when a model is loaded (connectors/processor.py), and how a model is judged
# does not change it.
NOT_TRAINED_ON = ("data/responses", "data/languages", "nlu/checks", "nlu/evaluation")
DAMAGED = ".damaged"
_PIECE = 1 << 20


class DamagedModel(Exception):
    """The newest model cannot be read and not be put aside; the message names it."""


def set_damaged_aside() -> None:
    """Renames damaged newest models, so that Rasa takes the one before.

    Says so on stderr.

    Raises:
        DamagedModel: one could not be renamed.
    """
    for model in sorted(MODELS.glob("*.tar.gz"), key=_changed, reverse=True):
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
            "and the model before it is used.",
            file=sys.stderr,
            flush=True,
        )


def is_whole(model: Path) -> bool:
    """Whether every byte of the archive can be read, and there is something in it."""
    try:
        with gzip.open(model) as content:
            while content.read(_PIECE):
                pass
        with tarfile.open(model) as archive:
            return archive.next() is not None
    except (tarfile.TarError, EOFError, OSError, zlib.error):
        return False


def is_stale() -> bool:
    """Whether the newest model is missing or older than what it is made from."""
    models = [_changed(path) for path in MODELS.glob("*.tar.gz")]
    return not models or max(models) < max(map(_changed, _sources()))


def main() -> int:
    """0, or 1 and one line if a Rasa worker would have no model to load."""
    try:
        set_damaged_aside()
    except DamagedModel as error:
        print(f"settings.models: {error}", file=sys.stderr)
        return 1
    if not any(MODELS.glob("*.tar.gz")):
        print("settings.models: there is no model in models/: `make train`", file=sys.stderr)
        return 1
    if is_stale():
        print("settings.models: the model is older than its sources: `make train`", file=sys.stderr)
    return 0


def _sources() -> Iterable[Path]:
    besides = [ROOT / name for name in NOT_TRAINED_ON]
    for name in SOURCES:
        path = ROOT / name
        for each in path.rglob("*") if path.is_dir() else (path,):
            if each.suffix in (".py", ".yml") and not any(map(each.is_relative_to, besides)):
                yield each


def _changed(path: Path) -> float:
    return path.stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
