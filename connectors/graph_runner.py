"""Runs a loaded model's graph node by node, without Dask's scheduler.

A model of a few components needs no scheduler: Dask's took 15 % of a turn's CPU time.
"""

from functools import lru_cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

from connectors.rule_memory import remember_rules

Step = tuple[str, tuple[str, ...]]


class SequentialGraphRunner(GraphRunner):
    """Runs the nodes that Rasa instantiated, each after those that it needs."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        self._schema = loaded._graph_schema
        self._nodes = loaded._instantiated_nodes
        for node in self._nodes.values():
            remember_rules(node._component)
        self._plan = lru_cache(maxsize=8)(self._make_plan)

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> "SequentialGraphRunner":
        """Instantiates the nodes as Rasa does."""
        return cls(DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks))

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """The outputs of the target nodes; `inputs` are values that nodes need by name."""
        wanted = tuple(targets or self._schema.target_names)
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plan(wanted):
            # A missing input is passed as its name, as Dask does; the node then raises an error.
            done[name] = self._nodes[name](*(done.get(need, need) for need in needs))
        return {name: done[name][1] for name in wanted}

    def _make_plan(self, targets: tuple[str, ...]) -> tuple[Step, ...]:
        """The nodes that the targets need, in an order in which they can run."""
        nodes = self._schema.minimal_graph_schema(list(targets)).nodes
        plan: dict[str, tuple[str, ...]] = {}

        def add(name: str) -> None:
            if name in nodes and name not in plan:
                needs = tuple(nodes[name].needs.values())
                for need in needs:
                    add(need)
                plan[name] = needs

        for name in nodes:
            add(name)
        return tuple(plan.items())
