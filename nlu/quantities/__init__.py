"""Numbers as people write them, and which of them count something.

May import nlu.catalogue and nlu.words.
"""
