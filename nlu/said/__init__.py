"""Finds what a message says beside products and numbers: changes, notes, questions.

It is read once, with the words of each language, and passed on as signs (shop/language/signs.py).
May import nlu.order, nlu.fulfilment and the packages below them.
"""
