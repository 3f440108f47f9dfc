"""Which language's text is older after a change."""

import pytest

from shop.language.older_texts import older_after

BOTH = {"en": "Open till 9", "hi": "9 तक खुला"}


@pytest.mark.parametrize(
    ("marked", "changed", "older"),
    [
        ((), {}, set()),
        ((), {"en": "Open till 10"}, {"hi"}),
        ((), {"hi": "10 तक खुला"}, {"en"}),
        ((), {"en": "Open till 10", "hi": "10 तक खुला"}, set()),
        # The older one catches up, and leaves nobody behind.
        ({"hi"}, {"hi": "10 तक खुला"}, set()),
        ({"hi"}, {"en": "Open till 11"}, {"hi"}),
        # A text that goes is older than none.
        ({"hi"}, {"hi": ""}, set()),
        ((), {"hi": ""}, set()),
    ],
)
def test_who_changes_one_language_leaves_the_other_behind(marked, changed, older):
    assert older_after(marked, BOTH, BOTH | changed) == older


def test_a_first_translation_leaves_nothing_behind():
    assert older_after((), {"en": "Hi", "hi": ""}, {"en": "Hi", "hi": "नमस्ते"}) == set()
    assert older_after((), {"en": "Hi", "hi": ""}, {"en": "Hello", "hi": ""}) == set()
