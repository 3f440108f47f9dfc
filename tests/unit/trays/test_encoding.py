"""JSON for PostgreSQL."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.json_values import sanitise_json
from trays import encoding

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=10,
)


@given(ANYTHING)
def test_whatever_comes_is_valid_for_postgresql(value):
    text = encoding.dump_json(value)
    assert "\0" not in json.dumps(sanitise_json(json.loads(text)), ensure_ascii=False)
    assert "\\u0000" not in text.replace("\\\\", "")
    text.encode()
    json.loads(text, parse_constant=pytest.fail)


def test_what_is_fine_stays_as_it_is():
    value = {"text": "café 😀 \\u0000 is six letters", "n": [1, 2.5, None, True]}
    assert json.loads(encoding.dump_json(value)) == value


@pytest.mark.parametrize(
    ("value", "kept"), [(0, 0), (2**63 - 1, 2**63 - 1), (2**63, None), (-1, None), (None, None)]
)
def test_only_counts_that_fit_are_kept(value, kept):
    assert encoding.bounded_count(value) == kept


@pytest.mark.parametrize(("value", "kept"), [("", None), (None, None), ("x" * 600, "x" * 512)])
def test_keys_fit_into_an_index(value, kept):
    assert encoding.index_key(value) == kept
