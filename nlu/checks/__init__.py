"""Checks of the training data, before anything is trained.

May import nlu.evaluation, nlu.intents and the packages below them.
"""
