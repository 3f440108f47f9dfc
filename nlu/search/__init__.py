"""Recognises messages that look for products: "something cold", "what's under 100".

May import nlu.fulfilment, nlu.quantities, nlu.catalogue and nlu.words.
"""
