"""Names each new model by what it is trained on, and says what nobody has examined.

Rasa names a model by the time and a word at random; here the word is the hash of the project's
sources (settings/models.py). A training on other files than the project's has a random one still.
"""

import atexit
from collections.abc import Sequence
from pathlib import Path

import randomname  # type: ignore[import-not-found, import-untyped, unused-ignore]

from settings import ROOT
from settings.models import ENDING, MODELS, hash_sources

_PROJECT = {ROOT / name for name in ("config.yml", "domain.yml", "data")}


def name_by_sources(*paths: str | Sequence[str] | None) -> None:
    """From now on a training in this process names its model by the project's sources.

    Args:
        paths: what Rasa reads: configuration, domain, data. If it is not the project's, nothing
            changes.
    """
    given = [[path] if isinstance(path, str) else path or () for path in paths]
    if {Path(path).resolve() for each in given for path in each} == _PROJECT:
        randomname.get_name = _name_model


def _name_model() -> str:
    """The end of the name of a model that is trained now."""
    name = hash_sources()
    atexit.register(_warn_of_unexamined, set(MODELS.glob(f"*-{name}{ENDING}")), name)
    return name


def _warn_of_unexamined(before: set[Path], name: str) -> None:
    """At the end, where it is read, and only if the model has come into use."""
    for model in sorted(set(MODELS.glob(f"*-{name}{ENDING}")) - before):
        print(
            f"WARNING: {model.relative_to(ROOT)} is the newest model and will be used. It was not "
            "compared with the one before, and has played no story: `make train` does both.",
            flush=True,
        )
