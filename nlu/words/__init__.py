"""Words: tokens, vocabulary, spelling, typos, transliteration, normalising chat.

May import nlu.sentence (its word list).
"""

from pathlib import Path

# Holds the words of each language, in a folder of its own (shop/language/word_files.py).
FOLDER = Path(__file__).parent
