"""Names each new model by the hash of its sources, and warns of models that were not examined.

Rasa names a model by the time and a random word. Here the word is the hash of the project's sources
(settings/models.py). A model trained on other files still has a random word.
"""

import atexit
from collections.abc import Sequence
from pathlib import Path

import randomname  # type: ignore[import-not-found, import-untyped, unused-ignore]

from settings import ROOT
from settings.models import ENDING, MODELS, hash_sources

_PROJECT = {ROOT / name for name in ("config.yml", "domain.yml", "data")}


def name_by_sources(*paths: str | Sequence[str] | None) -> None:
    """Makes Rasa name the models that it trains in this process by the project's sources.

    Args:
        paths: the configuration, domain and data that Rasa reads. If they are not the project's,
            nothing changes.
    """
    given = [[path] if isinstance(path, str) else path or () for path in paths]
    if {Path(path).resolve() for each in given for path in each} == _PROJECT:
        randomname.get_name = _name_model


def _name_model() -> str:
    """The last part of a model's name; called by Rasa when it begins a training."""
    name = hash_sources()
    atexit.register(_warn_of_unexamined, set(MODELS.glob(f"*-{name}{ENDING}")), name)
    return name


def _warn_of_unexamined(before: set[Path], name: str) -> None:
    """Warns if a new model is in use; runs at exit, so that the warning is the last line."""
    for model in sorted(set(MODELS.glob(f"*-{name}{ENDING}")) - before):
        print(
            f"WARNING: {model.relative_to(ROOT)} is the newest model and will be used. It was not "
            "compared with the one before, and has played no story: `make train` does both.",
            flush=True,
        )
