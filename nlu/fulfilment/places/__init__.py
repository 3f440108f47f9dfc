"""Finds addresses and PIN codes in a sentence.

May import nlu.fulfilment.named_after, nlu.fulfilment.said_words, nlu.words and shop.language.
"""
