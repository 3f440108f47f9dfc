"""Plays the story of docs/adding-a-journey.md; test_added_journey.py runs it where it was followed.

Its name keeps pytest from it: the project itself has no such journey.
"""

import json

from tests.journeys.conftest import one_process
from tests.journeys.one_process import OneProcess, Person
from tests.journeys.stories import read_stories
from tests.journeys.test_stories import as_steps, assert_story

__all__ = ["one_process"]

STORY = "test_table_booking: a table is booked"
EVENTS = "SELECT data FROM events WHERE id > %s ORDER BY id"
LAST_EVENT = "SELECT coalesce(max(id), 0) AS last FROM events"


def test_the_story_is_what_happens(one_process: OneProcess) -> None:
    [story] = [each for each in read_stories() if str(each) == STORY]
    asha = Person(one_process)
    for turn in story.turns:
        [before] = one_process.rows(LAST_EVENT)
        asha.types(turn.does["text"])
        for words in turn.says:
            assert words in asha.text
        events = one_process.rows(EVENTS, before["last"])
        heard, came = as_steps([json.loads(event["data"]) for event in events])
        assert heard == turn.intent
        assert_story(turn.steps, came)
