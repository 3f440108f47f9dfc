"""Classifies the intent of a message, and decides whether to act on it.

May import nlu.message_reading and what that is made of: nlu.said, nlu.order, nlu.words and others.
"""
