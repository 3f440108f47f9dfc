"""The patterns of nlu/intents/certain_words.py, in all languages (nlu/words/*/talk.yml)."""

from nlu.words import FOLDER
from shop.language.word_files import read_patterns

_SAID = read_patterns("talk", FOLDER)

WAITS = _SAID["waits"]
WAITS_FIRST = _SAID["waits_first"]
WANTS = _SAID["wants"]
LATER = _SAID["later"]
THAT_IS_ALL = _SAID["that_is_all"]
NOTHING_ELSE = _SAID["nothing_else"]
NONE_OF_THESE = _SAID["none_of_these"]
TOTAL = _SAID["total"]
BILL = _SAID["bill"]
BILL_IN_TROUBLE = _SAID["bill_in_trouble"]
FACILITY = _SAID["facility"]
ASKS_FOR_FACILITY = _SAID["asks_for_facility"]
FACILITY_ELSEWHERE = _SAID["facility_elsewhere"]
PICKS_UP = _SAID["picks_up"]
WAITED = _SAID["waited"]
ANGRY = _SAID["angry"]
ANGRY_WITH = _SAID["angry_with"]
ANGRY_ELSEWHERE = _SAID["angry_elsewhere"]
