"""Words: tokens, vocabulary, spelling, typos, transliteration, normalising chat.

May import nlu.sentence (its word list).
"""
