"""Rasa's custom actions, one file per journey, run in the Rasa worker in the turn's transaction.

May import shop, storage and settings, and Rasa's SDK, but not Rasa, connectors, console or nlu.
"""
