"""The base of our components for Rasa of which nothing is trained or stored."""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class UntrainedComponent(GraphComponent):
    """A component that is made of its configuration alone."""

    def __init__(self, config: dict[str, Any]) -> None:
        """config: the component's entry in config.yml, with its defaults."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Called by Rasa, to train and to run."""
        return cls(config)
