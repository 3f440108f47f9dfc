"""Two who change the same thing: what of it is saved, and what both must look at."""

import pytest

from console.conflicts import find_edit_conflicts, join_edits
from console.forms import Form

NOW = {"price": "130", "description": "Hot"}


@pytest.mark.parametrize(
    ("was", "typed", "saved", "clashes"),
    [
        pytest.param({"price": "120"}, {"price": "120"}, {"price": "130"}, [], id="only theirs"),
        pytest.param({"price": "130"}, {"price": "140"}, {"price": "140"}, [], id="only mine"),
        pytest.param({"price": "120"}, {"price": "130"}, {"price": "130"}, [], id="both the same"),
        pytest.param({"price": "120"}, {"price": "140"}, None, ["price"], id="both, differently"),
        pytest.param({}, {"price": "140"}, {"price": "140"}, [], id="an older page of ours"),
        pytest.param(
            {"description": "Hot\r\n"}, {"description": "Hot"}, {"description": "Hot"}, [],
            id="ends of lines are no change",
        ),
    ],
)  # fmt: skip
def test_edits(was, typed, saved, clashes):
    form = Form([(f"was.{name}", value) for name, value in was.items()])
    assert list(find_edit_conflicts(form, NOW, typed)) == clashes
    if saved is not None:
        assert join_edits(form, NOW, typed) == saved


def test_a_conflict_says_what_the_other_one_has_saved():
    form = Form([("was.price", "120")])
    said = find_edit_conflicts(form, NOW, {"price": "140"})["price"]
    assert said == "It is 130 meanwhile. Save again to change it."
