"""What we rely on in Rasa's own source: these fail when a newer Rasa does it differently."""

import inspect

from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.trackers import DialogueStateTracker


def test_the_schema_is_checked_where_we_replace_it() -> None:
    assert "self._validate_action_result(response)" in inspect.getsource(RemoteAction.run)


def test_an_agent_finds_its_processor_by_the_name_that_we_replace() -> None:
    assert "self.processor = MessageProcessor(" in inspect.getsource(Agent.load_model)
    assert Agent.load_model.__globals__ is inspect.getmodule(Agent).__dict__


def test_a_processor_asks_its_own_runner_and_endpoint() -> None:
    parse = inspect.getsource(MessageProcessor._parse_message_with_graph)
    predict = inspect.getsource(MessageProcessor._predict_next_with_tracker)
    assert "self.graph_runner.run(" in parse
    assert "self.graph_runner.run(" in predict
    assert "self.action_endpoint" in inspect.getsource(MessageProcessor._get_action)


def test_a_policy_looks_up_its_rules_where_ours_remembers_them() -> None:
    source = inspect.getsource(RulePolicy._find_action_from_rules)
    assert source.count("self._get_possible_keys(") == 2


def test_dasks_runner_keeps_its_nodes_where_ours_takes_them() -> None:
    source = inspect.getsource(DaskGraphRunner.__init__)
    assert "self._graph_schema =" in source
    assert "self._instantiated_nodes" in source


def test_a_tracker_has_no_more_state_than_our_copy_knows() -> None:
    """ShopTracker.copy copies events, slots and the loop; all else is replaced, never changed."""
    known = {
        "_max_event_history", "events", "sender_id", "slots", "sender_source", "is_rule_tracker",
        "_paused", "followup_action", "latest_action", "latest_message", "latest_bot_utterance",
        "active_loop", "model_id", "assistant_id",
    }  # fmt: skip
    assert set(vars(DialogueStateTracker("somebody", []))) == known
