"""Which intent a message has, and how sure that is.

May import nlu.entities, nlu.words and nlu.fingerprint.
"""
