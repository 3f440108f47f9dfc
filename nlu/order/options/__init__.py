"""Gives the options of a sentence to the lines of its order: "two large, one with oat milk".

May import nlu.order.order, nlu.order.recounts, nlu.catalogue, nlu.quantities and nlu.words.
"""
