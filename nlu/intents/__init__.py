"""Classifies the intent of a message, and decides whether to act on it.

May import nlu.entities, nlu.words and nlu.fingerprint.
"""
