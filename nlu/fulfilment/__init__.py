"""Reads the terms of an order: address, table, time, and delivery, pickup or dine-in.

May import nlu.quantities, nlu.catalogue and nlu.words.
"""
