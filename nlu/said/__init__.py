"""What a sentence says beside products and numbers: changes, notes, relative numbers, questions.

It is found once, with the words of each language, and travels as entities `said`
(shop/language/signs.py). May import nlu.words.
"""
