"""Finds what a sentence orders and the shop does not sell: other things, other kinds, other sizes.

May import nlu.order.order, nlu.catalogue, nlu.quantities and nlu.words.
"""
