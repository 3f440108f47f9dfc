"""Finds numbers, and decides which of them are quantities of which product.

May import nlu.catalogue and nlu.words.
"""
