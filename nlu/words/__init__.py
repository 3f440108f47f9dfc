"""Words: tokens, vocabulary, spelling, typos, transliteration, chat made readable.

May import nlu.sentence (its word list).
"""
