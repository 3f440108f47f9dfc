"""Keeps `rasa test` from writing reports that would be wrong here.

Rasa measures entities against the examples' annotations, and reports on TEDPolicy whether it is
trained or not. No example of this project marks entities, since the catalogue finds them
(nlu/entities.py), so both reports would hold zeros. Data with marked entities is reported.
"""

import sys
from collections.abc import Callable
from typing import Any

from rasa.shared.core import constants

_EVALUATION = "rasa.nlu.test"


def leave_out_wrong_reports() -> None:
    """Patches Rasa's reports in this process; does nothing unless Rasa is testing."""
    constants.POLICIES_THAT_EXTRACT_ENTITIES.clear()
    # `rasa test` loads this module before a model. Others do not, and are spared the import.
    evaluation: Any = sys.modules.get(_EVALUATION)
    if evaluation and not hasattr(evaluation.evaluate_entities, "only_marked"):
        evaluation.evaluate_entities = only_marked(evaluation.evaluate_entities)


def only_marked(evaluate: Callable[..., Any]) -> Callable[..., Any]:
    """Wraps Rasa's evaluation of entities, so that it runs only if an example marks an entity."""

    def evaluated(results: list[Any], *rest: Any, **more: Any) -> Any:
        marked = any(result.entity_targets for result in results)
        return evaluate(results, *rest, **more) if marked else {}

    evaluated.only_marked = True  # type: ignore[attr-defined]
    return evaluated
