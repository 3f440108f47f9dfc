"""What a message orders: its lines, how many of each, what is taken back, order numbers.

May import nlu.quantities, nlu.catalogue and nlu.words.
"""
