"""The graph runs as Rasa's own runner runs it."""

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from connectors.graph_runner import SequentialGraphRunner


class Arithmetic(GraphComponent):
    """A component of a few sums."""

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        made = cls()
        made.by = config["by"]
        return made

    def add(self, number):
        return number + self.by

    def multiply(self, left, right):
        return left * right * self.by


def node(function, by=1, **needs):
    return SchemaNode(
        needs=needs,
        uses=Arithmetic,
        constructor_name="create",
        fn=function,
        config={"by": by},
        eager=True,
        is_target=function == "multiply",
    )


SCHEMA = GraphSchema(
    {
        "product": node("multiply", by=10, left="one_more", right="two_more"),
        "two_more": node("add", by=2, number="one_more"),
        "one_more": node("add", by=1, number="given"),
        "apart": node("add", by=5, number="given"),
    }
)


@pytest.fixture(params=[DaskGraphRunner, SequentialGraphRunner])
def runner(request):
    context = ExecutionContext(SCHEMA)
    return request.param.create(SCHEMA, None, context)


@pytest.mark.parametrize("targets", [["product"], ["one_more", "product"], ["apart"], None])
def test_targets_come_out_the_same(runner, targets) -> None:
    right = {"product": 4 * 6 * 10, "one_more": 4, "apart": 8}
    assert runner.run({"given": 3}, targets) == {
        name: right[name] for name in targets or ["product"]
    }


def test_a_second_run_knows_nothing_of_the_first(runner) -> None:
    assert runner.run({"given": 3}, ["one_more"]) == {"one_more": 4}
    assert runner.run({"given": 7}, ["one_more"]) == {"one_more": 8}


def test_an_input_that_is_missing_is_said(runner) -> None:
    with pytest.raises(GraphRunError, match="given"):
        runner.run({}, ["one_more"])
