"""Reads the order in a message: lines, quantities, options, corrections, order numbers.

May import nlu.fulfilment, nlu.quantities, nlu.catalogue and nlu.words.
"""
