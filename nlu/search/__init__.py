"""Recognises messages that look for products: "something cold", "what's under 100".

May import nlu.catalogue, nlu.quantities and nlu.words.
"""
